"""The lines of a scalar that runs over several, moved with the entry that it belongs to."""

import re
from collections.abc import Iterator

from wf_engine.syntax import Scalar
from wf_engine.text import Edit, Span

_LINE = re.compile(r"(?:\r\n|\n|\r)([ \t]*+)([^\r\n]*+)")
_HEADER = re.compile(r"[|>][-+]?([1-9])?")


def moved_lines(text: str, span: Span, node: Scalar, old: int, new: int, inner: int) -> Iterator[Edit]:
    """The edits of the lines of a scalar after its first.

    `old` and `new` are the columns of the block that its entry belongs to, `inner` is where the text goes.
    """
    if node.style in ("literal", "folded"):
        yield from _block_lines(text, span, old, new, inner)
        return
    for line in _LINE.finditer(text, *span):
        wanted = " " * inner if line[2] else ""
        if line[1] != wanted:
            yield Edit(Span(*line.span(1)), wanted)


def _block_lines(text: str, span: Span, old: int, new: int, inner: int) -> Iterator[Edit]:
    header = _HEADER.match(text, span.start)
    lines = list(_LINE.finditer(text, *span))
    first = next((line for line in lines if line[2]), None)
    if header is None or first is None:
        return
    before = old + int(header[1]) if header[1] else len(first[1])
    after = new + int(header[1]) if header[1] else inner
    for line in lines:
        spaces = line[1]
        if len(spaces) >= before and (line[2] or len(spaces) > before):
            if before != after:
                yield Edit(Span(line.start(1), line.start(1) + before), " " * after)
        elif spaces:
            yield Edit(Span(*line.span(1)), "")
