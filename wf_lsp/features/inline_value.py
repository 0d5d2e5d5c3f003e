"""textDocument/inlineValue: what the expressions in front of a stopped place gave, while debugging."""

import json
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import UNKNOWN, InlineValue, inline_values, stopped_step
from wf_engine.text import Span
from wf_lsp.convert import Json, path_of, range_of, span_of
from wf_lsp.observing import recall

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_LONGEST = 100
"""Characters of a value; an editor shows it behind a line."""


async def inline_value(server: "WfServer", params: types.InlineValueParams) -> list[Json]:
    """The values of the last run, up to the line that is stopped at; what only the debugger can tell is left to it."""
    session = server.session
    path = path_of(params.text_document.uri)
    if session.text(path) is None:
        return []
    await recall(server, path)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return []
    shown = span_of(text, params.range, session.encoding)
    stopped = span_of(text, params.context.stopped_location, session.encoding)
    end = text.line_span(text.position(stopped.end).line).end
    if shown.start > end:
        return []
    own = stopped_step(workspace, path, stopped.start)
    answer: list[Json] = []
    for each in inline_values(workspace, path, Span(shown.start, min(shown.end, end)), session.observed):
        where = range_of(text, each.span, session.encoding)
        if each.value is not UNKNOWN:
            answer.append({"range": where, "text": _shown(each)})
        elif own is not None and own.contains(each.span.start):
            answer.append({"range": where, "expression": each.expression})
    return answer


def _shown(found: InlineValue) -> str:
    value = json.dumps(found.value, ensure_ascii=False)
    return f"{found.expression} = {value if len(value) <= _LONGEST else value[: _LONGEST - 1] + '…'}"
