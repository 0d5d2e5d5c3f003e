"""A workflow as a whole, taken apart into units that are analysed, checked and remembered each by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import is_
from typing import TypeVar

from wf_engine.analysis.breaks import broken_steps
from wf_engine.analysis.callees import Callees
from wf_engine.analysis.expressions import SiteAnalysis, node_type
from wf_engine.analysis.graph import Graph, graph_of
from wf_engine.analysis.scopes import StepScope
from wf_engine.analysis.signature import Signature
from wf_engine.analysis.step_analysis import StepAnalysis, Surroundings, analyse_step
from wf_engine.analysis.step_view import StepView
from wf_engine.analysis.steps import StepFacts, facts_of, site_reads
from wf_engine.analysis.views import World, scope_views
from wf_engine.analysis.waiting import Waiting
from wf_engine.language import Step, WorkflowDocument
from wf_engine.language.documents import is_name
from wf_engine.syntax import Scalar, Seq
from wf_engine.types import ANY, Type, object_of
from wf_engine.workspace import Definition, SourceDocument, Workspace

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Layout:
    """What follows from the facts of all steps together."""

    facts: tuple[StepFacts, ...]
    graph: Graph
    repeated: bool
    """Whether an id stands twice, in blocks or outside."""
    holders: tuple[int, ...]
    """The numbers of the steps that hold steps."""
    named: bool
    """Whether every step has a valid id."""
    workflows: tuple[str, ...]
    """The workflows that are run as steps, each once, as they are written."""

    @cached_property
    def waiting(self) -> Waiting:
        """The workflow's own steps among themselves."""
        facts: dict[str, StepFacts] = {}
        for each in self.facts:
            if each.id is not None:
                facts.setdefault(each.id, each)
        return Waiting(facts, self.graph)

    @cached_property
    def timeout(self) -> int:
        """The longest timeout that is written in a step, in milliseconds; 0 where none is."""
        return max([each.timeout for each in self.facts], default=0)

    @cached_property
    def refs(self) -> tuple[tuple[str, str], ...]:
        """Kind and text of the references to definitions, each once."""
        return tuple(dict.fromkeys([ref for each in self.facts for ref in each.refs]))

    @cached_property
    def inputs_read(self) -> frozenset[str]:
        """The inputs that steps read by name."""
        return frozenset([name for each in self.facts for root, name in each.reads if root == "input"])


def layout_of(facts: tuple[StepFacts, ...]) -> Layout:
    """The layout of steps with these facts."""
    ids = [name for each in facts for name in each.ids]
    return Layout(
        facts,
        graph_of([(each.id, each.dependencies) for each in facts]),
        repeated=len(set(ids)) < len(ids),
        holders=tuple([number for number, each in enumerate(facts) if each.holds_steps]),
        named=False not in [each.named for each in facts],
        workflows=tuple(
            dict.fromkeys(
                [ref for each in facts if each.calls_workflows for kind, ref in each.refs if kind == "Workflow"]
            )
        ),
    )


