"""From text to the outline."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from wf_engine.syntax.layout import MAP, SEQ, Cut, Layout, cuts, item_cuts, item_layout
from wf_engine.syntax.lines import DASH
from wf_engine.syntax.misfits import first_entry, indentation, overfull
from wf_engine.syntax.nodes import Node, Segment
from wf_engine.syntax.outline import Body, Entry, Leaf
from wf_engine.syntax.parsing import Parse

SPLIT_LINES = 40
"""Blocks of more lines are cut into their entries; a shorter one only where the parser cannot read it whole."""
_DEEPEST = 24
"""Blocks inside one another that are cut; what is deeper is parsed with the block around it."""

_BLANK = r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*+"
_HEAD = re.compile(rf"{_BLANK}---[ \t]*+(?:(?<=[ \t])#[^\r\n]*+)?(?:\r\n|\n|\r|\Z)")
_UNUSUAL = re.compile(rf"{_BLANK}(?:---|%)")
HEADER = re.compile(
    r"""([ ]*+(?:-[ ]++)?)(?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+'|[\w./$-]++)[ \t]*+:(?:[ \t]++\#[^\r\n]*+|[ \t]*+)(?:\r\n|\n)""",
    re.VERBOSE,
)


class Work(NamedTuple):
    """What was done to make a document: segments parsed, nodes made of them."""

    segments: int = 0
    nodes: int = 0

    def since(self, before: "Work") -> "Work":
        """What was done after."""
        return Work(self.segments - before.segments, self.nodes - before.nodes)


class Pool:
    """Where segments come from: those of the text before an edit, each used again once, else the parser."""

    def __init__(self, old: Iterable[Segment] = (), known: Mapping[str, Node] | None = None, *, expand: bool = True) -> None:
        self.known = dict(known or {})
        """The anchors that stand before what is taken next."""
        self.expand = expand
        self.segments = self.nodes = 0
        self._old: dict[tuple[str, int], list[Segment]] = {}
        for segment in old:
            self._old.setdefault((segment.text, segment.shift), []).append(segment)

    @property
    def work(self) -> Work:
        """What the parser had to do so far."""
        return Work(self.segments, self.nodes)

    def take(self, text: str) -> Segment:
        """A segment; what the parser cannot read is isolated."""
        return self._kept(text, 0) or self.parse(text)

    def parse(self, text: str, shift: int = 0) -> Segment:
        """A newly parsed segment."""
        return self._finished(Parse(text, shift))

    def sound(self, text: str, shift: int = 0) -> Segment | None:
        """A segment that the parser reads without an error, None where it does not."""
        old = self._old.get((text, shift))
        if old and not old[0].sound:
            return None
        kept = self._kept(text, shift)
        if kept is not None:
            return kept
        parse = Parse(text, shift)
        if parse.sound:
            return self._finished(parse)
        self.segments += 1
        return None

    def _kept(self, text: str, shift: int) -> Segment | None:
        kept = self._old.get((text, shift), [])
        for number, segment in enumerate(kept):
            if all(self.known.get(name) is target for name, target in segment.uses.items()):
                self.known.update(segment.anchors)
                return kept.pop(number)
        return None

    def _finished(self, parse: Parse) -> Segment:
        segment = parse.whole(self.known if self.expand else None)
        self.segments += 1
        self.nodes += segment.count
        self.known.update(segment.anchors)
        return segment


def outline(text: str, pool: Pool) -> Leaf | Body:
    """The outline of a document's text."""
    if text.count("\n") > SPLIT_LINES:
        return _document(text, pool) or Leaf(pool.take(text))
    return _cut_where_broken(text, pool, lambda: _document(text, pool))


def _cut_where_broken(text: str, pool: Pool, cut: Callable[[], Entry | Body | None]) -> Leaf | Entry | Body:
    """A short text as one segment, unless cutting it keeps a fault from the rest of it."""
    segment = pool.sound(text)
    if segment is not None:
        return Leaf(segment)
    known = pool.known
    pool.known = dict(known)
    parts = cut()
    if parts is not None:
        return parts
    pool.known = known
    return Leaf(pool.take(text))


def _document(text: str, pool: Pool) -> Body | None:
    head = _HEAD.match(text)
    start = head.end() if head else 0
    return None if _UNUSUAL.match(text, start) else block(text, start, -1, 0, pool)


def block(text: str, start: int, floor: int, depth: int, pool: Pool) -> Body | None:
    """The block that a text holds from an offset on; None where it is not plainly one, or too deep to be cut."""
    lines = first_entry(text, start, floor) if depth < _DEEPEST else None
    if lines is None:
        return None
    first, entry = lines
    kind = SEQ if entry.shape == DASH else MAP
    if entry.column < floor + (kind == MAP):
        return None
    layout = Layout(kind, indentation(text, entry, floor), floor, depth)
    found, settled, _ = cuts(text, layout, start)
    if not found or found[0].start > first.start:
        aligned = first is entry and first.column == layout.indent
        found.insert(0, Cut(first.start, first.shape, crooked=not aligned))
        settled = settled and not aligned
    lead = Leaf(pool.take(text[: found[0].start])) if found[0].start else None
    return Body.of(layout, lead, list(pieces(text, found, layout, pool)), settled=settled)


def pieces(text: str, found: list[Cut], layout: Layout, pool: Pool) -> Iterator[Leaf | Entry | Body]:
    """The entries between the cuts."""
    for number, cut in enumerate(found):
        piece = text[cut.start : found[number + 1].start if number + 1 < len(found) else len(text)]
        yield _crooked(piece, layout, pool) if cut.crooked else _entry(piece, layout, pool)


def _crooked(text: str, layout: Layout, pool: Pool) -> Leaf | Entry | Body:
    """An entry at the wrong column: it is read as it stands, else as if its first line stood at the right one."""
    column = len(text) - len(text.lstrip(" "))
    if text.count("\n") <= SPLIT_LINES:
        segment = pool.sound(text) or pool.sound(text, layout.indent - column)
        if segment is not None:
            return Leaf(segment, crooked=True)
    child = _inside(text, layout._replace(indent=column), pool) or Leaf(pool.take(text))
    child.crooked = True
    return child


def _entry(text: str, layout: Layout, pool: Pool) -> Leaf | Entry | Body:
    """An entry of a block, cut further where it is long or broken."""
    if text.count("\n") > SPLIT_LINES:
        return _inside(text, layout, pool) or Leaf(pool.take(text))
    return _cut_where_broken(text, pool, lambda: _inside(text, layout, pool))


def item(text: str, layout: Layout, pool: Pool) -> Body | None:
    """A map behind a dash as a block."""
    inner = item_layout(text, layout)
    if inner is None or inner.depth >= _DEEPEST:
        return None
    found, settled, _ = item_cuts(text, inner)
    return Body.of(inner, None, list(pieces(text, found, inner, pool)), settled=settled)


def _inside(text: str, layout: Layout, pool: Pool) -> Leaf | Entry | Body | None:
    """An entry as a block: a key with the block below it, or a map behind a dash."""
    if layout.kind == SEQ:
        return item(text, layout, pool)
    header = HEADER.match(text)
    end = header.end() if header else 0
    if header is None:
        full = overfull(text)
        segment = pool.sound(text) if full is None else None
        if full is False or segment is not None:
            return Leaf(segment) if segment is not None else None
        end = text.find("\n") + 1
    body = block(text[end:], 0, layout.indent, layout.depth + 1, pool)
    return Entry(Leaf(pool.take(text[:end])), body) if body else None
