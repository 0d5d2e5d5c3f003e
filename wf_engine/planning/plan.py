"""The plan of a run: its steps in order, its critical path, and the values that are known already (language §7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wf_engine.analysis import WorkflowAnalysis, analyse_workflow
from wf_engine.planning.graph import Dependencies, dependencies_of, parallel_groups
from wf_engine.planning.inputs import InputGate
from wf_engine.planning.known import Facts, PlannedTemplate, planned_templates
from wf_engine.text import WfError
from wf_engine.workspace import Definition, Workspace


@dataclass(frozen=True)
class PlanNode:
    """A step in the plan; `level` counts from 0."""

    id: str
    task_ref: str | None
    level: int


@dataclass(frozen=True)
class Plan:
    """What a run would do. `estimated_duration_ms` is that of the critical path, None without durations."""

    workflow: str
    nodes: tuple[PlanNode, ...]
    dependencies: Dependencies
    parallel_groups: Sequence[Sequence[str]]
    critical_path: tuple[str, ...]
    estimated_duration_ms: float | None
    templates: tuple[PlannedTemplate, ...]

    @property
    def execution_order(self) -> tuple[str, ...]:
        """The steps, each behind those it waits for."""
        return tuple(name for group in self.parallel_groups for name in group)

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a step and one that waits for it."""
        return tuple((needed, name) for name, others in self.dependencies.items() for needed in others)

    def to_json(self) -> dict[str, Any]:
        """`{workflow, plan, templates}`, the plan with `nodes`, `edges`, `parallelGroups` and so on."""
        return {
            "workflow": self.workflow,
            "plan": {
                "nodes": [{"id": node.id, "taskRef": node.task_ref, "level": node.level} for node in self.nodes],
                "edges": [{"from": start, "to": end} for start, end in self.edges],
                "parallelGroups": [list(group) for group in self.parallel_groups],
                "executionOrder": list(self.execution_order),
                "criticalPath": list(self.critical_path),
                "estimatedDurationMs": self.estimated_duration_ms,
            },
            "templates": [template.to_json() for template in self.templates],
        }


def plan(
    workspace: Workspace,
    definition: Definition,
    input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
    durations: Mapping[str, float] | None = None,
) -> Plan:
    """The plan of a workflow; nothing is run. Without an input, its defaults are what is known of it.

    `durations` are milliseconds by step id or, for all steps that run it, by task. Raises WfError where the steps make
    no graph (a cycle names its way), InvalidInput.
    """
    dependencies = dependencies_of(workspace, definition)
    analysis = analyse_workflow(workspace, definition.source)
    if analysis is None:
        raise WfError(f"`{definition.key.name}` is no workflow.")
    groups = parallel_groups(dependencies)
    refs = {step.id: step.task_ref for step in analysis.steps if step.id is not None}
    known = _durations(refs, durations or {})
    path = _critical_path(dependencies, known)
    return Plan(
        workflow=definition.key.name,
        nodes=_nodes(groups, dependencies, refs),
        dependencies=dependencies,
        parallel_groups=groups,
        critical_path=path,
        estimated_duration_ms=sum(known.get(name, 0) for name in path) if known else None,
        templates=planned_templates(analysis, groups, _facts(definition, analysis, input)),
    )


def _facts(definition: Definition, analysis: WorkflowAnalysis, given: Mapping[str, Any] | None) -> Facts:
    gate, env = InputGate(definition.key.name, definition.contract.input_schema), analysis.workspace.settings.env
    if given is None:
        return Facts(gate.defaults, env, complete=False)
    return Facts(gate.checked(given), env, complete=True)


def _nodes(
    groups: Sequence[Sequence[str]], dependencies: Dependencies, refs: Mapping[str, str | None]
) -> tuple[PlanNode, ...]:
    levels = {name: level for level, group in enumerate(groups) for name in group}
    return tuple(PlanNode(name, refs.get(name), levels[name]) for name in dependencies)


def _durations(refs: Mapping[str, str | None], given: Mapping[str, float]) -> dict[str, float]:
    """Durations by step, those that are known."""
    found = {name: given.get(name, given.get(ref or "")) for name, ref in refs.items()}
    return {name: duration for name, duration in found.items() if duration is not None}


_HARDLY_ANYTHING = 1e-6
"""What a step weighs beside its duration: of two ways that take equally long the one with more steps is critical."""


def _critical_path(dependencies: Dependencies, durations: Mapping[str, float]) -> tuple[str, ...]:
    """The way through the graph that takes longest; without durations, the one with most steps."""
    import networkx as nx  # it takes a quarter of a second to load, and few commands need it

    graph: nx.DiGraph[str] = nx.DiGraph()
    start = ""
    for name, needed in dependencies.items():
        weight = durations.get(name, 0) + _HARDLY_ANYTHING
        for other in needed or (start,):
            graph.add_edge(other, name, weight=weight)
    return tuple(nx.dag_longest_path(graph, weight="weight")[1:])
