"""The plan of a run: its steps in order, its critical path, and the values that are known already (language §7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wf_engine.analysis import WorkflowAnalysis, analyse_workflow
from wf_engine.language import WorkflowDocument, WorkflowSpec, default
from wf_engine.planning.durations import Child, Estimate, critical_path
from wf_engine.planning.facts import Facts
from wf_engine.planning.graph import Dependencies, dependencies_of, parallel_groups
from wf_engine.planning.inputs import InputGate
from wf_engine.planning.known import PlannedTemplate, planned_templates
from wf_engine.planning.shape import Branch, Runs, Steps, StepShape, shape_of
from wf_engine.text import WfError
from wf_engine.workspace import Definition, Workspace


@dataclass(frozen=True)
class Plan:
    """What a run would do. `estimated_duration_ms` is that of the critical path, None without durations."""

    workflow: str
    steps: Steps
    critical_path: tuple[str, ...]
    estimated_duration_ms: float | None
    templates: tuple[PlannedTemplate, ...]

    @property
    def dependencies(self) -> Dependencies:
        """For each step the steps it waits for."""
        return self.steps.dependencies

    @property
    def parallel_groups(self) -> Sequence[Sequence[str]]:
        """The steps by level."""
        return self.steps.groups

    @property
    def execution_order(self) -> tuple[str, ...]:
        """The steps, each behind those it waits for."""
        return tuple(name for group in self.parallel_groups for name in group)

    def to_json(self) -> dict[str, Any]:
        """`{workflow, plan, templates}` as schemas/plan.schema.json has it."""
        return {
            "workflow": self.workflow,
            "plan": {
                **_steps_json(self.steps),
                "executionOrder": list(self.execution_order),
                "criticalPath": list(self.critical_path),
                "estimatedDurationMs": self.estimated_duration_ms,
            },
            "templates": [template.to_json() for template in self.templates],
        }


def _steps_json(steps: Steps) -> dict[str, Any]:
    return {
        "nodes": [_node_json(step) for step in steps.steps],
        "edges": [{"from": start, "to": end} for start, end in steps.edges],
        "parallelGroups": [list(group) for group in steps.groups],
    }


def _node_json(step: StepShape) -> dict[str, Any]:
    """A step; what it does not have is left out."""
    loop = step.loop
    more = {
        "condition": step.condition,
        "forEach": None if loop is None else {"items": loop.items, "itemVar": loop.item_var, "atOnce": loop.width},
        "branches": [_branch_json(branch) for branch in step.branches] or None,
    }
    runs = _runs_json(step.runs)
    ref = runs.pop("taskRef", None)
    return {"id": step.id, "taskRef": ref, "level": step.level, **runs, **_there(more)}


def _branch_json(branch: Branch) -> dict[str, Any]:
    return {"role": branch.role, "label": branch.label, **_runs_json(branch.runs)}


def _runs_json(runs: Runs) -> dict[str, Any]:
    """What runs: a task by its name alone, anything else with its kind."""
    if runs.kind == "task":
        return {"taskRef": runs.ref}
    more = {
        "workflowRef": runs.ref if runs.kind == "workflow" else None,
        "value": runs.ref if runs.kind == "switch" else None,
    }
    return {"kind": runs.kind, **_there({**more, "steps": None if runs.inside is None else _steps_json(runs.inside)})}


def _there(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def plan(
    workspace: Workspace,
    definition: Definition,
    input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
    durations: Mapping[str, float] | None = None,
) -> Plan:
    """The plan of a workflow; nothing is run. Without an input, its defaults are what is known of it.

    `durations` are milliseconds by step path or, for all steps that run it, by task or workflow. Raises WfError where
    the steps make no graph (a cycle names its way), InvalidInput.
    """
    dependencies = dependencies_of(workspace, definition)
    analysis = analyse_workflow(workspace, definition.source)
    if analysis is None:
        raise WfError(f"`{definition.key.name}` is no workflow.")
    steps = shape_of(analysis.steps)
    templates = planned_templates(analysis, parallel_groups(dependencies), _facts(definition, analysis, input))
    values = {each.path: each for each in templates}

    def known(path: str) -> tuple[bool, Any]:
        found = values.get(path)
        return (False, None) if found is None else (found.known, found.value)

    estimate = Estimate(durations or {}, known, _children(workspace, definition), _slots(definition))
    spent = estimate.steps(steps)
    path = critical_path(dependencies, spent)
    total = sum(spent.get(name, 0) for name in path) if spent else None
    return Plan(definition.key.name, steps, path, total, templates)


_DEEPEST = 5


def _children(workspace: Workspace, definition: Definition, depth: int = 0) -> Child:
    """What the references to workflows mean in a workflow's namespace."""

    def find(ref: str) -> tuple[Steps, int, Child] | None:
        found = workspace.workflow(ref, definition.key.namespace) if depth < _DEEPEST else None
        analysis = analyse_workflow(workspace, found.source) if found is not None else None
        if found is None or analysis is None:
            return None
        return shape_of(analysis.steps), _slots(found), _children(workspace, found, depth + 1)

    return find


def _slots(definition: Definition) -> int:
    model = definition.model
    written = model.spec.max_concurrency if isinstance(model, WorkflowDocument) and model.spec else None
    slots: int = written or default(WorkflowSpec, "maxConcurrency")
    return slots


def _facts(definition: Definition, analysis: WorkflowAnalysis, given: Mapping[str, Any] | None) -> Facts:
    gate, env = InputGate(definition.key.name, definition.contract.input_schema), analysis.workspace.settings.env
    if given is None:
        return Facts(gate.defaults, env, complete=False)
    return Facts(gate.checked(given), env, complete=True)
