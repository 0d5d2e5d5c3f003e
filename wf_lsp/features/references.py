"""textDocument/references."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import references as engine_references
from wf_lsp.convert import Json, offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def references(server: "WfServer", params: types.ReferenceParams) -> list[Json]:
    """All places that name what stands at the position, its declarations only if the client wants them."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return []
    offset = offset_at(text, params.position, session.encoding)
    found = engine_references(workspace, path, offset, declaration=params.context.include_declaration)
    return [
        {
            "uri": session.uri(each.location.path),
            "range": range_of(workspace.files[each.location.path].text, each.location.span, session.encoding),
        }
        for each in found
    ]
