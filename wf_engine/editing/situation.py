"""Where in the text a cursor stands, told from the lines in front of it as a person reads them: by indentation.

While someone types, the text is seldom whole: a quote or a bracket is open, a key has no colon, a line is indented
wrongly. A parser then says little about the place that matters; this says what is open there, and nothing else.
Offsets are those of the text that is given, a run of whole lines.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_LEAD = re.compile(r"( *+)((?:-(?: ++|\Z))*+)")
_KEY = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*+"[ \t]*+|'(?:[^']|'')*+'[ \t]*+
    |[^\s"'#&*!|>%@`\[\]{},:](?:[^:#]|:(?![ \t]|\Z)|(?<![ \t])\#)*+):(?=[ \t]|\Z)""",
    re.VERBOSE,
)
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*+[ \t]++)*+")
_HEADER = re.compile(r"[|>][-+0-9]{0,2}[ \t]*+(?:#.*)?\Z")
_COMMENT = re.compile(r"[ \t]#")
_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")


class Block(NamedTuple):
    """A block that is open: the column of its entries, and `map` or `seq`."""

    column: int
    kind: str


@dataclass(slots=True)
class Bracket:
    """A flow collection that is open: where its current entry begins, and the colon in that entry."""

    char: str
    entry: int
    colon: int | None = None


@dataclass(slots=True)
class Value:
    """A value that has begun: `style` is `plain`, `quoted`, `flow` or `text` (a block scalar).

    What goes on in a later line is indented further than `column`, where its key or dash stands.
    """

    style: str
    start: int
    column: int
    brackets: list[Bracket] = field(default_factory=list)
    quote: int | None = None
    """Where the quote stands in which the text goes on."""


@dataclass(slots=True)
class Situation:
    """What is open at a cursor."""

    blocks: list[Block]
    """Open blocks, the innermost last."""
    value: Value | None = None
    """The value that the cursor is in, or right behind."""
    line: int = 0
    """Where the cursor's line begins."""
    content: int = 0
    """Where the content of the cursor's line begins, behind its dashes; the cursor, where there is none."""
    key: int | None = None
    """Where the key on the cursor's line ends, if it stands in front of the cursor with its colon."""
    dashes: tuple[int, ...] = ()
    """Columns of the dashes in front of the content."""
    comment: bool = False
    done: bool = False
    """The value on the line is closed in front of the cursor."""
    hungry: int | None = None
    """Column of the key or dash right above that has no value yet."""


def situation(text: str, offset: int, blocks: list[Block]) -> Situation:
    """What is open at an offset of a text that stands inside `blocks`."""
    reader = _Reader(text, offset, blocks)
    for match in _LINE.finditer(text):
        if match.end(1) >= offset:
            reader.last(match.start(1))
            break
        reader.line(match.start(1), match.end(1))
    return reader.found


def read_brackets(text: str, start: int, end: int, value: Value) -> bool:
    """Goes on in a flow collection from `start` to `end`, within one line; empties `brackets` where it closes.

    Whether it ran into a comment.
    """
    at, fresh = start, text[value.start : start].rstrip()[-1:] in ("", "[", "{", ",", ":")
    while at < end and value.brackets:
        char, top = text[at], value.brackets[-1]
        if fresh and char in "\"'":
            closed = quote_end(text, at, end)
            if closed is None:
                value.quote = at
                return False
            at, fresh = closed, False
            if text[at : at + 1] == ":" and top.colon is None:
                top.colon = at
            continue
        if fresh and text.startswith("{{", at):
            close = text.find("}}", at, end)
            at, fresh = (end if close < 0 else close + 2), False
            continue
        if char == "#" and text[at - 1] in " \t":
            return True
        _bracket(text, at, end, value, fresh=fresh)
        fresh = char in "[{,:" or (fresh and char in " \t")
        at += 1
    return not value.brackets and _COMMENT.search(text, at, end) is not None


def _bracket(text: str, at: int, end: int, value: Value, *, fresh: bool) -> None:
    char, top = text[at], value.brackets[-1]
    if char in "[{" and fresh:
        value.brackets.append(Bracket(char, at + 1))
    elif char in "]}":
        value.brackets.pop()
    elif char == ",":
        top.entry, top.colon = at + 1, None
    elif char == ":" and top.colon is None and (at + 1 >= end or text[at + 1] in " \t,[]{}"):
        top.colon = at


def quote_end(text: str, start: int, end: int) -> int | None:
    """The offset behind the quote that closes the one at `start`, None where there is none up to `end`."""
    return quote_closed(text, text[start], start + 1, end)


def quote_closed(text: str, quote: str, at: int, end: int) -> int | None:
    """Where a quote is closed in which `at` lies, behind its mark; None where it is not up to `end`."""
    while at < end:
        if quote == '"' and text[at] == "\\":
            at += 1
        elif text[at] == quote:
            if quote == '"' or text[at + 1 : at + 2] != "'":
                return at + 1
            at += 1
        at += 1
    return None


