"""Selection ranges: from a word outwards by structure, the parts of expressions included."""

from collections.abc import Iterator

from wf_engine.analysis import expressions_of
from wf_engine.editing.cursor import Cursor, cursor_at
from wf_engine.editing.expression_at import chain_at, text_offset
from wf_engine.expressions import Call, Embedded, Member, Template
from wf_engine.syntax import Map, Node, Scalar, Seq
from wf_engine.text import Span
from wf_engine.workspace import Workspace


def selection(workspace: Workspace, path: str, offset: int) -> tuple[Span, ...]:
    """The ranges of a file around an offset, the innermost first, each inside the next."""
    file = workspace.files.get(path)
    if file is None:
        return ()
    cursor = cursor_at(workspace, path, offset)
    spans = [*(_around(cursor) if cursor else ()), Span(0, len(file.text))]
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.end - span.start):
        inside = span.start <= offset <= span.end and (not found or _holds(span, found[-1]))
        if inside and (not found or span != found[-1]):
            found.append(span)
    return tuple(found)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _around(cursor: Cursor) -> Iterator[Span]:
    tree, start = cursor.source.tree, cursor.start
    node = cursor.node
    if isinstance(node, Scalar):
        yield from _in_scalar(cursor, node)
    for crumb in cursor.trail.crumbs:
        if crumb.pair is not None:
            key, value = tree.extent(crumb.pair.key), tree.extent(crumb.pair.value)
            yield _trimmed(cursor, value.shift(start))
            yield _trimmed(cursor, Span(key.start, max(key.end, value.end)).shift(start))
        elif isinstance(crumb.container, Seq) and crumb.index is not None:
            yield from _item(cursor, crumb.container.items[crumb.index])
        if isinstance(crumb.container, Map | Seq):
            yield _trimmed(cursor, tree.extent(crumb.container).shift(start))
    yield Span(start, start + tree.chars)


def _item(cursor: Cursor, item: Node) -> Iterator[Span]:
    """An item of a list, and with its dash."""
    span = _trimmed(cursor, cursor.source.tree.extent(item).shift(cursor.start))
    yield span
    before = cursor.file.text.slice(Span(max(span.start - 200, 0), span.start)).rstrip(" ")
    if before.endswith("-"):
        yield Span(span.start - min(span.start, 200) + len(before) - 1, span.end)


def _trimmed(cursor: Cursor, span: Span) -> Span:
    """A range without the blank space at its end, which a block has up to the next one."""
    text = cursor.file.text.slice(span)
    return Span(span.start, span.start + len(text.rstrip()))


def _in_scalar(cursor: Cursor, node: Scalar) -> Iterator[Span]:
    base = cursor.trail.base + cursor.start
    yield cursor.span(node)
    if node.style in ("single", "double"):
        yield node.source_span(Span(0, len(node.text))).shift(base)
    site = cursor.site.site if cursor.site is not None and not cursor.trail.on_key else None
    if site is None:
        return
    offset = text_offset(node, cursor.offset - cursor.trail.base)
    for part in site.parsed.parts if isinstance(site.parsed, Template) else ():
        if isinstance(part, Embedded):
            yield node.source_span(part.span).shift(base)
    if expressions_of(site):
        for expr in chain_at(site, offset):
            yield node.source_span(expr.span).shift(base)
            if isinstance(expr, Member | Call) and expr.name_span.contains(offset):
                yield node.source_span(expr.name_span).shift(base)
