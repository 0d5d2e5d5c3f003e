"""textDocument/linkedEditingRange."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import linked
from wf_lsp.convert import Json, offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_NAME = r"[A-Za-z_$][A-Za-z0-9_-]*"


def linked_editing_range(server: "WfServer", params: types.LinkedEditingRangeParams) -> Json | None:
    """The places that change together with the name at the position, where that name is made."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return None
    spans = linked(session.workspace(path), path, offset_at(text, params.position, session.encoding))
    if not spans:
        return None
    return {"ranges": [range_of(text, span, session.encoding) for span in spans], "wordPattern": _NAME}
