"""A step in its workflow: each of its expressions in its scope, each of its targets with the contract behind it."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.scopes import StepScope
from wf_engine.analysis.steps import Block, FieldPath, Use, blocks, output_owner, uses
from wf_engine.analysis.transforms import TransformAnalysis, in_place
from wf_engine.analysis.views import StepScopes, World, scope_views
from wf_engine.expressions import Expr
from wf_engine.language import KINDS, Step
from wf_engine.syntax import Scalar
from wf_engine.types import Type
from wf_engine.workspace import Contract, reference


class UseAnalysis(Struct, frozen=True, eq=False):
    """A reference with what it means. `inputs` are the sites of the input that it is given."""

    use: Use
    contract: Contract | None
    known: tuple[str, ...]
    """Names that could have been meant; filled only where there is no contract."""
    versions: tuple[str, ...] = ()
    """Versions that there are of a workflow of that name, where none is the one that is wanted."""
    certain: bool = True
    """Whether a contract that is not there is missing, and not just unread."""
    namespaces: frozenset[str] = frozenset()
    """The namespaces in which anything is defined, its own included; filled only where there is no contract."""
    other_kind: bool = False
    """Whether the name is that of a workflow where a task is wanted, or the other way round."""

    @property
    def astray(self) -> str | None:
        """The namespace that it names and that there is not."""
        namespace, slash, _ = self.use.ref.partition("/")
        return namespace if slash and self.contract is None and namespace not in self.namespaces else None


class StepAnalysis(Struct, frozen=True, eq=False, dict=True):
    """A step and all that is known of it."""

    step: Step
    uses: tuple[UseAnalysis, ...]
    inner: tuple["StepAnalysis", ...]
    siblings: Collection[str]
    """Ids of the steps in its scope."""
    scopes: StepScopes
    block_scopes: Mapping[FieldPath, StepScope]
    """What the `output` of each block of the step sees, by the path of the block."""
    memo: dict[str, Any] = {}
    """What was worked out from it, by name."""

    def scope_at(self, path: FieldPath) -> StepScope:
        """The scope of an expression at a path of the step."""
        owner = output_owner(path, self.block_scopes)
        scope = self.block_scopes.get(owner) if owner is not None else None
        if scope is None and path[:1] == ("transform",) and self.transform is not None:
            scope = self.transform.scope_at(path)
        return scope or self.scopes.at(path)

    @cached_property
    def transform(self) -> TransformAnalysis | None:
        """The transform that is written in the step."""
        if self.step.transform is None:
            return None
        sites = {
            id(site.node): site for site in self.step.reading.sites if site.path[:1] in (("transform",), ("input",))
        }

        def type_of(scalar: Scalar) -> Type | None:
            site = sites.get(id(scalar))
            if site is None:
                return None
            return SiteAnalysis(site, self.scopes.at(site.path), self.scopes.assumed(site.path)).type

        return in_place(self.step, self.scope, type_of)

    def walk(self) -> Iterator["StepAnalysis"]:
        """The step and all steps inside it."""
        yield self
        for each in self.inner:
            yield from each.walk()

    @property
    def scope(self) -> StepScope:
        """The scope inside the step's own loop."""
        return self.scopes.inner

    @cached_property
    def sites(self) -> tuple[SiteAnalysis, ...]:
        """The expressions of the step, those of steps inside it aside."""
        scopes = self.scopes
        return tuple(
            SiteAnalysis(site, self.scope_at(site.path), scopes.assumed(site.path)) for site in self.step.reading.sites
        )

    @cached_property
    def _sites(self) -> Mapping[int, SiteAnalysis]:
        return {id(site.site.node): site for site in self.sites}

    def site_of(self, node: object) -> SiteAnalysis | None:
        """The site of a scalar, None where it holds no expression."""
        return self._sites.get(id(node))


class Surroundings(Struct, frozen=True, eq=False):
    """What a step is analysed in."""

    scope: StepScope
    siblings: Collection[str]
    world: World
    complete: bool
    """Whether all files are read: only then is a definition that is not there missing."""
    assuming: tuple[Expr, ...] = ()


def analyse_step(step: Step, around: Surroundings) -> StepAnalysis:
    """Everything that is known of a step in its surroundings."""
    scopes = StepScopes(step, around.scope, around.assuming)
    held = {block.path: block for block in blocks(step)}
    inside = {path: _block_scope(block, scopes, around) for path, block in held.items()}
    inner = tuple(
        analyse_step(each, _inside(block, inside[path], around, scopes.assumed(path)))
        for path, block in held.items()
        for each in block.steps
    )
    known = tuple(_use(use, around) for use in uses(step))
    return StepAnalysis(step, known, inner, around.siblings, scopes, inside)


def _block_scope(block: Block, scopes: StepScopes, around: Surroundings) -> StepScope:
    scope = scopes.at(block.path)
    views = scope_views(block.steps, scope, around.world, scopes.assumed(block.path))
    return scope.inside(views)


def _inside(block: Block, scope: StepScope, around: Surroundings, assuming: tuple[Expr, ...]) -> Surroundings:
    siblings = dict.fromkeys(step.id for step in block.steps if step.id)
    return replace(around, scope=scope, siblings=siblings, assuming=assuming)


def _use(use: Use, around: Surroundings) -> UseAnalysis:
    contract = around.world.contract(use.kind, use.ref)
    if contract is not None:
        return UseAnalysis(use, contract, ())
    callees, namespace = around.world.callees, around.world.namespace
    versions = callees.versions(use.kind, reference(use.ref, namespace))
    everything = [name for kind in KINDS.names for name in callees.names(kind, "")]
    namespaces = frozenset([namespace, *(name.partition("/")[0] for name in everything)])
    other = callees.names("Workflow" if use.kind == "WorkflowTask" else "WorkflowTask", namespace)
    known = tuple(callees.names(use.kind, namespace))
    misplaced = use.ref.partition("@")[0] in other
    return UseAnalysis(use, None, known, versions, around.complete, namespaces, misplaced)