class WorkflowAnalysis:
    """A workflow of a workspace."""

    def __init__(self, workspace: Workspace, source: SourceDocument, model: WorkflowDocument) -> None:
        self.workspace = workspace
        self.source = source
        self.model = model
        self.namespace = (model.metadata.namespace if model.metadata else None) or "default"
        self.steps: tuple[Step, ...] = (model.spec.tasks if model.spec else None) or ()
        self.world = World(callees_of(workspace), self.namespace, broken_steps(source, model, self.steps))
        self._compared: tuple[tuple[Step, ...], tuple[int, int]] | None = None
        self.facts = self._facts()
        self.simple = True not in [facts.wandering for facts in self.facts]
        """Whether the outputs of all steps rest on contracts alone."""
        self.signature = self._signature()

    def _key(self, what: str) -> tuple[str, str, int]:
        return (what, self.source.path, self.source.index)

    def _facts(self) -> tuple[StepFacts, ...]:
        """The facts of the steps; those of steps that are the same as in the snapshot before are taken over."""
        memo, key = self.workspace.memo, self._key("facts")
        before: tuple[tuple[Step, ...], tuple[StepFacts, ...]] = memo.get(key, ((), ()))
        head, tail = self.unchanged(before[0])
        middle = [facts_of(step) for step in self.steps[head : len(self.steps) - tail]]
        kept = before[1]
        facts = (*kept[:head], *middle, *kept[len(kept) - tail :])
        memo[key] = (self.steps, facts)
        return facts

    def unchanged(self, before: tuple[Step, ...]) -> tuple[int, int]:
        """How many steps at the beginning, and how many at the end, are those of a snapshot before."""
        if self._compared is None or self._compared[0] is not before:
            self._compared = (before, unchanged(before, self.steps))
        return self._compared[1]

    def _signature(self) -> Signature:
        """The signature, the one of the snapshot before where it says the same."""
        memo, key, spec = self.workspace.memo, self._key("signature"), self.model.spec
        before: tuple[Signature, tuple[Step, ...]] | None = memo.get(key)
        schema = spec.input if spec else None
        now = Signature(
            self.world.callees.declared, self.workspace.settings, self.namespace, self.workspace.complete, schema, ()
        )
        if before is not None and before[0].input_schema is schema:
            now.take_input(before[0])
        now = now.with_views(self._views(now, before))
        kept = before[0] if before is not None and before[0].same(now) else now
        memo[key] = (kept, self.steps)
        return kept

    def _views(self, now: Signature, before: tuple[Signature, tuple[Step, ...]] | None) -> tuple[StepView | None, ...]:
        """The views of the steps; those of steps that are the same and rest on contracts alone are taken over."""
        if self.simple and before is not None and self._rests_on_same(now, before[0]):
            head, tail = self.unchanged(before[1])
            kept = before[0].views
            middle = self._by_scope(now, self.steps[head : len(self.steps) - tail])
            return (*kept[:head], *middle, *kept[len(kept) - tail :])
        return self._by_scope(now, self.steps)

    @staticmethod
    def _rests_on_same(now: Signature, before: Signature) -> bool:
        return now.contracts is before.contracts and now.namespace == before.namespace

    def _by_scope(self, now: Signature, steps: Sequence[Step]) -> tuple[StepView | None, ...]:
        if not steps:
            return ()
        scope = StepScope(now.input_type, self.workspace.settings.env, _no_step)
        views = scope_views(steps, scope, self.world)
        return tuple([views[step.id] if step.id is not None else None for step in steps])

    @cached_property
    def named(self) -> bool:
        """Whether every step could be read and has a valid id."""
        node = self.model.spec.node.get("tasks") if self.model.spec and self.model.spec.node else None
        count = len(node.items) if isinstance(node, Seq) else 0 if node is None else -1
        return count == len(self.steps) and self.layout.named

    @property
    def input_type(self) -> Type:
        """Type of the workflow's input once defaults are filled in."""
        return self.signature.input_type

    @property
    def views(self) -> Mapping[str, StepView]:
        """The steps by id as others see them; of two equal ids the first counts."""
        return self.signature.by_id

    @cached_property
    def scope(self) -> StepScope:
        """The scope of the workflow's own expressions."""
        views = self.views
        return StepScope(self.input_type, self.workspace.settings.env, views.get, lambda: tuple(views))

    @cached_property
    def layout(self) -> "Layout":
        """What the steps are to one another; that of the snapshot before where their facts are equal."""
        key = self._key("layout")
        before: Layout | None = self.workspace.memo.get(key)
        if before is None or before.facts != self.facts:
            before = self.workspace.memo[key] = layout_of(self.facts)
        return before

    @property
    def graph(self) -> Graph:
        """The graph of the workflow's own steps."""
        return self.layout.graph

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the workflow's own steps stand in."""
        return Surroundings(self.scope, self.views.keys(), self.world, self._complete)

    @property
    def _complete(self) -> bool:
        """Whether what is not found is not there: all files are read, and it is known in which namespace to look."""
        return self.workspace.complete and is_name(self.namespace)

    @cached_property
    def output_type(self) -> Type:
        """Type of the workflow's output."""
        spec = self.model.spec
        pair = spec.node.pair("output") if spec and spec.node else None
        if pair is None:
            return object_of({})
        sites = {id(site.site.node): site for site in self.own_sites() if site.site.path[:2] == ("spec", "output")}

        def type_of(scalar: Scalar) -> Type | None:
            site = sites.get(id(scalar))
            return site.type if site is not None else None

        return node_type(pair.value, type_of)

    def step_analysis(self, step: Step) -> StepAnalysis:
        """The analysis of one of the workflow's own steps."""
        return analyse_step(step, self.surroundings)

    def own_sites(self) -> Iterator[SiteAnalysis]:
        """The expressions of the workflow that stand in no step, such as those of `output`."""
        for site in self.model.reading.sites:
            hook = "triggers" in site.path[:2]
            yield SiteAnalysis(site, self._hook_scope if hook else self.scope)

    @cached_property
    def _hook_scope(self) -> StepScope:
        """The scope of a webhook's `filter` and `inputMapping`."""
        return StepScope(None, self.workspace.settings.env, None, plain={"payload": ANY})

    def site_facts(self, analysis: SiteAnalysis) -> tuple[object, ...]:
        """All that the analysis of one of the workflow's own sites rests on."""
        reads = site_reads(analysis.site)
        views = [self.views.get(name) for root, name in reads if root == "tasks"]
        others = tuple([(view.id, view.inside) for view in self.views.values()]) if None in views else ()
        return (*views, others, self.signature.input_schema, self.workspace.settings, analysis.site.path[:2])


