"""WF306 duplicate-definition."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.text import Location, Severity
from wf_engine.workspace import Definition, SourceDocument, Workspace


@check(
    "workspace",
    "WF306",
    "duplicate-definition",
    Severity.ERROR,
    "Two definitions of the same kind, namespace, name and version.",
)
def duplicate_definition(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """Reported on each of them, with the place of the other."""
    own = source.definition
    if own is None or own.name_place is None:
        return
    key = own.key
    same = [
        each
        for each in workspace.names.get((key.kind, key.namespace, key.name), ())
        if each.key == key and each is not own
    ]
    if same:
        version = f" version {key.version}" if key.version else ""
        kind = "task" if key.kind == "WorkflowTask" else "workflow"
        where = (
            "further down in this file" if same[0].path == own.path else f"in `{_seen_from(own.path, same[0].path)}`"
        )
        if same[0].path == own.path and same[0].source.index < source.index:
            where = "further up in this file"
        message = f"the {kind} `{key.name}`{version} is defined {where} too"
        hint = "rename one of them" + (", or give them different versions" if key.kind == "Workflow" else "")
        yield Draft(own.name_place, message, hint, tuple(_related(workspace, same)))


def _seen_from(path: str, other: str) -> str:
    """A path from the folder that both files are in: what is above that says nothing."""
    shared = 0
    for number, (one, two) in enumerate(zip(path, other, strict=False)):
        if one != two:
            break
        if one in "/\\":
            shared = number + 1
    return other[shared:]


def _related(workspace: Workspace, same: list[Definition]) -> Iterator[tuple[Location, str]]:
    for other in same:
        if other.name_place is not None:
            yield workspace.location(other.source, other.name_place), f"the other `{other.key.name}`"
