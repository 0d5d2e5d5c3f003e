"""A workflow as a whole, taken apart into units that are analysed, checked and remembered each by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.graph import Graph, graph_of
from wf_engine.analysis.scopes import StepScope
from wf_engine.analysis.step_analysis import StepAnalysis, Surroundings, analyse_step
from wf_engine.analysis.steps import StepFacts, facts_of, site_reads
from wf_engine.analysis.views import StepView, contract_at, view_of
from wf_engine.language import Step, WorkflowDocument
from wf_engine.types import Type, of_schema
from wf_engine.workspace import SourceDocument, Workspace, reference


@dataclass(frozen=True, eq=False)
class Signature:
    """All that a step can see of its workflow and the workspace. The same object as long as none of it changes."""

    contracts: object
    settings: object
    namespace: str
    complete: bool
    input_schema: Any
    views: tuple[StepView | None, ...]

    def same(self, other: "Signature") -> bool:
        """Whether the other says the same."""
        return (
            self.contracts is other.contracts
            and self.settings is other.settings
            and self.namespace == other.namespace
            and self.complete == other.complete
            and self.views == other.views
            and (self.input_schema is other.input_schema or self.input_schema == other.input_schema)
        )


class WorkflowAnalysis:
    """A workflow of a workspace."""

    def __init__(self, workspace: Workspace, source: SourceDocument, model: WorkflowDocument) -> None:
        self.workspace = workspace
        self.source = source
        self.model = model
        self.namespace = (model.metadata.namespace if model.metadata else None) or "default"
        self.steps: tuple[Step, ...] = (model.spec.tasks if model.spec else None) or ()
        self.facts: tuple[StepFacts, ...] = tuple([facts_of(step) for step in self.steps])
        self.signature = self._signature()

    def _signature(self) -> Signature:
        """The signature, the one of the snapshot before where it says the same."""
        contracts = self.workspace.contracts
        views = tuple([view_of(step, contracts, self.namespace) for step in self.steps])
        schema = self.model.spec.input if self.model.spec else None
        now = Signature(contracts, self.workspace.settings, self.namespace, self.workspace.complete, schema, views)
        key = ("signature", self.source.path, self.source.index)
        before = self.workspace.memo.get(key)
        kept: Signature = before if before is not None and before.same(now) else now
        self.workspace.memo[key] = kept
        return kept

    @cached_property
    def input_type(self) -> Type:
        """Type of the workflow's input."""
        schema = self.signature.input_schema
        return of_schema({"type": "object", "additionalProperties": False} if schema is None else schema)

    @cached_property
    def views(self) -> Mapping[str, StepView]:
        """The steps by id as others see them; of two equal ids the first counts."""
        found: dict[str, StepView] = {}
        for view in self.signature.views:
            if view is not None:
                found.setdefault(view.id, view)
        return found

    @cached_property
    def scope(self) -> StepScope:
        """The scope of the workflow's own expressions."""
        return StepScope(self.input_type, self.workspace.settings.env, self.views.get, lambda: tuple(self.views))

    @cached_property
    def graph(self) -> Graph:
        """The graph of the workflow's own steps."""
        key = ("graph", self.source.path, self.source.index)
        before = self.workspace.memo.get(key)
        if before is None or before[0] != self.facts:
            before = (self.facts, graph_of([(facts.id, facts.dependencies) for facts in self.facts]))
            self.workspace.memo[key] = before
        graph: Graph = before[1]
        return graph

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the workflow's own steps stand in."""
        names = {kind: self.workspace.names_of(kind, self.namespace) for kind in ("WorkflowTask", "Workflow")}
        contracts, complete = self.workspace.contracts, self.workspace.complete
        return Surroundings(self.scope, tuple(self.views), contracts, self.namespace, names, complete)

    def step_analysis(self, step: Step) -> StepAnalysis:
        """The analysis of one of the workflow's own steps."""
        return analyse_step(step, self.surroundings)

    def facts_read(self, step: Step, facts: StepFacts) -> tuple[object, ...]:
        """All from outside the step that its analysis rests on: equal facts, equal analysis."""
        views = [self.views.get(name) for name in facts.dependencies]
        contracts = [contract_at(self.workspace.contracts, kind, reference(ref, self.namespace)) for kind, ref in facts.refs]
        others: tuple[object, ...] = ()
        if None in views or step.depends_on:
            others = tuple(self.views)
        if None in contracts:
            others = (*others, self.workspace.complete, *self.surroundings.names_of.values())
        reads_input = any(root == "input" for root, _ in facts.reads)
        schema = self.signature.input_schema if reads_input else None
        return (*views, *contracts, others, schema, self.namespace, id(self.workspace.settings))

    def own_sites(self) -> Iterator[SiteAnalysis]:
        """The expressions of the workflow that stand in no step, such as those of `output`."""
        for site in self.model.reading.sites:
            yield SiteAnalysis(site, self.scope)

    def site_facts(self, analysis: SiteAnalysis) -> tuple[object, ...]:
        """All that the analysis of one of the workflow's own sites rests on."""
        reads = site_reads(analysis.site)
        views = [self.views.get(name) for root, name in reads if root == "tasks"]
        others = tuple(self.views) if None in views else ()
        return (*views, others, self.signature.input_schema, id(self.workspace.settings))


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
