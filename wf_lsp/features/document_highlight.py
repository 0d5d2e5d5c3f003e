"""textDocument/documentHighlight."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import highlights
from wf_lsp.convert import Json, offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    "definition": types.DocumentHighlightKind.Write.value,
    "write": types.DocumentHighlightKind.Write.value,
    "read": types.DocumentHighlightKind.Read.value,
}


def document_highlight(server: "WfServer", params: types.DocumentHighlightParams) -> list[Json]:
    """The places of the document that name what stands at the position, told apart by reading and writing."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return []
    found = highlights(session.workspace(path), path, offset_at(text, params.position, session.encoding))
    return [
        {"range": range_of(text, each.location.span, session.encoding), "kind": _KINDS[each.role]} for each in found
    ]
