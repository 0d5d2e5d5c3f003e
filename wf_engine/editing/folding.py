"""Folding ranges: by structure, block scalars, comments and long templates included."""

from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.editing.segments import placed_segments
from wf_engine.expressions import Embedded, parse_template
from wf_engine.syntax import Map, Node, Scalar, Segment, Seq, children
from wf_engine.syntax.outline import Body, Entry
from wf_engine.syntax.parts import Child
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

_ENDS = "\r\n"


class Fold(NamedTuple):
    """A range of more than one line, in offsets of the file; `comment`: one of comments."""

    start: int
    end: int
    comment: bool = False


def folding(workspace: Workspace, path: str) -> tuple[Fold, ...]:
    """What of a file may be folded, in the order of the text, what holds others before them."""
    file = workspace.files.get(path)
    found = (fold for source in file.documents if source.ours for fold in _document(file, source)) if file else ()
    return tuple(sorted(set(found), key=lambda fold: (fold.start, -fold.end)))


def _document(file: SourceFile, source: SourceDocument) -> Iterator[Fold]:
    start = file.file.starts[source.index]
    if len(file.documents) > 1:
        yield from _lines(source.tree.text, start, Span(0, source.tree.chars))
    for place in placed_segments(file, source):
        for fold in _of_segment(place.segment):
            yield Fold(fold.start + place.offset, fold.end + place.offset, fold.comment)
    yield from _of_blocks(source.tree.top, start)


def _of_blocks(part: Child, at: int) -> Iterator[Fold]:
    """What is made of segments: keys with a large block below them, and large items."""
    if isinstance(part, Entry):
        key = part.header.segment.node
        begin = at + (key.start if key is not None else 0)
        text = "".join(leaf.segment.text for leaf in part.leaves())
        yield from _lines(text, at, Span(begin - at, len(text)))
        yield from _of_blocks(part.body, at + part.header.chars)
    elif isinstance(part, Body):
        at += part.lead.chars if part.lead else 0
        for child in part.children():
            if isinstance(child, Body):
                text = "".join(leaf.segment.text for leaf in child.leaves())
                yield from _lines(text, at, Span(len(text) - len(text.lstrip()), len(text)))
            yield from _of_blocks(child, at)
            at += child.chars


def _of_segment(segment: Segment) -> tuple[Fold, ...]:
    """The folds of a segment, from its beginning; worked out once."""
    if "folds" not in segment.memo:
        inside = _inside(segment, segment.node) if segment.node is not None else ()
        segment.memo["folds"] = (*inside, *_comments(segment.text))
    found: tuple[Fold, ...] = segment.memo["folds"]
    return found


def _inside(segment: Segment, node: Node) -> Iterator[Fold]:
    if isinstance(node, Map):
        for pair in node.pairs:
            if not pair.merged and pair.key.segment is segment:
                end = pair.value.end if pair.value.segment is segment else pair.key.end
                yield from _lines(segment.text, 0, Span(pair.key.start, end))
    elif isinstance(node, Seq):
        for item in node.items:
            if item.segment is segment:
                yield from _lines(segment.text, 0, Span(item.start, item.end))
    elif isinstance(node, Scalar):
        yield from _templates(segment.text, node)
    for child in children(node):
        if child.segment is segment:
            yield from _inside(segment, child)


def _templates(text: str, node: Scalar) -> Iterator[Fold]:
    if "{{" not in node.text:
        return
    for part in parse_template(node.text).parts:
        if isinstance(part, Embedded):
            yield from _lines(text, 0, node.source_span(part.span))


def _lines(text: str, at: int, span: Span) -> Iterator[Fold]:
    """The fold of a range, blank lines at its end left out; none where that is one line."""
    end = span.start + len(text[span.start : span.end].rstrip())
    if any(character in text[span.start : end] for character in _ENDS):
        yield Fold(at + span.start, at + end)


def _comments(text: str) -> Iterator[Fold]:
    """Neighbouring lines that are comments alone."""
    at, start, end, count = 0, 0, 0, 0
    for line in text.splitlines(keepends=True) if "#" in text else ():
        if line.lstrip().startswith("#"):
            start, count = (start, count + 1) if count else (at, 1)
            end = at + len(line.rstrip())
        else:
            if count > 1:
                yield Fold(start, end, comment=True)
            count = 0
        at += len(line)
    if count > 1:
        yield Fold(start, end, comment=True)
