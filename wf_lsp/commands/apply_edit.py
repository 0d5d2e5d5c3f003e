"""wf.applyEdit `WorkspaceEdit`: hands an edit back to a client that takes commands in the place of code actions."""

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from lsprotocol.converters import get_converter

from wf_lsp.commands.requests import argument, failure
from wf_lsp.convert import Json

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


async def apply_edit(server: "WfServer", *arguments: Any) -> Json | None:
    """None once the client has applied it, else why not."""
    edit = get_converter().structure(argument(arguments), types.WorkspaceEdit)
    answer = await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit))
    return None if answer.applied else failure(answer.failure_reason or "The editor did not apply the change.")
