"""textDocument/semanticTokens: all of a document, what changed of it, or those of a range."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from lsprotocol import types

from wf_engine.editing import TOKEN_KINDS, TokenRun, tokens
from wf_engine.text import Span, Text
from wf_lsp.alike import alike_ends
from wf_lsp.convert import Encoding, Json, path_of, span_of, units
from wf_lsp.token_legend import TOKEN_TYPES

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_TYPES = [list(TOKEN_TYPES).index(kind) for kind in TOKEN_KINDS]
_NUMBERS = dict(zip(TOKEN_KINDS, _TYPES, strict=True))
_DECLARATION = 1


class Sent(NamedTuple):
    """The tokens that a client has of a document."""

    result: str
    data: list[int]


def semantic_tokens_full(server: "WfServer", params: types.SemanticTokensParams) -> Json | None:
    """All tokens, to be referred to by their result id later."""
    path = path_of(params.text_document.uri)
    text = server.session.text(path)
    return None if text is None else _remembered(server, path, _encoded(server, path, text, None))


def semantic_tokens_full_delta(server: "WfServer", params: types.SemanticTokensDeltaParams) -> Json | None:
    """One edit that makes the tokens as they are of those the client has; all of them if it has none of ours."""
    path = path_of(params.text_document.uri)
    text, before = server.session.text(path), server.session.tokens.get(path)
    if text is None:
        return None
    data = _encoded(server, path, text, None)
    answer = _remembered(server, path, data)
    if before is None or before.result != params.previous_result_id:
        return answer
    start, end = alike_ends(before.data, data)
    removed, added = len(before.data) - start - end, data[start : len(data) - end]
    edit: Json = {"start": start, "deleteCount": removed, "data": added}
    return {"resultId": answer["resultId"], "edits": [edit] if removed or added else []}


def semantic_tokens_range(server: "WfServer", params: types.SemanticTokensRangeParams) -> Json | None:
    """The tokens of the segments that a range touches."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return None
    return {"data": _encoded(server, path, text, span_of(text, params.range, session.encoding))}


def _remembered(server: "WfServer", path: str, data: list[int]) -> Json:
    sent = server.session.tokens[path] = Sent(str(uuid4()), data)
    return {"resultId": sent.result, "data": data}


def _encoded(server: "WfServer", path: str, text: Text, span: Span | None) -> list[int]:
    """Five numbers a token: lines and characters from the one before, length, type, modifiers."""
    encoding, data, before = server.session.encoding, list[int](), (0, 0)
    for run in tokens(server.session.workspace(path), path, span):
        written = _written(run, encoding)
        if not written.data:
            continue
        line, character = run.place.line + written.data[0], written.data[1]
        if not written.data[0]:  # a document may begin behind a byte order mark
            start = text.line_start(run.place.line)
            character += units(text.slice(Span(start, run.place.offset)), encoding)
        data += (line - before[0], character - before[1] if line == before[0] else character)
        data += written.data[2:]
        before = run.place.line + written.last[0], written.last[1]
    return data


class _Written(NamedTuple):
    """The numbers of a segment's tokens, the first from the segment's beginning; where the last one stands."""

    run: object
    encoding: Encoding
    data: list[int]
    last: tuple[int, int]


def _written(run: TokenRun, encoding: Encoding) -> _Written:
    """Kept with the segment: while it only moves, its numbers are the same."""
    memo = run.place.segment.memo
    known: _Written | None = memo.get("written tokens")
    if known is None or known.run is not run.tokens or known.encoding != encoding:
        data, before = list[int](), (0, 0)
        for line, character, length, kind, modifiers in _pieces(run, encoding):
            data += (line - before[0], character - before[1] if line == before[0] else character)
            data += (length, kind, modifiers)
            before = (line, character)
        known = memo["written tokens"] = _Written(run.tokens, encoding, data, before)
    return known


def _pieces(run: TokenRun, encoding: Encoding) -> Iterator[tuple[int, int, int, int, int]]:
    """Line, character, length, type and modifiers. Tokens of several lines are cut; none overlaps another."""
    text, end = Text(run.place.segment.text), 0
    for token in run.tokens:
        if token.start < end:
            continue
        end = token.end
        first, last = text.position(token.start), text.position(token.end)
        for number in range(first.line, last.line + 1):
            line = text.line(number)
            begin = first.column if number == first.line else len(line) - len(line.lstrip())
            stop = last.column if number == last.line else len(line)
            if stop > begin:
                length = units(line[begin:stop], encoding)
                yield number, units(line[:begin], encoding), length, _NUMBERS[token.kind], _DECLARATION * token.declares
