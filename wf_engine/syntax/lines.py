"""Lines of a block document: where their content begins, and what it begins with."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

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
_REST = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?([^\r\n]*+)")
_ENDED = re.compile(
    r"""(?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+'|\*\S++|[\[{][^\r\n]*[\]}])[ \t]*+(?:(?<=[ \t])\#[^\r\n]*+)?(?=[\r\n]|\Z)""",
    re.VERBOSE,
)
_INDENT = re.compile(r"^ *+(?=[^ \r\n])", re.MULTILINE)
_FARTHEST = 1000
"""Lines looked back at."""


class Line(NamedTuple):
    """A line with content: where it begins, the column and the kind of its first characters."""

    start: int
    column: int
    shape: str

    @property
    def keyed(self) -> bool:
        """Whether it begins an entry of a map."""
        return self.shape in (KEY, EXPLICIT, VALUE)


def shape_of(text: str, at: int) -> str:
    """What the content that begins at an offset looks like."""
    indicator = _INDICATORS.get(text[at])
    if indicator and text[at + 1 : at + 2] in ("", " ", "\t", "\r", "\n"):
        return indicator
    return KEY if _KEY.match(text, at) else OTHER


def content_at(text: str, start: int) -> int:
    """Where the content of the line that begins at `start` begins."""
    while text[start : start + 1] == " ":
        start += 1
    return start


def first_line(text: str, start: int) -> Line | None:
    """The first line with content from an offset on."""
    match = _CONTENT.search(text, start)
    return Line(match.start(), len(match[1]), shape_of(text, match.end())) if match else None


def line_after(text: str, offset: int) -> Line | None:
    """The next line with content below the line in which an offset lies."""
    end = text.find("\n", offset)
    return first_line(text, end + 1) if end >= 0 else None


def line_above(text: str, start: int, line: Line) -> tuple[Line | None, bool]:
    """The nearest line from `start` on that is indented no deeper than `line`, and whether it stands right above it."""
    at, adjacent = line.start, True
    for _ in range(_FARTHEST):
        if at <= start:
            break
        at = text.rfind("\n", 0, at - 1) + 1
        above = first_line(text, at)
        if above is None or above.start != at:
            continue
        if above.column <= line.column:
            return above, adjacent
        adjacent = False
    return None, False


@cache
def _shallow(most: int) -> re.Pattern[str]:
    """Behind a line end: `^` would be tried at every character."""
    return re.compile(rf"\n( {{0,{most}}})(?=[^ \t\r\n#])")


@cache
def _shallow_or_dash(most: int) -> re.Pattern[str]:
    deeper = rf" {{{most + 1},}}(?=-[ \t\r\n]|-\Z)"
    return re.compile(rf"\n( {{0,{most}}}(?=[^ \t\r\n#])|{deeper}| {{0,{most}}}\t[ \t]*(?=- ))")


def shallow_lines(text: str, most: int, start: int, *, dashes: bool = False) -> Iterator[Line]:
    """The lines with content that are indented by at most `most`; with `dashes` also deeper ones that begin an item."""
    pattern = _shallow_or_dash(most) if dashes else _shallow(most)
    if start == 0 and (match := pattern.match("\n" + text[: text.find("\n") + 1 or len(text)])):
        yield Line(0, len(match[1]), shape_of(text, len(match[1])))
    for match in pattern.finditer(text, max(start - 1, 0)):
        yield Line(match.start(1), len(match[1]), shape_of(text, match.end()))


def behind_tab(text: str, line: Line) -> bool:
    """Whether a tab stands in the indentation."""
    return "\t" in text[line.start : line.start + line.column]


def moved(text: str, by: int) -> str:
    """A text with all lines moved to the right, or to the left."""
    return _INDENT.sub(lambda match: " " * max(0, len(match[0]) + by), text)


class Key(NamedTuple):
    """A key with what stands behind it on its line, and the next line with content."""

    start: int
    value: str
    below: Line | None

    @property
    def ended(self) -> bool:
        """Whether it has a value that ends on its line, as far as can be told."""
        if not self.value or self.value[0] in "&!|>":
            return False
        return self.value[0] not in "\"'[{*" or _ENDED.match(self.value) is not None


def key_at(text: str, at: int) -> Key | None:
    """The key that begins at an offset."""
    match = _KEY.match(text, at)
    rest = _REST.match(text, match.end()) if match else None
    return Key(at, rest[1], line_after(text, rest.end())) if rest else None


def key_of_item(text: str, line: Line) -> int | None:
    """Offset of the key behind the dash of a line, None where it is no dash or no key stands there."""
    if line.shape != DASH:
        return None
    at = content_at(text, line.start + line.column + 1)
    return at if _KEY.match(text, at) else None
