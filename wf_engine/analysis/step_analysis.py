"""A step in its workflow: each of its expressions in its scope, each of its targets with the contract behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wf_engine.analysis.expressions import SiteAnalysis, conditions
from wf_engine.analysis.scopes import Loop, StepScope
from wf_engine.analysis.steps import Block, FieldPath, Use, blocks, uses
from wf_engine.analysis.views import StepView, contract_at, view_of
from wf_engine.expressions import Expr, Expression, infer
from wf_engine.language import Site, Step, default
from wf_engine.language.workflow import ForEach
from wf_engine.types import ANY, Type, array_of, item_of, literal, union
from wf_engine.workspace import Contract, reference
from wf_engine.workspace.workspace import Contracts


@dataclass(frozen=True, eq=False)
class UseAnalysis:
    """A reference with what it means. `inputs` are the sites of the input that it is given."""

    use: Use
    contract: Contract | None
    known: tuple[str, ...]
    """Names that could have been meant; filled only where there is no contract."""
    certain: bool = True
    """Whether a contract that is not there is missing, and not just unread."""


@dataclass(frozen=True, eq=False)
class StepAnalysis:
    """A step and all that is known of it."""

    step: Step
    scope: StepScope
    sites: tuple[SiteAnalysis, ...]
    uses: tuple[UseAnalysis, ...]
    inner: tuple["StepAnalysis", ...]
    siblings: tuple[str, ...]
    """Ids of the steps in its scope."""

    def walk(self) -> Iterator["StepAnalysis"]:
        """The step and all steps inside it."""
        yield self
        for each in self.inner:
            yield from each.walk()

    def site_of(self, node: object) -> SiteAnalysis | None:
        """The site of a scalar, None where it holds no expression."""
        return next((site for site in self.sites if site.site.node is node), None)


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What a step is analysed in."""

    scope: StepScope
    siblings: tuple[str, ...]
    contracts: Contracts
    namespace: str
    names_of: Mapping[str, tuple[str, ...]]
    """Names of definitions by kind, for suggestions."""
    complete: bool
    """Whether all files are read: only then is a definition that is not there missing."""
    assuming: tuple[Expr, ...] = ()


def analyse_step(step: Step, around: Surroundings) -> StepAnalysis:
    """Everything that is known of a step in its surroundings."""
    loop = _loop(step.for_each, around) if step.for_each else None
    inside = replace(around.scope, loops=(*around.scope.loops, loop)) if loop else around.scope
    holds = conditions(step.condition.if_) if step.condition else ()
    block_of = {block.path: block for block in blocks(step)}
    scopes = {path: _block_scope(block, _scope_at(path, around.scope, inside), around) for path, block in block_of.items()}
    sites = tuple(_site(site, step, around, inside, scopes, holds) for site in step.reading.sites)
    inner = tuple(
        analyse_step(each, _inside(block, scopes[path], around, _assumed(path, around.assuming, holds)))
        for path, block in block_of.items()
        for each in block.steps
    )
    known = tuple(_use(use, around) for use in uses(step))
    return StepAnalysis(step, inside, sites, known, inner, around.siblings)


def _loop(for_each: ForEach, around: Surroundings) -> Loop:
    item = item_of(_items_type(for_each.items, around))
    item_var = for_each.item_var or default(ForEach, "itemVar")
    return Loop(item_var, for_each.index_var or default(ForEach, "indexVar"), item)


def _items_type(items: object, around: Surroundings) -> Type:
    if isinstance(items, Expression):
        return infer(items, around.scope, around.assuming).type
    if isinstance(items, list) and all(isinstance(item, str | int | float | bool | None) for item in items):
        return array_of(union(*map(literal, items)) if items else ANY)
    return ANY


def _scope_at(path: FieldPath, outer: StepScope, inside: StepScope) -> StepScope:
    """The scope of what stands at a path of the step: `items`, `if` and `else` are outside its own loop (language §5)."""
    if path[:2] == ("forEach", "items") or path[:1] == ("condition",):
        return outer
    return inside.with_error() if path[:1] == ("fallback",) else inside


def _assumed(path: FieldPath, assuming: tuple[Expr, ...], holds: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return assuming if path[:1] == ("condition",) else (*assuming, *holds)


def _site(
    site: Site,
    step: Step,
    around: Surroundings,
    inside: StepScope,
    scopes: Mapping[FieldPath, StepScope],
    holds: tuple[Expr, ...],
) -> SiteAnalysis:
    scope = _scope_at(site.path, around.scope, inside)
    if "output" in site.path:
        block = site.path[: site.path.index("output")]
        scope = scopes.get(block, scope)
    return SiteAnalysis(site, scope, _assumed(site.path, around.assuming, holds))


def _block_scope(block: Block, outer: StepScope, around: Surroundings) -> StepScope:
    views = {view.id: view for view in (view_of(step, around.contracts, around.namespace) for step in block.steps) if view}
    return nested_scope(outer, views)


def nested_scope(outer: StepScope, views: Mapping[str, StepView]) -> StepScope:
    """A scope that sees these steps and, around them, those of `outer`."""

    def find(name: str) -> StepView | None:
        return views.get(name) or (outer.steps(name) if outer.steps else None)

    return replace(outer, steps=find, ids=lambda: (*views, *outer.ids()))


def _inside(block: Block, scope: StepScope, around: Surroundings, assuming: tuple[Expr, ...]) -> Surroundings:
    siblings = tuple(step.id for step in block.steps if step.id)
    return replace(around, scope=scope, siblings=siblings, assuming=assuming)


def _use(use: Use, around: Surroundings) -> UseAnalysis:
    contract = contract_at(around.contracts, use.kind, reference(use.ref, around.namespace))
    return UseAnalysis(use, contract, () if contract else around.names_of.get(use.kind, ()), around.complete)
