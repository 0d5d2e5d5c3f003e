"""wf.trace `{executionId?, uri?}`: the trace of an execution; without an id, of the last one of the document's workflows."""

from typing import TYPE_CHECKING, Any

from wf_engine.language import WorkflowDocument
from wf_lsp.child import Child
from wf_lsp.commands.history import history, project_folder
from wf_lsp.commands.requests import argument, ended_early, environ_of
from wf_lsp.convert import Json, path_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_SEARCHED = 200
"""Executions of a project among which the last one of a document is looked for."""


async def trace(server: "WfServer", *arguments: Any) -> Json | None:
    """The trace as `wf trace --json` prints it; None where nothing has been run yet."""
    wanted = argument(arguments)
    uri, identity = wanted.get("uri"), wanted.get("executionId")
    if not isinstance(identity, str):
        found = await history(server, {"uri": uri, "limit": _SEARCHED})
        if "executions" not in found:
            return found
        names = _workflows(server, uri)
        identity = next(
            (run["executionId"] for run in found["executions"] if names is None or run["workflowName"] in names), None
        )
        if identity is None:
            return None
    folder = project_folder(server, uri)
    child = Child(["trace", identity, "--json"], folder, environ_of(server, folder))
    answer = await child.whole()
    return answer if isinstance(answer, dict) else ended_early("The trace", child.errors)


def _workflows(server: "WfServer", uri: Any) -> set[str] | None:
    """The names of a document's workflows; None without a document."""
    if not isinstance(uri, str):
        return None
    path = path_of(uri)
    file = server.session.workspace(path).files.get(path)
    return {each.key.name for each in file.definitions() if isinstance(each.model, WorkflowDocument)} if file else set()
