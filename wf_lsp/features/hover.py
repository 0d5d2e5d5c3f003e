"""textDocument/hover."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import hover as engine_hover
from wf_lsp.convert import Json, offset_at, path_of, plain_text, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def hover(server: "WfServer", params: types.HoverParams) -> Json | None:
    """What stands at the position."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return None
    offset = offset_at(text, params.position, session.encoding)
    found = engine_hover(session.workspace(path), path, offset, seen=session.observed, now=datetime.now(UTC))
    if found is None:
        return None
    markdown = session.client.hover_markdown
    value = found.markdown if markdown else plain_text(found.markdown)
    kind = "markdown" if markdown else "plaintext"
    return {"contents": {"kind": kind, "value": value}, "range": range_of(text, found.span, session.encoding)}
