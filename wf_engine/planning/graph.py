"""The order of steps: what each waits for, checked, and which could run at the same time."""

from collections.abc import Collection, Mapping, Sequence

from wf_engine.analysis import Graph, analyse_workflow, facts_of, graph_of
from wf_engine.language import Step
from wf_engine.text import Location, WfError, did_you_mean
from wf_engine.workspace import Definition, Workspace

Dependencies = Mapping[str, tuple[str, ...]]
"""For each step, in the order of the text, the steps it waits for."""


def dependencies_of(workspace: Workspace, definition: Definition) -> Dependencies:
    """What each step of a workflow waits for. Raises WfError for missing or unknown ids and for cycles."""
    analysis = analyse_workflow(workspace, definition.source)
    if analysis is None or not analysis.steps:
        raise WfError(f"`{definition.key.name}` has no steps.", hint="Write at least one under `tasks`.")
    _check(workspace, definition, analysis.steps, analysis.graph, frozenset())
    return analysis.graph.dependencies


def block_dependencies(
    workspace: Workspace, definition: Definition, steps: Sequence[Step], around: Collection[str]
) -> Dependencies:
    """The same for a block, whose steps may also read those `around` it, but not name them under `dependsOn`."""
    graph = graph_of([(step.id, facts_of(step).dependencies) for step in steps])
    _check(workspace, definition, steps, graph, around)
    return graph.dependencies


def _check(
    workspace: Workspace, definition: Definition, steps: Sequence[Step], graph: Graph, around: Collection[str]
) -> None:
    _check_ids(workspace, definition, steps)
    for step in steps:
        facts = facts_of(step)
        for name in facts.dependencies:
            if name == step.id:
                raise _error(workspace, definition, step, "waits for itself.")
            if name not in graph.dependencies and (name not in around or name in facts.declared):
                message = (
                    f"waits for `{name}`, and there is no such step.{did_you_mean(name, tuple(graph.dependencies))}"
                )
                raise _error(workspace, definition, step, message)
    if graph.cycles:
        raise _cycle(workspace, definition, steps, graph.cycles[0])


def parallel_groups(dependencies: Dependencies) -> list[list[str]]:
    """The steps by level: a step stands one level behind the last of those it waits for. Cycles are not allowed."""
    waits = {name: len(needed) for name, needed in dependencies.items()}
    dependents: dict[str, list[str]] = {name: [] for name in dependencies}
    for name, needed in dependencies.items():
        for other in needed:
            dependents[other].append(name)
    groups: list[list[str]] = []
    group = [name for name, count in waits.items() if count == 0]
    order = {name: number for number, name in enumerate(dependencies)}
    while group:
        groups.append(group)
        following = []
        for name in group:
            for dependent in dependents[name]:
                waits[dependent] -= 1
                if not waits[dependent]:
                    following.append(dependent)
        group = sorted(following, key=order.__getitem__)
    return groups


def _check_ids(workspace: Workspace, definition: Definition, steps: Sequence[Step]) -> None:
    seen: set[str] = set()
    for number, step in enumerate(steps, 1):
        if step.id is None:
            raise _error(workspace, definition, step, "has no id.", f"Step {number}")
        if step.id in seen:
            raise _error(workspace, definition, step, "stands there twice; ids are unique in a workflow.")
        seen.add(step.id)


def _cycle(workspace: Workspace, definition: Definition, steps: Sequence[Step], cycle: tuple[str, ...]) -> WfError:
    step = next(each for each in steps if each.id == cycle[0])
    way = " → ".join([*cycle, cycle[0]])
    error = _error(workspace, definition, step, f"waits for itself through others: {way}.")
    error.hint = "Take one of the references or `dependsOn` entries on that way out."
    return error


def _error(
    workspace: Workspace, definition: Definition, step: Step, message: str, subject: str | None = None
) -> WfError:
    location: Location | None = None
    if step.node is not None:
        location = workspace.location(definition.source, step.node.place)
    return WfError(f"{subject or f'Step `{step.id}`'} {message}", location)
