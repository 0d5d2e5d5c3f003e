"""The way from a document's root to what stands at an offset."""

from dataclasses import dataclass

from wf_engine.syntax.document import Document
from wf_engine.syntax.layout import SEQ
from wf_engine.syntax.nodes import Map, Node, Pair, Segment, Seq
from wf_engine.syntax.outline import Body, Entry
from wf_engine.syntax.parts import Child
from wf_engine.text import Span


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way: into an entry of a map (`pair`) or an item of a sequence (`index`)."""

    container: Node
    pair: Pair | None = None
    index: int | None = None

    @property
    def key(self) -> str | int | None:
        """The name or the index."""
        return self.pair.name if self.pair else self.index


@dataclass(frozen=True, slots=True)
class Trail:
    """The way to `node`, the innermost thing at the offset; `on_key`: it is the key of the last crumb's pair."""

    crumbs: tuple[Crumb, ...]
    node: Node | None
    on_key: bool
    base: int
    """Where the segment of the innermost node begins in the document."""
    segment: Segment

    @property
    def path(self) -> tuple[str | int | None, ...]:
        """Names and indices from the root on."""
        return tuple(crumb.key for crumb in self.crumbs)

    def span(self, node: Node) -> Span:
        """The range in the document of a node of the trail's own segment."""
        return Span(node.start, node.end).shift(self.base)


def trail(document: Document, offset: int) -> Trail:
    """The way to an offset of the document."""
    crumbs: list[Crumb] = []
    part: Child = document.top
    at = 0
    while isinstance(part, Entry | Body):
        if isinstance(part, Entry):
            pair = part.pair
            parent = crumbs.pop().container if crumbs else None
            if offset - at < part.header.chars or pair is None:
                return _in_header(part, parent, tuple(crumbs), pair, offset, at)
            crumbs.append(Crumb(parent or part.body.node, pair))
            at, part = at + part.header.chars, part.body
            continue
        index = part.index_at(offset - at)
        if index < 0:
            return Trail(tuple(crumbs), None, on_key=False, base=at, segment=next(part.leaves()).segment)
        child, start = part.child(index)
        if part.layout.kind != SEQ:
            crumbs.append(Crumb(part.node))
        elif child.nodes(SEQ):  # else it is a line that is lost, and no item
            crumbs.append(Crumb(part.node, index=part.items_before(index)))
        part, at = child, at + start
    return _inside(next(part.leaves()).segment, tuple(crumbs), offset - at, at)


def _in_header(
    entry: Entry, parent: Node | None, crumbs: tuple[Crumb, ...], pair: Pair | None, offset: int, at: int
) -> Trail:
    segment = entry.header.segment
    if pair is None or parent is None:
        return Trail(crumbs, None, on_key=False, base=at, segment=segment)
    on_key = pair.key.start <= offset - at <= pair.key.end
    return Trail((*crumbs, Crumb(parent, pair)), pair.key if on_key else None, on_key, at, segment)


def _inside(segment: Segment, crumbs: tuple[Crumb, ...], offset: int, at: int) -> Trail:
    """Goes on in the tree of one segment. A last crumb without key or index stands for the block it is an entry of."""
    node = segment.node
    found = list(crumbs)
    if found and found[-1].pair is None and node is not None:
        outer = found.pop()
        if outer.index is None and isinstance(node, Seq) and len(node.items) == 1:
            node = node.items[0]  # the first entry of a map stands behind its dash
        if outer.index is None and isinstance(node, Map):
            return _descend(segment, found, node, offset, at, container=outer.container)
        if outer.index is not None and isinstance(node, Seq):
            for number, item in enumerate(node.items):
                if item.start <= offset <= item.end or number == len(node.items) - 1:
                    found.append(Crumb(outer.container, index=outer.index + number))
                    return _descend(segment, found, item, offset, at)
    return _descend(segment, found, node, offset, at)


def _descend(
    segment: Segment, crumbs: list[Crumb], node: Node | None, offset: int, at: int, container: Node | None = None
) -> Trail:
    while isinstance(node, Map | Seq):
        outer, container = container or node, None
        if isinstance(node, Seq):
            index = next((i for i, item in enumerate(node.items) if item.start <= offset <= item.end), None)
            if index is None:
                break
            crumbs.append(Crumb(outer, index=index))
            node = node.items[index]
            continue
        pair = next((pair for pair in node.pairs if not pair.merged and _holds(pair, offset)), None)
        if pair is None:
            break
        crumbs.append(Crumb(outer, pair))
        if pair.key.start <= offset <= pair.key.end:
            return Trail(tuple(crumbs), pair.key, on_key=True, base=at, segment=segment)
        node = pair.value
    return Trail(tuple(crumbs), node, on_key=False, base=at, segment=segment)


def _holds(pair: Pair, offset: int) -> bool:
    return pair.key.start <= offset <= max(pair.key.end, pair.value.end)
