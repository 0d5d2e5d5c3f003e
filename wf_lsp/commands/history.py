"""wf.history `{uri?, workflow?, limit?}`: the last executions of a project, the newest first."""

from typing import TYPE_CHECKING, Any

from wf_lsp.child import Child
from wf_lsp.commands.requests import argument, ended_early, environ_of, folder_of
from wf_lsp.convert import Json, path_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_USUAL = 20


async def history(server: "WfServer", *arguments: Any) -> Json:
    """`{executions: […]}` as `wf history --json` lists them."""
    wanted = argument(arguments)
    uri, limit, workflow = wanted.get("uri"), wanted.get("limit"), wanted.get("workflow")
    folder = project_folder(server, uri)
    options = ["--limit", str(limit if isinstance(limit, int) and limit > 0 else _USUAL)]
    if isinstance(workflow, str):
        options += ["--workflow", workflow]
    child = Child(["history", "--json", *(["--here"] if folder else []), *options], folder, environ_of(server, folder))
    found = await child.whole()
    return {"executions": found} if isinstance(found, list) else ended_early("The history", child.errors)


def project_folder(server: "WfServer", uri: Any) -> str | None:
    """The root of the project of a document; without one, that of the client's first folder."""
    session = server.session
    if isinstance(uri, str):
        return folder_of(server, path_of(uri))
    return folder_of(server, "untitled:") if session.folders else None
