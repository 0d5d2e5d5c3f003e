"""wf.trace `{executionId?, uri?}`: the trace of an execution, without an id of the last one."""

from typing import TYPE_CHECKING, Any

from wf_lsp.child import Child
from wf_lsp.commands.requests import Json, argument, failure, root_of
from wf_lsp.convert import path_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def trace(server: "WfServer", *arguments: Any) -> Json:
    """The trace as `wf trace --json` prints it."""
    wanted = argument(arguments)
    uri, identity = wanted.get("uri"), wanted.get("executionId")
    folder = root_of(server, path_of(uri)) if isinstance(uri, str) else next(iter(server.session.roots), None)
    answer, errors = await Child(["trace", *([str(identity)] if identity else []), "--json"], folder).whole()
    return answer if isinstance(answer, dict) else failure(errors.strip() or "there is no trace")
