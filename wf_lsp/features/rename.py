"""textDocument/rename."""

from typing import TYPE_CHECKING, NoReturn

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from wf_engine.editing import Refused, Renamed
from wf_engine.editing import rename as engine_rename
from wf_lsp.convert import Json, offset_at, path_of
from wf_lsp.edits import Annotated, workspace_edit

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def rename(server: "WfServer", params: types.RenameParams) -> Json | None:
    """The edits that give what stands at the position another name; why not, as an error that editors show."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return None
    found = engine_rename(workspace, path, offset_at(text, params.position, session.encoding), params.new_name)
    if isinstance(found, Refused):
        refuse(found)
    if found is None:
        refuse(Refused("Nothing that has a name stands here"))
    return workspace_edit(server, workspace, _annotated(found))


def _annotated(found: Renamed) -> list[Annotated]:
    """What is certain is applied as it is; what is not waits for a look."""
    return [Annotated(each.edit, None if each.certain else each.description) for each in found.edits]


def refuse(refused: Refused) -> NoReturn:
    """Answers with the reason, as an error that is no fault of the server."""
    raise JsonRpcException(f"{refused.reason}.", types.LSPErrorCodes.RequestFailed.value)
