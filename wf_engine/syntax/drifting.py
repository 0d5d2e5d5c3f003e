"""Keys of the outermost blocks that stand too far in, or behind a tab, while what is below them stands where it should.

Such a line can belong to nothing where it stands: each rule holds only for text that is no YAML.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from wf_engine.syntax.lines import DASH, KEY, OTHER, Key, Line, behind_tab, content_at, key_at, key_of_item, line_above

OUTERMOST = 1
"""Blocks around the blocks that are looked at: those of a document and of its `spec`, where most is lost with a key."""
HEADS = re.compile(r"^[ \t]+(?:kind|metadata|spec):", re.MULTILINE)
"""What a resource has at its top: nothing else is looked for there, since what is below would be taken from `spec`."""
_NAMES = ("kind", "metadata", "spec")
_MOST = 50
"""Lines looked at: where more stand at the wrong place, it is not by a slip."""
_FARTHEST = 100
"""Lines that cannot be read, looked behind for one that can."""
_BLANK = r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*+"
_HOLLOW = rf"(?=[^ \t\r\n#-])[^\r\n]*:[ \t]*+\r?\n{_BLANK}"


_UNLISTED = re.compile(rf"^([ \t]+){_HOLLOW}(?!\1 *- )( *)- ", re.MULTILINE)
"""A key above an item that is not below it."""


_LAST = re.compile(rf"^( +){_HOLLOW}\Z", re.MULTILINE)


@cache
def _suspects(indent: int, depth: int) -> re.Pattern[str]:
    """Lines that may have drifted.

    Keys above a list that is not below them, keys below an entry that has a value, keys behind a tab, and at the top the
    names that belong there.
    """
    deeper = rf"( {{{indent + 1},}})"
    listed = rf"{deeper}{_HOLLOW}(?!\1 *- )(?= {{{indent},}}- )"
    below = rf" {{{indent}}}(?=[^ \t\r\n#-])[^\r\n]*[^\s:|>]\r?\n{_BLANK}{deeper}{_HOLLOW}"
    between = rf"{deeper}(?<! {{{indent + 3}}}){_HOLLOW}(?= *- )"
    named = rf"{deeper}(?:{'|'.join(_NAMES)}):" if depth == 0 else between
    return re.compile(rf"(?<![^\n])(?:{below}|{listed}|{named}|( *+\t[ \t]*+)(?=[^ \t\r\n#-]))")


def drifted(text: str, indent: int, depth: int, entries: Sequence[int], start: int) -> Iterator[Line]:
    """The lines that are entries of the block whose entries begin at `entries`, from an offset on."""
    for match in islice(_suspects(indent, depth).finditer(text, start), _MOST):
        number = next(group for group in (1, 2, 3, 4) if match[group] is not None)
        line = Line(match.start(number), len(match[number]), KEY)
        number = bisect_right(entries, line.start) - 1
        if number >= 0 and entries[number] < line.start and _belongs(text, line, entries[number], indent, depth):
            yield line


def _belongs(text: str, line: Line, entry: int, indent: int, depth: int) -> bool:
    key, before = key_at(text, line.start + line.column), key_at(text, content_at(text, entry))
    if key is None or before is None or (depth == 0 and not text.startswith(_NAMES, line.start + line.column)):
        return False
    tabbed = behind_tab(text, line)
    if before.below is None or before.below.start >= line.start:
        return before.ended and (tabbed or _alone(text, key, line, indent))
    if key.value or key.below is None or key.below.shape not in (DASH, KEY) or (depth and key.below.shape == KEY):
        return False
    below = key.below
    lowest = indent + (below.shape != DASH)
    beside = below.column in (before.below.column, indent) and below.column >= lowest
    return beside and (tabbed or _fits_nowhere(text, line, below, entry))


def _alone(text: str, key: Key, line: Line, indent: int) -> bool:
    """Whether a key is all that stands at its column, so that it is no block with an entry of its own."""
    if key.value or key.below is None or key.below.column <= indent:
        return not key.value
    if key.below.column < line.column + (key.below.shape != DASH):
        return True
    rest = re.compile(rf"\n(?: {{0,{indent}}}(?=[^ \t\r\n#])|( {{{indent + 1},{line.column}}})(?=[^ \t\r\n#-]))")
    end = rest.search(text, key.below.start)
    return end is None or end[1] is None


def _fits_nowhere(text: str, line: Line, below: Line, entry: int) -> bool:
    """Whether neither a key stands beside a line or around it, nor what is below it could belong to another."""
    above, adjacent = line_above(text, entry, line)
    for _ in range(_FARTHEST):
        if above is None or above.shape != OTHER:
            break
        # what cannot be read is around nothing
        above, adjacent = line_above(text, entry, Line(above.start, line.column, KEY))[0], False
    if above is None:
        return True
    at = key_of_item(text, above) or above.start + above.column
    if at - above.start < line.column:
        outer = key_at(text, at) if adjacent else None
        return outer is None or bool(outer.value)
    if below.column >= line.column or below.shape != DASH:
        return False
    block, _ = line_above(text, entry, Line(line.start, below.column, KEY))
    return block is not None and block.column == below.column and block.shape == KEY


def undecided(text: str, item: int | None) -> bool:
    """Whether a block around may take a line of a text for its own, or could with what stands behind the text.

    `item`: the column of the items of the block that the text is from, None where that is no list.
    """
    listed = _UNLISTED.search(text)
    if listed is not None and len(listed[2]) != item:
        return True
    last = _LAST.search(text)
    if last is None:
        return False
    line = Line(last.start(), len(last[1]), KEY)
    return _fits_nowhere(text, line, line, 0)
