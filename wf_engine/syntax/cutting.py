"""From text to the outline."""

import re
from collections.abc import Iterator

from wf_engine.syntax.layout import MAP, SEQ, Cut, Layout, cuts, item_cuts, item_layout, more_cuts
from wf_engine.syntax.lines import DASH
from wf_engine.syntax.misfits import first_entry, hangs, indentation, never_closed, overfull
from wf_engine.syntax.outline import Body, Entry
from wf_engine.syntax.parts import Leaf
from wf_engine.syntax.pool import Pool

SPLIT_LINES = 40
"""Blocks of more lines are cut into their entries; a shorter one only where the parser cannot read it whole."""
_SPLIT_LENGTH = 50_000
"""So are those of more code points: what the parser cannot read it would be given once for every block around it."""
_DEEPEST = 24
"""Blocks inside one another that are cut; what is deeper is parsed with the block around it."""

_BLANK = r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*+"
_HEAD = re.compile(rf"{_BLANK}---[ \t]*+(?:(?<=[ \t])#[^\r\n]*+)?(?:\r\n|\n|\r|\Z)")
_UNUSUAL = re.compile(rf"{_BLANK}(?:---|%)")
HEADER = re.compile(
    r"""([ \t]*+(?:-[ ]++)?)
    (?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+'|[\w./$-]++)
    [ \t]*+:(?:[ \t]++\#[^\r\n]*+|[ \t]*+)(?:\r\n|\n)""",
    re.VERBOSE,
)
"""A key without a value, anchor or tag: what stands below it is its value."""


def outline(text: str, pool: Pool) -> Leaf | Body:
    """The outline of a document's text."""
    segment = pool.sound(text) if _short(text) else None
    return Leaf(segment) if segment else _document(text, pool) or Leaf(pool.take(text))


def _short(text: str) -> bool:
    """Whether a text is given to the parser whole."""
    return len(text) <= _SPLIT_LENGTH and text.count("\n") <= SPLIT_LINES


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
        settled = settled and not aligned and not never_closed(text, first)
    settled = settled and not (kind == MAP and hangs(text, entry.start))
    lead = Leaf(pool.take(text[: found[0].start])) if found[0].start else None
    children = list(pieces(text, found, layout, pool))
    if any(child.issues() for child in children) and (more := more_cuts(text, layout, found)):
        children, settled = list(pieces(text, sorted([*found, *more]), layout, pool)), False
    return Body.of(layout, lead, children, settled=settled)


def pieces(text: str, found: list[Cut], layout: Layout, pool: Pool) -> Iterator[Leaf | Entry | Body]:
    """The entries between the cuts."""
    for number, cut in enumerate(found):
        piece = text[cut.start : found[number + 1].start if number + 1 < len(found) else len(text)]
        yield _crooked(piece, layout, pool) if cut.crooked else _entry(piece, layout, pool)


def _crooked(text: str, layout: Layout, pool: Pool) -> Leaf | Entry | Body:
    """An entry at the wrong column: it is read as it stands, else as if its first line stood at the right one."""
    column = len(text) - len(text.lstrip(" \t"))
    further_in = layout.kind == MAP and (column > layout.indent or "\t" in text[:column])
    if _short(text):
        shift = layout.indent - column
        segment = (further_in and pool.sound(text, shift)) or pool.sound(text) or pool.sound(text, shift)
        if segment:
            return Leaf(segment, crooked=True)
    child = _inside(text, layout if further_in else layout._replace(indent=column), pool) or Leaf(pool.take(text))
    child.crooked = True
    return child


def _entry(text: str, layout: Layout, pool: Pool) -> Leaf | Entry | Body:
    """An entry of a block, cut further where it is long or broken."""
    segment = pool.sound(text) if _short(text) else None
    return Leaf(segment) if segment else _inside(text, layout, pool) or Leaf(pool.take(text))


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
    tabs = text[: len(text) - len(text.lstrip(" \t"))]
    moved = pool.sound(text[:end], layout.indent - len(tabs)) if "\t" in tabs else None
    key = Leaf(moved or pool.take(text[:end]))
    body = block(text[end:], 0, layout.indent, layout.depth + 1, pool)
    return Entry(key, body) if body else None
