"""The layout of documents: indentation, the spaces around signs, blank lines, line ends.

Only what stands between the tokens of a document changes; comments, anchors, quotes, the order and every value stay as
they are. What comes out is read again and compared, and where anything differs the text is left alone.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from wf_engine.editing.document_layout import DocumentLayout, Unformattable
from wf_engine.language import GROUPS, group_of
from wf_engine.syntax import Document, File, Scalar, Token, tokens, trail, value_of
from wf_engine.text import Edit, Span
from wf_engine.workspace import Format

_BREAKS = ("syntax", "unquoted-template", "too-deep", "too-large")


class Formatted(NamedTuple):
    """The edits that lay a text out; where it was left alone, why, and the place that is the reason."""

    edits: tuple[Edit, ...]
    refusal: str | None = None
    span: Span | None = None


def format_document(file: File, settings: Format | None = None) -> Formatted:
    """Lays out all documents of ours in a file. A file in which one cannot be read is left alone as a whole."""
    settings = settings or Format()
    for index, document in enumerate(file.documents):
        broken = next((i for i in document.issues if i.kind in _BREAKS and not i.restriction), None)
        if broken is not None:
            return Formatted((), f"it is not formatted, since {broken.message}", file.span(index, broken.place))
    try:
        edits = tuple(_edits(file, settings))
    except Unformattable as reason:
        return Formatted((), f"it is not formatted, since {reason}", reason.span)
    return _guarded(file, edits)


def format_range(file: File, span: Span, settings: Format | None = None) -> Formatted:
    """Lays out the lines of a range; where these cannot be by themselves, the block around them."""
    whole = format_document(file, settings)
    if whole.refusal is not None:
        return whole
    found = whole
    for part in _parts_around(file, span):
        found = _guarded(file, tuple(edit for edit in whole.edits if _within(edit.span, part)))
        if found.refusal is None:
            return found
    return found


def _parts_around(file: File, span: Span) -> Iterator[Span]:
    """The lines of a range, then those of the values around it, the innermost first."""
    yield _lines(file, span)
    index = file.document_at(span.start)
    document, start = file.documents[index], file.starts[index]
    for crumb in reversed(trail(document, max(span.start - start, 0)).crumbs):
        part = _lines(file, document.extent(crumb.container).shift(start))
        if part.start <= span.start and span.end <= part.end:
            yield part


def _lines(file: File, span: Span) -> Span:
    text = file.text
    return Span(text.line_start(text.position(span.start).line), text.line_span(text.position(span.end).line).end)


def _within(edit: Span, part: Span) -> bool:
    return part.start <= edit.end and edit.end <= part.end


def _edits(file: File, settings: Format) -> Iterator[Edit]:
    text = file.text.value
    for index, (document, start) in enumerate(zip(file.documents, file.starts, strict=True)):
        if group_of(document.root) not in GROUPS:
            continue
        last = index == len(file.documents) - 1
        first = index == 0
        found = [token._replace(span=token.span.shift(start)) for token in tokens(document)]
        end = start + document.chars
        layout = DocumentLayout(text, Span(start, end), found, settings, first=first, last=last)
        yield from layout.edits()


def _guarded(file: File, edits: tuple[Edit, ...]) -> Formatted:
    """The edits, unless the text would then say something else."""
    if not edits:
        return Formatted(())
    after = File.parse(applied(file.text.value, edits))
    for before, now in zip(file.documents, after.documents, strict=False):
        if _said(before) != _said(now):
            place = Span(edits[0].span.start, edits[0].span.start)
            return Formatted((), "it is not formatted, since that would change what it says", place)
    if len(file.documents) != len(after.documents):
        return Formatted((), "it is not formatted, since that would change where its documents begin", Span(0, 0))
    return Formatted(edits)


def _said(document: Document) -> tuple[Any, ...]:
    """All that a document says: its values with their types, its tokens, and what is wrong with it."""
    value = repr(value_of(document.root)) if document.root is not None else None
    signs = tuple(_sign(token) for token in tokens(document) if token.kind != "newline")
    return value, signs, tuple((issue.kind, issue.message) for issue in document.issues)


def _sign(token: Token) -> tuple[Any, ...]:
    if isinstance(token.node, Scalar):
        return (token.kind, token.node.text, token.node.style)
    return (token.kind, token.text)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """A text after edits that stand in the order of the text and do not overlap."""
    pieces = [text[before.span.end : edit.span.start] + edit.new_text for before, edit in pairwise((_START, *edits))]
    return "".join([*pieces, text[edits[-1].span.end :] if edits else text])


_START = Edit(Span(0, 0), "")
