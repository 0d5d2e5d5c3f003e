"""Where the entries of a block begin, told from the indentation and the first characters of lines.

YAML ends an entry of a block at the next line that is indented no deeper, whatever stands in between. In sound YAML
that line is an entry too; what is not is taken as part of the entry before, where the parser isolates it.
"""

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from wf_engine.syntax.faults import conflict_sides

SEQ, MAP, ITEM = "seq", "map", "item"
"""Kinds of blocks; an item is a map whose first key stands behind the dash of a sequence."""
DASH, KEY, EXPLICIT, VALUE, OTHER = "dash", "key", "explicit", "value", "other"
"""What a line begins with: `- `, `key:`, `? `, `: ` or anything else."""

_LOOK_AHEAD = 100
"""Lines looked at below a key for a list that cannot belong to it."""
_INDICATORS = {"-": DASH, "?": EXPLICIT, ":": VALUE}
_CONTENT = re.compile(r"^( *+)(?=[^ \t\r\n#])", re.MULTILINE)
_KEY = re.compile(
    r"""(?:[&!][^\s,\[\]{}]*+[ \t]++)*+
    (?:"(?:[^"\\\r\n]|\\.)*+"[ \t]*+:
    |'(?:[^'\r\n]|'')*+'[ \t]*+:
    |\*[^\s,\[\]{}]++[ \t]++:
    |[\[{][^\r\n\]}]*+[\]}][ \t]*+:
    |(?:[^\s#\[\]{},"'&*!|>%@`:?-]|[-?:](?=\S))(?:[^\r\n:#]|:(?![ \t\r\n]|\Z)|(?<![ \t])\#)*+:)
    (?=[ \t\r\n]|\Z)""",
    re.VERBOSE,
)
_INDICATOR_ONLY = re.compile(r" *+-[ \t]*+(?:[\r\n]|\Z)")
_TABBED_ITEM = re.compile(r"^ *\t[ \t]*- ", re.MULTILINE)
_DASH_AND_SPACE = re.compile(r"( *+)- ++")
_WORD = re.compile(r"""[^\s#\[\]{},"'&*!|>%@`-]""")
_WHOLE = re.compile(r"""(?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+'|\*\S++|[\[{][^\r\n]*[\]}])[ \t]*+(?:[ \t]#[^\r\n]*+)?(?=[\r\n]|\Z)""")
_REST = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?([^\r\n]*+)")


class Layout(NamedTuple):
    """How the entries of a block are found."""

    kind: str
    indent: int
    """Column of its entries."""
    floor: int
    """Column of what the block belongs to; -1 at the top of a document."""
    depth: int
    """Number of blocks around it."""


class Line(NamedTuple):
    """A line with content: where it begins, the column and the kind of its first characters."""

    start: int
    column: int
    shape: str

    @property
    def keyed(self) -> bool:
        """Whether it begins an entry of a map."""
        return self.shape in (KEY, EXPLICIT, VALUE)


class Cut(NamedTuple):
    """Where an entry begins; a crooked one is indented otherwise than its neighbours."""

    start: int
    shape: str
    crooked: bool = False


class Cuts(NamedTuple):
    """The entries of a text. `settled`: no line of it could be an entry of a block further out."""

    found: list[Cut]
    settled: bool
    straight: bool
    """No line that could begin an entry stands left of the block's column."""


@cache
def _shallow(most: int) -> re.Pattern[str]:
    return re.compile(rf"^( {{0,{most}}})(?=[^ \t\r\n#])", re.MULTILINE)


@cache
def _shallow_or_dash(most: int) -> re.Pattern[str]:
    """Lines that are indented no deeper, and those with a dash that are by up to two more, or by a tab."""
    deeper = rf" {{{most + 1},{most + 2}}}(?=-[ \t\r\n]|-\Z)"
    return re.compile(rf"^( {{0,{most}}}(?=[^ \t\r\n#])|{deeper}| {{0,{most}}}\t[ \t]*(?=- ))", re.MULTILINE)


def shape_of(text: str, at: int) -> str:
    """What the content that begins at an offset looks like."""
    indicator = _INDICATORS.get(text[at])
    if indicator and text[at + 1 : at + 2] in ("", " ", "\t", "\r", "\n"):
        return indicator
    return KEY if _KEY.match(text, at) else OTHER


def content_line(text: str, start: int) -> Line | None:
    """The first line with content from an offset on."""
    match = _CONTENT.search(text, start)
    return Line(match.start(), len(match[1]), shape_of(text, match.end())) if match else None


