"""Where the boxes of a picture stand: rows by level, each box below all that it waits for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wf_engine.planning.drawing.picture import Node, Picture

_LETTER, _PADDING, _LINE = 7.2, 14.0, 17.0
_GAP_X, _GAP_Y = 28.0, 46.0
_MARGIN, _HEAD = 16.0, 26.0
_LABEL = 6.4


@dataclass(frozen=True)
class Box:
    """A node with its place, from the top left corner of the picture that it is in, and its size."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    inside: "Layout | None" = None


@dataclass(frozen=True)
class Lane:
    """The way of an edge past a row: down at `x`, from `top` to `bottom`."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """Boxes by key, the lanes of each edge by its place in the picture, and the size of all together."""

    boxes: Mapping[str, Box]
    lanes: Mapping[int, Sequence[Lane]]
    width: float
    height: float


def laid_out(picture: Picture) -> Layout:
    """The layout of a picture: as wide as its widest row; an edge goes past the boxes of the rows between its ends."""
    sized = {node.key: _sized(node) for node in picture.nodes}
    rows, passing = _rows(picture)
    wide = dict.fromkeys(passing, _LANE) | {key: box.width for key, box in sized.items()}
    widths = [sum(wide[key] for key in row) + _GAP_X * (len(row) - 1) for row in rows]
    labels = max((len(edge.label) * _LABEL for edge in picture.edges), default=0.0)
    width = max([*widths, labels], default=0.0)
    boxes: dict[str, Box] = {}
    lanes: dict[int, list[Lane]] = {}
    y = 0.0
    for row, row_width in zip(rows, widths, strict=True):
        x, height = (width - row_width) / 2, max((sized[key].height for key in row if key in sized), default=0.0)
        for key in row:
            if key in sized:
                box = sized[key]
                boxes[key] = Box(box.node, x, y, box.width, box.height, box.inside)
            else:
                lanes.setdefault(passing[key], []).append(Lane(x + _LANE / 2, y, y + height))
            x += wide[key] + _GAP_X
        y += height + _GAP_Y
    return Layout(boxes, lanes, width, max(y - _GAP_Y, 0.0))


_LANE = 12.0


def _sized(node: Node) -> Box:
    """The box of a node at no place yet."""
    lines = [line for line in (node.title, node.detail) if line]
    text = max(map(len, lines), default=0) * _LETTER
    if node.inside is None:
        wide = 1.35 if node.look in ("decision", "transform") else 1.0
        return Box(node, 0, 0, (text + 2 * _PADDING) * wide, _LINE * len(lines) + _PADDING * wide)
    inside = laid_out(node.inside)
    head = _HEAD + _LINE * (len(lines) - 1)
    width = max(inside.width, text) + 2 * _MARGIN
    return Box(node, 0, 0, width, inside.height + head + 2 * _MARGIN, inside)


def _rows(picture: Picture) -> tuple[list[list[str]], dict[str, int]]:
    """The keys by level, in each row those first whose forerunners stand further to the left.

    Among them a key for each edge that passes a row, with the number of the edge.
    """
    import networkx as nx  # few commands need it

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.key for node in picture.nodes)
    graph.add_edges_from((edge.start, edge.end) for edge in picture.edges)
    levels = {key: level for level, row in enumerate(nx.topological_generations(graph)) for key in row}
    rows: list[list[str]] = [[] for _ in range(max(levels.values(), default=-1) + 1)]
    for node in picture.nodes:
        rows[levels[node.key]].append(node.key)
    before: dict[str, list[str]] = {}
    passing: dict[str, int] = {}
    for number, edge in enumerate(picture.edges):
        last = edge.start
        for level in range(levels[edge.start] + 1, levels[edge.end]):
            lane = f"{edge.start}-{edge.end}-{level}"
            rows[level].append(lane)
            passing[lane] = number
            before.setdefault(lane, []).append(last)
            last = lane
        before.setdefault(edge.end, []).append(last)
    _sort(rows, before)
    return rows, passing


def _sort(rows: list[list[str]], before: Mapping[str, Sequence[str]]) -> None:
    """Puts each row into the order of what stands above its keys."""
    place: dict[str, float] = {}
    for row in rows:
        order = {key: float(number) for number, key in enumerate(row)}
        centre = {key: [place[other] for other in before.get(key, ())] for key in row}
        row.sort(key=lambda key: (sum(centre[key]) / len(centre[key]) if centre[key] else 0.0, order[key]))
        place.update({key: number - (len(row) - 1) / 2 for number, key in enumerate(row)})


def head_of(node: Node) -> float:
    """How much of a group's height its heading takes."""
    return _HEAD + (_LINE if node.detail else 0.0)


MARGIN = _MARGIN
LINE = _LINE
