"""Where the entries of a block begin, told from the indentation and the first characters of lines.

YAML ends an entry of a block at the next line that is indented no deeper, whatever stands in between. In sound YAML
that line is an entry too; what is not is taken as part of the entry before, where the parser isolates it.
"""

import re
from typing import NamedTuple

from wf_engine.syntax.conflicts import SecondVersions
from wf_engine.syntax.drifting import OUTERMOST, drifted
from wf_engine.syntax.lines import (
    DASH,
    EXPLICIT,
    KEY,
    OTHER,
    VALUE,
    Line,
    behind_tab,
    content_at,
    key_at,
    key_of_item,
    shallow_lines,
)
from wf_engine.syntax.misfits import foreign, item_below_value, misplaced, strays

SEQ, MAP, ITEM = "seq", "map", "item"
"""Kinds of blocks; an item is a map whose first key stands behind the dash of a sequence."""
_DASH_ALONE = re.compile(r" *+-[ \t]*+(?:[\r\n]|\Z)")


class Layout(NamedTuple):
    """How the entries of a block are found."""

    kind: str
    indent: int
    """Column of its entries."""
    floor: int
    """Column of what the block belongs to; -1 at the top of a document."""
    depth: int
    """Number of blocks around it."""


class Cut(NamedTuple):
    """Where an entry begins; a crooked one is indented otherwise than its neighbours."""

    start: int
    shape: str
    crooked: bool = False


class Cuts(NamedTuple):
    """The entries of a text."""

    found: list[Cut]
    settled: bool
    """No line of it could be an entry of a block further out."""
    straight: bool
    """No line that could begin an entry stands at another column than the block's."""


def cuts(text: str, layout: Layout, start: int = 0) -> Cuts:
    """Where the entries of a block begin in a text, from an offset at the beginning of a line on."""
    found: list[Cut] = []
    settled = straight = True
    skipped = SecondVersions(text)
    for line in shallow_lines(text, layout.indent, start, dashes=layout.kind == SEQ):
        if line.shape == OTHER or line.start in skipped:
            continue
        last = found[-1] if found else None
        aligned = line.column == layout.indent and not behind_tab(text, line)
        if not aligned and line.column >= layout.indent and not strays(text, last.start if last else None, line):
            continue
        settled = settled and not (line.keyed and line.column <= layout.floor)
        straight = straight and aligned
        if layout.kind == ITEM:  # what an item may take for its own, the list around it may take for an item
            settled = settled and not (line.shape == KEY and item_below_value(text, line))
            straight = straight and line.shape != DASH
        if layout.kind == MAP and line.shape == DASH and _stray(text, line, last, layout):
            straight = False  # perhaps its key stands at another column, in a block around this one
        if layout.kind == MAP and last and foreign(text, last.start, line, layout.indent):
            return Cuts(found, settled=False, straight=False)
        if _begins(text, line, layout, last):
            found.append(Cut(line.start, line.shape, crooked=not aligned))
    return Cuts(found, settled and not skipped, straight)


def more_cuts(text: str, layout: Layout, found: list[Cut]) -> list[Cut]:
    """Entries of one of the outermost blocks that stand too far in. There are none where all entries are sound YAML."""
    if layout.kind != MAP or layout.depth > OUTERMOST or not found:
        return []
    lines = drifted(text, layout.indent, layout.depth, [cut.start for cut in found], found[0].start)
    return [Cut(line.start, KEY, crooked=True) for line in lines]


def _stray(text: str, line: Line, last: Cut | None, layout: Layout) -> bool:
    """Whether a dash belongs to no entry of a map."""
    if layout.depth <= OUTERMOST or last is None or line.column < layout.indent:
        return layout.depth > OUTERMOST
    key = key_at(text, content_at(text, last.start))
    return key is not None and key.ended


def _begins(text: str, line: Line, layout: Layout, last: Cut | None) -> bool:
    """Whether a line begins an entry of the block, the last of which so far is `last`."""
    if layout.kind == SEQ:
        return line.shape == DASH and (line.column == layout.indent or not _DASH_ALONE.match(text, line.start))
    if line.shape == DASH or line.column <= layout.floor:
        return False
    if last is not None and line.shape == VALUE and last.shape == EXPLICIT:
        return False
    if last is not None and last.crooked and content_at(text, last.start) - last.start < line.column < layout.indent:
        return False
    return line.shape != KEY or not misplaced(text, line)


def item_layout(text: str, layout: Layout) -> Layout | None:
    """The layout of the map behind the dash of an item of `layout`, None where none stands there."""
    column = content_at(text, 0)
    key = key_of_item(text, Line(0, column, DASH)) if text[column : column + 2] == "- " else None
    return None if key is None else Layout(ITEM, key, column, layout.depth + 1)


def item_cuts(text: str, layout: Layout) -> Cuts:
    """Where the entries of the map behind a dash begin; the first stands on the line of the dash."""
    end = text.find("\n") + 1
    inner = cuts(text, layout, end or len(text))
    return Cuts([Cut(0, DASH), *inner.found], inner.settled, inner.straight)
