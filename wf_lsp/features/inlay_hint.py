"""textDocument/inlayHint."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import inlay_hints
from wf_lsp.convert import Json, path_of, position_at, span_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_TYPE, _AFTER_TYPES = types.InlayHintKind.Type.value, ("levels", "durations", "values")


def inlay_hint(server: "WfServer", params: types.InlayHintParams) -> list[Json]:
    """The hints that are switched on, in the range that is visible."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    kinds = session.settings.inlay_hints
    if text is None or not kinds:
        return []
    span = span_of(text, params.range, session.encoding)
    return [
        {
            "position": position_at(text, hint.offset, session.encoding),
            "label": hint.label,
            "paddingLeft": hint.kind in _AFTER_TYPES,
            **({"kind": _TYPE} if hint.kind == "types" else {}),
            **({"tooltip": hint.about} if hint.about else {}),
        }
        for hint in inlay_hints(session.workspace(path), path, span, session.observed, kinds)
    ]