class _Reader:
    """Reads lines up to the cursor."""

    def __init__(self, text: str, offset: int, blocks: list[Block]) -> None:
        self.text = text
        self.offset = offset
        self.found = Situation(list(blocks))

    def line(self, start: int, end: int) -> None:
        """Takes in a line that lies before the cursor's."""
        stripped = self.text[start:end].lstrip(" ")
        if not stripped or (stripped[0] == "#" and not self._in_text()):
            return
        indent = end - start - len(stripped)
        if self._goes_on(indent, stripped):
            self._continued(start, end)
        else:
            self.found.value = None
            self._entry(start, end)

    def last(self, start: int) -> None:
        """Takes in the cursor's line, up to the cursor."""
        found, text = self.found, self.text
        found.line = found.content = start
        end = self.offset
        match = _LINE.match(text, start)
        line = match[1] if match else ""
        blank = not line.strip()
        indent = end - start if blank else len(line) - len(line.lstrip(" "))
        if self._goes_on(indent, line.strip()) and not (blank and found.value and found.value.style == "plain"):
            self._continued(start, end)
            return
        found.value = None
        self._entry(start, end, cursor=True)

    def _in_text(self) -> bool:
        value = self.found.value
        return value is not None and value.style in ("text", "quoted")

    def _goes_on(self, indent: int, stripped: str) -> bool:
        """Whether the value above goes on in a line."""
        value = self.found.value
        if value is None or (value.style != "text" and self.found.done):
            return False
        if value.style == "flow" and stripped[:1] in ("]", "}"):
            return True
        if indent <= value.column:
            return False
        return value.style != "plain" or not (_KEY.match(stripped) or stripped.startswith("- "))

    def _continued(self, start: int, end: int) -> None:
        found, value, at = self.found, self.found.value, start
        if value is None or value.style == "text":
            return
        if value.quote is not None:
            closed = quote_closed(self.text, self.text[value.quote], start, end)
            if closed is None:
                return
            value.quote, at = None, closed
        if value.style == "flow":
            found.comment = read_brackets(self.text, at, end, value)
            found.done = not value.brackets
        else:
            found.comment = _COMMENT.search(self.text, at, end) is not None
            found.done = value.style == "quoted"

    def _entry(self, start: int, end: int, *, cursor: bool = False) -> None:
        """A line of a block: its dashes, its key, and the beginning of its value."""
        found = self.found
        lead = _LEAD.match(self.text, start, end)
        indent = len(lead[1]) if lead else 0
        dashes = tuple(index + indent for index, char in enumerate(lead[2] if lead else "") if char == "-")
        content = lead.end() if lead else start
        key = _KEY.match(self.text, content, end)
        if not cursor or dashes or key:
            self._settle(dashes, content - start if key else None)
        if cursor:
            found.content, found.dashes, found.key = content, dashes, key.end() if key else None
        column = content - start if key else (dashes[-1] if dashes else indent)
        self._value(key.end() if key else content, end, column, cursor=cursor, owned=bool(key or dashes))

    def _settle(self, dashes: tuple[int, ...], key: int | None) -> None:
        """Closes the blocks that a line with these dashes and this key ends, and opens those that it begins."""
        blocks = self.found.blocks
        first = dashes[0] if dashes else key
        if first is None:
            return
        while blocks and (blocks[-1].column > first or (not dashes and blocks[-1] == Block(first, "seq"))):
            blocks.pop()
        for column in dashes:
            if Block(column, "seq") not in blocks[-1:]:
                blocks.append(Block(column, "seq"))
        if key is not None and Block(key, "map") not in blocks[-1:]:
            blocks.append(Block(key, "map"))

    def _value(self, at: int, end: int, column: int, *, cursor: bool, owned: bool) -> None:
        """The value that begins at an offset of a line, if any does."""
        found, text = self.found, self.text
        found.done = False
        while at < end and text[at] in " \t":
            at += 1
        properties = _PROPERTIES.match(text, at, end)
        at = properties.end() if properties else at
        if at >= end or text[at] == "#":
            found.comment = at < end
            if not cursor:
                found.hungry = column if owned else found.hungry
            return
        if not cursor:
            if not owned and found.hungry is None:
                return  # a stray word: nothing goes on behind it
            found.hungry = None
        found.value = value = Value(_style(text, at, end, owned=owned), at, column)
        found.comment = False
        if value.style == "quoted":
            closed = quote_end(text, at, end)
            value.quote, found.done = (at, False) if closed is None else (None, True)
            at = closed or end
        elif value.style == "flow":
            value.brackets = [Bracket(text[at], at + 1)]
            found.comment = read_brackets(text, at + 1, end, value)
            found.done = not value.brackets
        if value.style in ("quoted", "plain"):
            found.comment = _COMMENT.search(text, at, end) is not None


def _style(text: str, at: int, end: int, *, owned: bool) -> str:
    if text[at] in "\"'":
        return "quoted"
    if text[at] in "[{" and not text.startswith("{{", at):
        return "flow"
    return "text" if owned and _HEADER.match(text, at, end) else "plain"
