"""Lines at the wrong indentation: what a line is meant to be that in sound YAML could not stand where it does.

Each rule holds only for text that is no YAML, so that it never changes what sound text means.
"""

import re
from collections.abc import Iterator
from itertools import islice

from wf_engine.syntax.lines import (
    DASH,
    KEY,
    OTHER,
    Key,
    Line,
    behind_tab,
    content_at,
    first_line,
    key_at,
    key_of_item,
    line_above,
    line_after,
    shallow_lines,
)

_LOST = re.compile(r"""[^\s#\[{"'&!|>-]""")
"""What a line that is no entry begins with, unless a value may go on below it."""
_OPENERS = {"[": "]", "{": "}", '"': '"', "'": "'"}
_TABBED_ITEM = re.compile(r"^ *\t[ \t]*- ", re.MULTILINE)
_NO_CONTENT = ("", "#", "\t", "\r", "\n")
"""What the visible part of a line begins with that holds nothing."""
_FARTHEST = 100
"""Lines looked at below a key for a list that cannot belong to it."""


def strays(text: str, item: int | None, line: Line) -> bool:
    """Whether a dash to the right of a list, or behind a tab, can belong to nothing in the item that begins at `item`."""
    if item is None or key_of_item(text, line) is None:
        return False
    begin = content_at(text, item)
    key = key_of_item(text, Line(item, begin - item, DASH)) if text[begin : begin + 1] == "-" else None
    if key is None:
        return False
    column = key - item
    if behind_tab(text, line) or line.column < column:
        return True
    above, adjacent = line_above(text, item, line)
    if above is None:
        return False
    if above.start == item:
        above = Line(item, column, KEY)
    if line.column == column:
        return above.shape == KEY and not (adjacent and _may_have_below(text, above))
    below = line_after(text, line.start)
    goes_on = below is not None and below.column == column and below.shape == KEY
    return goes_on and adjacent and above.column == column and item_below_value(text, above)


def _may_have_below(text: str, line: Line) -> bool:
    """Whether the value of the key in a line stands below it."""
    key = key_at(text, line.start + line.column)
    return key is not None and (not key.value or key.value[0] in "&!")


def item_below_value(text: str, line: Line) -> bool:
    """Whether an item that begins with a key stands right below a key that has a value."""
    key = key_at(text, line.start + line.column)
    return key is not None and key.ended and key.below is not None and _has_item_below(text, key, line.column)


def _has_item_below(text: str, key: Key, column: int) -> bool:
    return key.below is not None and key.below.column > column and key_of_item(text, key.below) is not None


def foreign(text: str, entry: int, line: Line, indent: int) -> bool:
    """Whether a list goes on left of a map, below an entry with a value: it belongs to something that is lost."""
    if line.column >= indent or key_of_item(text, line) is None:
        return False
    key = key_at(text, content_at(text, entry))
    return key is not None and key.ended


def misplaced(text: str, line: Line) -> bool:
    """Whether a key stands at the wrong indentation: what follows cannot be its value, and goes on with a block before it."""
    return any(_belongs(text, line, block) for block in _disputed(text, line))


def _belongs(text: str, line: Line, block: Line) -> bool:
    """Whether a line stands in the middle of a block, or at its beginning, right below the key that it belongs to."""
    above, adjacent = line_above(text, 0, Line(line.start, block.column, KEY))
    if above is None:
        return False
    if above.column == block.column:
        return above.shape == block.shape
    begun = block.shape == KEY and above.shape == KEY and adjacent and above.column == line.column
    return begun and _without_value(text, above)


def hangs(text: str, start: int = 0) -> bool:
    """Whether it depends on the text around what the entry that begins at `start` belongs to."""
    return any(_disputed(text, Line(start, content_at(text, start) - start, KEY)))


def _disputed(text: str, line: Line) -> Iterator[Line]:
    """Lines of blocks that go on below a key, though they cannot be the key's value."""
    if _ends_with_line(text, line):
        return
    key = key_at(text, line.start + line.column)
    if key is None or key.below is None or key.below.column <= line.column or (key.value and not key.ended):
        return
    if key.below.shape != KEY:
        if key.value and key_of_item(text, key.below) is not None:
            yield key.below
        return
    if key.value and _goes_on(text, key.below):
        yield key.below
    for each in islice(shallow_lines(text, key.below.column - 1, key.below.start), _FARTHEST):
        if each.column <= line.column:
            break
        if each.shape == DASH:
            yield each
            return


def _ends_with_line(text: str, line: Line) -> bool:
    """Whether the very next line is indented no deeper, so that nothing can stand below the key in a line."""
    end = text.find("\n", line.start)
    next_ = text[end + 1 : end + 2 + line.column].lstrip(" ") if end >= 0 else ""
    return next_[:1] not in _NO_CONTENT


