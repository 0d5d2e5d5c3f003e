"""textDocument/prepareRename."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import Refused
from wf_engine.editing import prepare_rename as engine_prepare_rename
from wf_lsp.convert import Json, offset_at, path_of, range_of
from wf_lsp.features.rename import refuse

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def prepare_rename(server: "WfServer", params: types.PrepareRenameParams) -> Json | None:
    """The range of the name at the position, which is what an editor offers to change."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return None
    offset = offset_at(text, params.position, session.encoding)
    found = engine_prepare_rename(session.workspace(path), path, offset)
    if isinstance(found, Refused):
        refuse(found)
    if found is None:
        return None
    return {"range": range_of(text, found.span, session.encoding), "placeholder": found.name}
