"""Where the entries of a block begin, told from the indentation and the first characters of lines.

YAML ends an entry of a block at the next line that is indented no deeper, whatever stands in between. In sound YAML
that line is an entry too; what is not is taken as part of the entry before, where the parser isolates it.
"""

import re
from functools import cache
from typing import NamedTuple

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
    for match in _shallow(layout.indent).finditer(text, start):
        line = Line(match.start(), match.end() - match.start(), shape_of(text, match.end()))
        if line.shape == OTHER:
            continue
        settled = settled and not (line.keyed and line.column <= layout.floor)
        straight = straight and line.column == layout.indent
        if _begins(text, line, layout, found[-1].shape if found else OTHER):
            found.append(Cut(line.start, line.shape, crooked=line.column < layout.indent))
    return Cuts(found, settled, straight)


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
    """The column of a block's entries: that of the first, unless the two after it agree on one further left."""
    columns = (
        match.end() - match.start()
        for match in _shallow(first.column).finditer(text, first.start)
        if (shape := shape_of(text, match.end())) != OTHER and (shape == DASH) == (kind == SEQ)
    )
    next(columns, None)
    second = next(columns, first.column)
    if second >= first.column or second < floor + (kind == MAP):
        return first.column
    third = next((column for column in columns if column <= second), None)
    return second if third == second else first.column