def _goes_on(text: str, line: Line) -> bool:
    """Whether another key follows a key at its column: one alone is rather at the wrong place itself."""
    after = next(shallow_lines(text, line.column, line.start + line.column), None)
    return after is not None and after.column == line.column and after.shape == KEY


def _without_value(text: str, line: Line) -> bool:
    """Whether nothing stands behind the key in a line."""
    key = key_at(text, line.start + line.column)
    return key is not None and not key.value


def overfull(text: str) -> bool | None:
    """Whether the entry that a text begins with has a value on the line of its key and entries below it.

    None where the value may go on below, so that only the parser can tell.
    """
    column = content_at(text, 0)
    line = Line(0, column, DASH if text[column : column + 1] == "-" else KEY)
    at = key_of_item(text, line)
    key = key_at(text, column if at is None else at)
    if key is None or not key.value or key.value[0] in "&!|>" or key.below is None or key.below.column <= key.start:
        return False
    if key.below.shape != KEY and key_of_item(text, key.below) is None:
        return False
    if line_after(text, key.below.start) is None:
        return False  # rather the one line below is at the wrong place
    return True if key.ended else None


def first_entry(text: str, start: int, floor: int) -> tuple[Line, Line] | None:
    """The first line with content, and the first that begins an entry; None where the text is plainly no block."""
    first = line = first_line(text, start)
    if line is not None and _dash_above_map(text, line, floor):
        line = line_after(text, line.start)
    while line is not None and (line.shape == OTHER or line.column < floor + (line.shape != DASH)):
        if line.shape == OTHER and not _LOST.match(text, line.start + line.column) and not never_closed(text, line):
            return None
        line = line_after(text, line.start)
        if line is not None and line.shape == DASH and key_of_item(text, line) is None:
            return None
    if first is None or line is None:
        return None
    return _list_instead(text, start, first, line, floor) or (first, line)


def never_closed(text: str, line: Line) -> bool:
    """Whether nothing but a bracket or a quote stands in a line, and none behind it closes it."""
    opener = text[line.start : text.find("\n", line.start)].strip()
    if opener not in _OPENERS:
        return False
    rest = text[line.start :]
    closed = rest.count(_OPENERS[opener]) - rest.count(opener) >= 0
    return rest.count(opener) % 2 == 1 if opener == _OPENERS[opener] else not closed


def _dash_above_map(text: str, line: Line, floor: int) -> bool:
    """Whether nothing stands behind a dash, and a key right below it at its column: the dash alone belongs to nothing."""
    if line.shape != DASH or line.column <= floor or text[line.start : text.find("\n", line.start)].strip() != "-":
        return False
    below = line_after(text, line.start)
    return below is not None and below.column == line.column and below.shape == KEY


def _list_instead(text: str, start: int, first: Line, line: Line, floor: int) -> tuple[Line, Line] | None:
    """The list that a block plainly is, though a key at the wrong indentation or an item behind a tab stands first."""
    if line.shape != KEY:
        return None
    tabbed = _TABBED_ITEM.search(text, start, line.start)
    if tabbed is not None:
        first = Line(tabbed.start(), tabbed.end() - 2 - tabbed.start(), DASH)
    if first.shape == DASH:
        other = next(shallow_lines(text, line.column - 1, line.start), None)
    else:
        other = next(shallow_lines(text, line.column, line.start + line.column), None)
    if other is None or not floor <= other.column <= line.column or key_of_item(text, other) is None:
        return None
    if other.column == line.column and not _has_value(text, line):
        return None
    return first, other


def _has_value(text: str, line: Line) -> bool:
    """Whether the key in a line has a value there, so that no list at its own column can be its value."""
    return not _may_have_below(text, line)


def indentation(text: str, first: Line, floor: int) -> int:
    """The column of a block's entries: that of the first, unless those after it agree on another."""
    listed = first.shape == DASH
    block = None if listed else next(_disputed(text, first), None)
    if block is not None and block.shape == KEY:
        return block.column
    lines = (
        line
        for line in shallow_lines(text, first.column, first.start + first.column, dashes=listed)
        if (line.shape == DASH) == listed and line.shape != OTHER and not behind_tab(text, line)
    )
    if listed:
        second = next((line for line in lines if line.column <= first.column or strays(text, first.start, line)), first)
    else:
        second = next(lines, first)
    if second.column == first.column or second.column < floor + (not listed):
        return first.column
    third = next((line for line in lines if line.column <= second.column), first)
    return third.column if third.column == second.column else first.column
