"""textDocument/selectionRange."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import selection
from wf_engine.text import Text
from wf_lsp.convert import Json, offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def selection_range(server: "WfServer", params: types.SelectionRangeParams) -> list[Json]:
    """For each position its ranges, the innermost with the next one as its parent, and so on."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    return [_nested(server, path, text, position) for position in params.positions]


def _nested(server: "WfServer", path: str, text: Text | None, position: types.Position) -> Json:
    """The innermost range; one must be given for each position, even where there is no document."""
    session = server.session
    here = {"line": position.line, "character": position.character}
    nested: Json = {"range": {"start": here, "end": here}}
    if text is not None:
        parent: Json = {}
        for span in reversed(selection(session.workspace(path), path, offset_at(text, position, session.encoding))):
            nested = {"range": range_of(text, span, session.encoding), **parent}
            parent = {"parent": nested}
    return nested
