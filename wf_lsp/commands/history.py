"""wf.history `{uri?, workflow?, limit?}`: the last executions, the newest first."""

from typing import TYPE_CHECKING, Any

from wf_lsp.child import Child
from wf_lsp.commands.requests import Json, argument, failure, root_of
from wf_lsp.convert import path_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def history(server: "WfServer", *arguments: Any) -> Json:
    """`{executions: […]}` as `wf history --json` lists them."""
    wanted = argument(arguments)
    uri = wanted.get("uri")
    folder = root_of(server, path_of(uri)) if isinstance(uri, str) else next(iter(server.session.roots), None)
    options = ["--limit", str(wanted.get("limit") or 20)]
    if isinstance(wanted.get("workflow"), str):
        options += ["--workflow", wanted["workflow"]]
    answer, errors = await Child(["history", "--json", *options], folder).whole()
    if isinstance(answer, list):
        return {"executions": answer}
    return answer if isinstance(answer, dict) else failure(errors.strip() or "there is no history")
