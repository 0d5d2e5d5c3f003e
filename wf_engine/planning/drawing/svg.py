"""A picture as SVG: whole in itself, light or dark as the reader likes it."""

from collections.abc import Iterator
from html import escape

from wf_engine.planning.drawing.layout import LINE, MARGIN, Box, Layout, head_of, laid_out
from wf_engine.planning.drawing.picture import Edge, Picture

_STYLE = """
svg { --ink: #1f2328; --paper: #ffffff; --soft: #59636e; --task: #ddf4ff; --other: #fff8c5; --line: #818b98; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #f0f6fc; --paper: #0d1117; --soft: #9198a1; --task: #12304f; --other: #3a2d0a; --line: #6e7681; }
}
.paper { fill: var(--paper); }
text { font: 13px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; dominant-baseline: central; }
.detail, .label { font-size: 11px; fill: var(--soft); }
.box { fill: var(--task); stroke: var(--line); }
.decision, .value { fill: var(--other); }
.group { fill: none; stroke: var(--line); stroke-dasharray: 2 3; }
.edge { fill: none; stroke: var(--line); stroke-width: 1.4; }
.rarely { stroke-dasharray: 6 4; }
.tip { fill: var(--line); }
.label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
"""
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path class="tip" d="M0 0 L8 4 L0 8 z"/></marker></defs>'
)
_EDGE = 24.0
_TITLE = 30.0


def svg(title: str, picture: Picture) -> str:
    """The text of an image."""
    layout = laid_out(picture)
    width = max(layout.width, len(title) * 9.0) + 2 * _EDGE
    height = layout.height + 2 * _EDGE + _TITLE
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{_text(title)}">',
        f"<title>{_text(title)}</title>",
        f"<style>{_STYLE}</style>",
        _TIP,
        '<rect class="paper" width="100%" height="100%"/>',
        f'<text x="{_n(width / 2)}" y="{_n(_EDGE)}" font-weight="600">{_text(title)}</text>',
        *_drawn(picture, layout, (width - layout.width) / 2, _EDGE + _TITLE),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _drawn(picture: Picture, layout: Layout, left: float, top: float) -> Iterator[str]:
    """The edges, with the boxes over them."""
    for number, edge in enumerate(picture.edges):
        yield _edge(number, edge, layout, left, top)
    for box in layout.boxes.values():
        yield from _box(box, left + box.x, top + box.y)
    for edge in picture.edges:
        yield from _edge_label(edge, layout, left, top)


def _ends(edge: Edge, layout: Layout, left: float, top: float) -> tuple[float, float, float, float]:
    start, end = layout.boxes[edge.start], layout.boxes[edge.end]
    return (
        left + start.x + start.width / 2,
        top + start.y + start.height,
        left + end.x + end.width / 2,
        top + end.y,
    )


def _edge(number: int, edge: Edge, layout: Layout, left: float, top: float) -> str:
    x1, y1, x2, y2 = _ends(edge, layout, left, top)
    way = f"M{_n(x1)} {_n(y1)}"
    for lane in layout.lanes.get(number, ()):
        x, upper, lower = left + lane.x, top + lane.top, top + lane.bottom
        way += _bow(x1, y1, x, upper) + f" L{_n(x)} {_n(lower)}"
        x1, y1 = x, lower
    rarely = " rarely" if edge.rarely else ""
    return f'<path class="edge{rarely}" d="{way}{_bow(x1, y1, x2, y2)}" marker-end="url(#tip)"/>'


def _bow(x1: float, y1: float, x2: float, y2: float) -> str:
    bend = max((y2 - y1) / 2, 8.0)
    return f" C{_n(x1)} {_n(y1 + bend)} {_n(x2)} {_n(y2 - bend)} {_n(x2)} {_n(y2)}"


def _edge_label(edge: Edge, layout: Layout, left: float, top: float) -> Iterator[str]:
    if edge.label:
        x1, y1, x2, y2 = _ends(edge, layout, left, top)
        x, y = x1 + (x2 - x1) * 0.6, y1 + (y2 - y1) * 0.55
        yield f'<text class="label" x="{_n(x)}" y="{_n(y)}">{_text(edge.label)}</text>'


def _box(box: Box, x: float, y: float) -> Iterator[str]:
    node, middle = box.node, x + box.width / 2
    if node.inside is not None and box.inside is not None:
        yield _rectangle("group", x, y, box.width, box.height, 8)
        yield from _lines(node.title, node.detail, middle, y + 8 + LINE / 2)
        inner = (box.width - box.inside.width) / 2
        yield from _drawn(node.inside, box.inside, x + inner, y + head_of(node) + MARGIN)
        return
    yield from _outline(box, x, y)
    count = 2 if node.detail else 1
    yield from _lines(node.title, node.detail, middle, y + box.height / 2 - (count - 1) * LINE / 2)


def _outline(box: Box, x: float, y: float) -> Iterator[str]:
    width, height, look = box.width, box.height, box.node.look
    if look == "decision":
        points = [(x + 12, y), (x + width - 12, y), (x + width, y + height / 2), (x + width - 12, y + height)]
        points += [(x + 12, y + height), (x, y + height / 2)]
        yield _polygon("box decision", points)
    elif look == "transform":
        points = [(x + 12, y), (x + width, y), (x + width - 12, y + height), (x, y + height)]
        yield _polygon("box", points)
    else:
        yield _rectangle(f"box {look}", x, y, width, height, height / 2 if look == "value" else 5)
        if look == "workflow":
            yield _rectangle("box", x + 4, y + 4, width - 8, height - 8, 3)


def _lines(title: str, detail: str, x: float, y: float) -> Iterator[str]:
    yield f'<text x="{_n(x)}" y="{_n(y)}">{_text(title)}</text>'
    if detail:
        yield f'<text class="detail" x="{_n(x)}" y="{_n(y + LINE)}">{_text(detail)}</text>'


def _rectangle(look: str, x: float, y: float, width: float, height: float, radius: float) -> str:
    size = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<rect class="{look}" {size} rx="{_n(radius)}"/>'


def _polygon(look: str, points: list[tuple[float, float]]) -> str:
    return f'<polygon class="{look}" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in points)}"/>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    """Text for XML: escaped, and without the characters that no XML may hold."""
    return escape("".join(letter if letter >= " " and letter not in _NO_XML else "�" for letter in text))


_NO_XML = {"\ufffe", "\uffff", *map(chr, range(0xD800, 0xE000))}