def cuts(text: str, layout: Layout, start: int = 0) -> Cuts:
    """Where the entries of a block begin in a text, from an offset at the beginning of a line on."""
    found: list[Cut] = []
    settled = straight = True
    lines = _shallow_or_dash if layout.kind == SEQ else _shallow
    skipped = conflict_sides(text)
    for match in lines(layout.indent).finditer(text, start):
        line = Line(match.start(), match.end() - match.start(), shape_of(text, match.end()))
        if line.shape == OTHER or any(side.start <= line.start < side.end for side in skipped):
            continue
        settled = settled and not (line.keyed and line.column <= layout.floor)
        aligned = line.column == layout.indent and text[match.end() - 1 : match.end()] != "\t"
        last = found[-1] if found else None
        if not aligned and line.column >= layout.indent and not _strays(text, last, line):
            continue
        straight = straight and aligned and not (layout.kind == ITEM and line.shape == DASH)
        if layout.kind == MAP and last and _foreign(text, last, line, layout):
            return Cuts(found, settled=False, straight=False)
        if _begins(text, line, layout, last):
            found.append(Cut(line.start, line.shape, crooked=not aligned))
    return Cuts(found, settled and not skipped, straight)


def _foreign(text: str, last: Cut, line: Line, layout: Layout) -> bool:
    """Whether a list goes on here that stands below a key with a value, and so belongs to something that is lost."""
    if line.shape != DASH or line.column >= layout.indent or not _keyed_item(text, line):
        return False
    key = _KEY.match(text, _content_at(text, last.start))
    return key is not None and _complete(_value_and_next(text, key.end())[0] or "|")


def _content_at(text: str, start: int) -> int:
    while text[start : start + 1] == " ":
        start += 1
    return start


def _strays(text: str, item: Cut | None, line: Line) -> bool:
    """Whether a dash to the right of a list, or behind a tab, can belong to nothing in the item before it."""
    key = _DASH_AND_SPACE.match(text, item.start) if item else None
    if item is None or key is None or not _KEY.match(text, key.end()):
        return False
    column = key.end() - item.start
    if not _keyed_item(text, line):
        return False
    if "\t" in text[line.start : line.start + line.column]:
        return True
    if line.column != column:
        return line.column < column
    at, adjacent = line.start, True
    while at > item.start:
        at = text.rfind("\n", 0, at - 1) + 1
        above = Line(at, column, KEY) if at == item.start else content_line(text, at)
        if above is None or above.start != at:
            continue
        if above.column <= column:
            return not (above.shape == DASH or (adjacent and _valueless(text, above)))
        adjacent = False
    return True


def _valueless(text: str, line: Line) -> bool:
    key = _KEY.match(text, line.start + line.column)
    rest = _REST.match(text, key.end()) if key else None
    return rest is not None and not rest[1]


def item_layout(text: str, layout: Layout) -> Layout | None:
    """The layout of the map behind the dash of an item of `layout`, None where none stands there."""
    match = _DASH_AND_SPACE.match(text)
    if match is None or not _KEY.match(text, match.end()):
        return None
    return Layout(ITEM, match.end(), len(match[1]), layout.depth + 1)


def item_cuts(text: str, layout: Layout) -> Cuts:
    """Where the entries of the map behind a dash begin; the first stands on the line of the dash."""
    end = text.find("\n") + 1
    inner = cuts(text, layout, end or len(text))
    return Cuts([Cut(0, DASH), *inner.found], inner.settled, inner.straight)


def _begins(text: str, line: Line, layout: Layout, last: Cut | None) -> bool:
    """Whether a line begins an entry of the block, the last of which so far is `last`."""
    if layout.kind == SEQ:
        return line.shape == DASH and (line.column == layout.indent or _INDICATOR_ONLY.match(text, line.start) is None)
    if line.shape == DASH or line.column <= layout.floor:
        return False
    if last is not None and line.shape == VALUE and last.shape == EXPLICIT:
        return False
    if last is not None and last.crooked and _content_at(text, last.start) - last.start < line.column < layout.indent:
        return False
    return line.shape != KEY or not _misplaced(text, line)


def _misplaced(text: str, line: Line) -> bool:
    """Whether a key stands at the wrong indentation: what follows cannot be its value, and goes on with a list before it."""
    column = _disputed(text, line)
    return column is not None and _list_above(text, line.start, column)


def _disputed(text: str, line: Line) -> int | None:
    """The column of the list that goes on below a key, though it cannot be the key's value; None where none does."""
    key = _KEY.match(text, line.start + line.column)
    value, following = _value_and_next(text, key.end()) if key else ("", None)
    if following is None or following.column <= line.column or (value and not _complete(value)):
        return None
    if following.shape == KEY:
        return _dash_left_of(text, following, line.column)
    return following.column if value and _keyed_item(text, following) else None


