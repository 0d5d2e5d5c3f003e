"""Where the entries of a block begin, told from the indentation and the first characters of lines.

YAML ends an entry of a block at the next line that is indented no deeper, whatever stands in between. In sound YAML
that line is an entry too; what is not is taken as part of the entry before, where the parser isolates it.
"""

import re
from functools import cache
from typing import NamedTuple

from wf_engine.syntax.faults import conflict_sides

SEQ, MAP, ITEM = "seq", "map", "item"
"""Kinds of blocks; an item is a map whose first key stands behind the dash of a sequence."""
DASH, KEY, EXPLICIT, VALUE, OTHER = "dash", "key", "explicit", "value", "other"
"""What a line begins with: `- `, `key:`, `? `, `: ` or anything else."""

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
        if not aligned and line.column >= layout.indent and not _strays(text, found, line):
            continue
        straight = straight and aligned
        if _begins(text, line, layout, found[-1].shape if found else OTHER):
            found.append(Cut(line.start, line.shape, crooked=not aligned))
    return Cuts(found, settled and not skipped, straight)


def _strays(text: str, found: list[Cut], line: Line) -> bool:
    """Whether a dash to the right of a list, or behind a tab, can belong to nothing in the item before it."""
    key = _DASH_AND_SPACE.match(text, found[-1].start) if found else None
    if key is None or not _KEY.match(text, key.end()):
        return False
    column = key.end() - found[-1].start
    if line.column != column or "\t" in text[line.start : line.start + line.column]:
        return line.column < column or "\t" in text[line.start : line.start + line.column]
    at = line.start
    while at > found[-1].start:
        at = text.rfind("\n", 0, at - 1) + 1
        above = content_line(text, at)
        if above is None or above.start != at or above.column > column:
            continue
        if at == found[-1].start:
            above = Line(at, column, KEY)
        return not (above.shape == DASH or _valueless(text, above))
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


def _begins(text: str, line: Line, layout: Layout, before: str) -> bool:
    """Whether a line begins an entry of the block."""
    if layout.kind == SEQ:
        return line.shape == DASH
    if line.shape == DASH or line.column <= layout.floor or (line.shape == VALUE and before == EXPLICIT):
        return False
    return line.shape != KEY or not _misplaced(text, line)


def _misplaced(text: str, line: Line) -> bool:
    """Whether what follows a key cannot be its value: then the key is at the wrong indentation, not what follows."""
    key = _KEY.match(text, line.start + line.column)
    if key is None:
        return False
    rest = _REST.match(text, key.end())
    value = rest[1] if rest else ""
    following = content_line(text, rest.end() if rest else key.end())
    if following is None or following.column <= line.column:
        return False
    if not value:
        return following.shape == KEY and _dash_left_of(text, following, line.column)
    if value[0] in "&!|>" or (value[0] in "\"'[{*" and not _WHOLE.match(value)):
        return False
    return following.shape == KEY or (following.shape == DASH and _keyed_item(text, following))


def _dash_left_of(text: str, line: Line, floor: int) -> bool:
    """Whether a list goes on left of a line that would be in the way of it."""
    match = _shallow(line.column - 1).search(text, line.start)
    return match is not None and len(match[1]) > floor and shape_of(text, match.end()) == DASH


def _keyed_item(text: str, line: Line) -> bool:
    at = line.start + line.column + 1
    while text[at : at + 1] == " ":
        at += 1
    return _KEY.match(text, at) is not None


def first_entry(text: str, start: int) -> tuple[Line, Line] | None:
    """The first line with content, and the first that begins an entry; None where the text is plainly no block."""
    first = line = content_line(text, start)
    while line is not None and line.shape == OTHER:
        if not _WORD.match(text, line.start + line.column):
            return None
        end = text.find("\n", line.start)
        line = content_line(text, end) if end >= 0 else None
        if line is not None and line.shape == DASH and not _keyed_item(text, line):
            return None
    return (first, line) if first is not None and line is not None else None


def indentation(text: str, kind: str, first: Line, floor: int) -> int:
    """The column of a block's entries: that of the first, unless the two after it agree on another."""
    if kind == MAP:
        return _indentation_of_map(text, first, floor)
    layout = Layout(SEQ, first.column, floor, 0)
    rest = (
        match
        for match in _shallow_or_dash(first.column).finditer(text, first.start + first.column)
        if shape_of(text, match.end()) == DASH and "\t" not in match[1]
    )
    begun = [Cut(first.start, DASH)]
    columns = (
        match.end() - match.start()
        for match in rest
        if len(match[1]) <= layout.indent or _strays(text, begun, Line(match.start(), len(match[1]), DASH))
    )
    second = next(columns, first.column)
    if second == first.column or second < floor:
        return first.column
    third = next((column for column in columns if column <= second), None)
    return second if third == second else first.column


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