def unchanged(before: Sequence[T], now: Sequence[T]) -> tuple[int, int]:
    """How many items at the beginning, and of the rest how many at the end, are the same objects."""
    head = _same_length(before, now)
    limit = min(len(before), len(now)) - head
    return head, min(
        _same_length(before[: head - 1 if head else None : -1], now[: head - 1 if head else None : -1]), limit
    )


def _same_length(before: Sequence[T], now: Sequence[T]) -> int:
    pairs = [*map(is_, before, now)]
    return pairs.index(False) if False in pairs else len(pairs)


def _no_step(_: str) -> None:
    """A scope without steps."""


@dataclass(frozen=True, eq=False)
class _Snapshot:
    workspace: Workspace
    callees: Callees


def callees_of(workspace: Workspace) -> Callees:
    """What references mean in a snapshot."""
    known: _Snapshot | None = workspace.memo.get("callees")
    if known is None or known.workspace is not workspace:
        known = _Snapshot(workspace, Callees(workspace, lambda definition: _output_of(workspace, definition)))
        workspace.memo["callees"] = known
    return known.callees


def _output_of(workspace: Workspace, definition: Definition) -> Type:
    analysis = analyse_workflow(workspace, definition.source)
    return ANY if analysis is None else settled_output(analysis)


def settled_output(analysis: WorkflowAnalysis) -> Type:
    """The type of a workflow's output, from the snapshot before where nothing changed that it rests on."""
    workspace, spec = analysis.workspace, analysis.model.spec
    key = ("output", analysis.source.path, analysis.source.index)
    basis = (analysis.signature, spec.output if spec else None)
    known: tuple[tuple[Signature, object], Type] | None = workspace.memo.get(key)
    if known is not None and known[0][0] is basis[0] and known[0][1] is basis[1]:
        return known[1]
    workspace.memo[key] = (basis, analysis.output_type)
    return analysis.output_type


def analyse_workflow(workspace: Workspace, source: SourceDocument) -> WorkflowAnalysis | None:
    """The analysis of a document, None where it is no workflow. Made once a snapshot."""
    model = source.model
    if not isinstance(model, WorkflowDocument):
        return None
    key = ("workflow", source.path, source.index)
    known = workspace.memo.get(key)
    if known is not None and known.source is source and known.workspace is workspace:
        found: WorkflowAnalysis = known
        return found
    analysis = WorkflowAnalysis(workspace, source, model)
    workspace.memo[key] = analysis
    return analysis