def overfull(text: str) -> bool | None:
    """Whether the entry that a text begins with has a value on the line of its key and entries below: no YAML.

    None where the value may go on below, so that only the parser can tell.
    """
    dash = _DASH_AND_SPACE.match(text)
    key = _KEY.match(text, dash.end() if dash else len(text) - len(text.lstrip(" ")))
    value, following = _value_and_next(text, key.end()) if key else ("", None)
    if not value or value[0] in "&!|>" or following is None or following.column <= (key.start() if key else 0):
        return False
    if following.shape != KEY and not _keyed_item(text, following):
        return False
    return True if _complete(value) else None


def hangs(text: str) -> bool:
    """Whether it depends on the text before what the first entry of a text belongs to."""
    column = len(text) - len(text.lstrip(" "))
    return _disputed(text, Line(0, column, KEY)) is not None


def _value_and_next(text: str, at: int) -> tuple[str, Line | None]:
    """What stands behind a key on its line, and the next line with content."""
    rest = _REST.match(text, at)
    return (rest[1], content_line(text, rest.end())) if rest else ("", None)


def _complete(value: str) -> bool:
    """Whether a value ends on its line, as far as can be told."""
    return value[0] not in "&!|>" and (value[0] not in "\"'[{*" or _WHOLE.match(value) is not None)


def _list_above(text: str, start: int, column: int) -> bool:
    """Whether the nearest line above that is indented no deeper than `column` is an item at it."""
    while start > 0:
        start = text.rfind("\n", 0, start - 1) + 1
        line = content_line(text, start)
        if line is not None and line.start == start and line.column <= column:
            return line.column == column and line.shape == DASH
    return False


def _dash_left_of(text: str, line: Line, floor: int) -> int | None:
    """The column of a list that goes on left of a line, before the block at `floor` does."""
    for match in islice(_shallow(line.column - 1).finditer(text, line.start), _LOOK_AHEAD):
        if len(match[1]) <= floor:
            break
        if shape_of(text, match.end()) == DASH:
            return len(match[1])
    return None


def _keyed_item(text: str, line: Line) -> bool:
    """Whether a line is an item that begins with a key."""
    if line.shape != DASH:
        return False
    at = line.start + line.column + 1
    while text[at : at + 1] == " ":
        at += 1
    return _KEY.match(text, at) is not None


def first_entry(text: str, start: int, floor: int) -> tuple[Line, Line] | None:
    """The first line with content, and the first that begins an entry; None where the text is plainly no block."""
    first = line = content_line(text, start)
    while line is not None and (line.shape == OTHER or line.column < floor + (line.shape != DASH)):
        if line.shape == OTHER and not _WORD.match(text, line.start + line.column):
            return None
        end = text.find("\n", line.start)
        line = content_line(text, end) if end >= 0 else None
        if line is not None and line.shape == DASH and not _keyed_item(text, line):
            return None
    if first is None or line is None:
        return None
    return _list_instead(text, start, first, line, floor) or (first, line)


def _list_instead(text: str, start: int, first: Line, line: Line, floor: int) -> tuple[Line, Line] | None:
    """The list that a block plainly is, though a key at the wrong indentation or an item behind a tab stands first."""
    if line.shape != KEY:
        return None
    tabbed = _TABBED_ITEM.search(text, start, line.start)
    if tabbed is not None:
        first = Line(tabbed.start(), tabbed.end() - 2 - tabbed.start(), DASH)
    if first.shape == DASH:
        after = _shallow(line.column - 1).search(text, line.start)
    else:
        after = _shallow(line.column).search(text, line.start + line.column)
    if after is None or not floor <= len(after[1]) < line.column:
        return None
    other = Line(after.start(), len(after[1]), shape_of(text, after.end()))
    return (first, other) if _keyed_item(text, other) else None


def indentation(text: str, kind: str, first: Line, floor: int) -> int:
    """The column of a block's entries: that of the first, unless the two after it agree on another."""
    if kind == MAP:
        return _indentation_of_map(text, first, floor)
    item = Cut(first.start, DASH)
    dashes = (
        Line(match.start(), len(match[1]), DASH)
        for match in _shallow_or_dash(first.column).finditer(text, first.start + first.column)
        if shape_of(text, match.end()) == DASH and "\t" not in match[1]
    )
    second = next((line for line in dashes if line.column <= first.column or _strays(text, item, line)), first)
    if second.column == first.column or second.column < floor:
        return first.column
    third = next((line for line in dashes if line.column <= second.column), first)
    return third.column if third.column == second.column else first.column


def _indentation_of_map(text: str, first: Line, floor: int) -> int:
    columns = (
        match.end() - match.start()
        for match in _shallow(first.column).finditer(text, first.start)
        if shape_of(text, match.end()) not in (OTHER, DASH)
    )
    next(columns, None)
    second = next(columns, first.column)
    if second >= first.column or second <= floor:
        return first.column
    third = next((column for column in columns if column <= second), None)
    return second if third == second else first.column
