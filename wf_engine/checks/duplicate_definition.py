"""WF306 duplicate-definition."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity
from wf_engine.workspace import SourceDocument, Workspace


@check("workspace", "WF306", "duplicate-definition", Severity.ERROR, "Two definitions of the same kind, namespace, name and version.")
def duplicate_definition(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """Reported on each of them, naming the file of the other."""
    own = source.definition
    if own is None or own.name_place is None:
        return
    key = own.key
    same = [each for each in workspace.names.get((key.kind, key.namespace, key.name), ()) if each.key == key and each is not own]
    if same:
        version = f" version {key.version}" if key.version else ""
        kind = "task" if key.kind == "WorkflowTask" else "workflow"
        message = f"the {kind} `{key.name}`{version} is defined in {same[0].path} too"
        yield Draft(own.name_place, message, "rename one of them, or give them different versions")
