"""The workflows that a workflow runs, and those that they run: how deep that goes, and where it goes round."""

from collections.abc import Iterator, Sequence

from wf_engine.analysis.callees import DEEPEST
from wf_engine.analysis.workflow_analysis import analyse_workflow
from wf_engine.workspace import Definition, Workspace, reference

Chain = tuple[Definition, ...]


def called(workspace: Workspace, definition: Definition) -> Iterator[Definition]:
    """The workflows that a workflow runs as steps, each once."""
    workflow = analyse_workflow(workspace, definition.source)
    for ref in workflow.layout.workflows if workflow else ():
        found = resolve(workspace, ref, definition.key.namespace)
        if found is not None:
            yield found


def resolve(workspace: Workspace, ref: str, namespace: str) -> Definition | None:
    """The workflow that a reference means in a document of `namespace`."""
    wanted = reference(ref, namespace)
    known = workspace.names.get(("Workflow", wanted.namespace, wanted.name), ())
    return next((each for each in known if wanted.version in (None, each.key.version)), None)


def way_back(workspace: Workspace, start: Definition, goal: Definition) -> Chain | None:
    """The shortest chain of calls from one workflow to another, both included; None where there is none."""
    came_from: dict[int, Definition | None] = {id(start): None}
    level = [start]
    while level:
        following = []
        for each in level:
            if each is goal:
                return tuple(_traced(came_from, each))
            for inner in called(workspace, each):
                if id(inner) not in came_from:
                    came_from[id(inner)] = each
                    following.append(inner)
        level = following
    return None


def _traced(came_from: dict[int, Definition | None], end: Definition) -> Sequence[Definition]:
    found = [end]
    while (before := came_from[id(found[-1])]) is not None:
        found.append(before)
    return found[::-1]


def too_deep(workspace: Workspace, start: Definition) -> Chain | None:
    """A chain of calls that goes down further than is allowed below the caller of `start`; None where there is none."""
    return _down(workspace, start, DEEPEST, {})


def _down(
    workspace: Workspace, definition: Definition, levels: int, known: dict[tuple[int, int], bool]
) -> Chain | None:
    """A chain of `levels` calls that begins with a workflow."""
    if not levels:
        return (definition,)
    key = (id(definition), levels)
    if key not in known:
        for inner in called(workspace, definition):
            rest = _down(workspace, inner, levels - 1, known)
            if rest is not None:
                return (definition, *rest)
        known[key] = False
    return None
