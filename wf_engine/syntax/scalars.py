"""The values of YAML scalars (YAML 1.2 core schema), with the source offset of every piece of their text."""

import math
import re
from typing import Any, NamedTuple

Offsets = tuple[tuple[int, int], ...]


class ScalarText(NamedTuple):
    """The text of a scalar, and where its pieces come from: (offset in the text, offset in the source)."""

    text: str
    offsets: Offsets


_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_JSON = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DIVERGENT = re.compile(
    r"[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF"
    r"|[-+]?0[0-9_]+|[-+]?0b[01_]+|[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|0x[0-9a-fA-F_]*_[0-9a-fA-F_]*"
)
_MOST_DIGITS = 400
"""Longer numbers are no JSON number that any reader would keep."""


def plain_value(text: str) -> Any:
    """The JSON value of a plain scalar: null, a boolean, a number or the text itself."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    first = text[0]
    if first not in "-+.0123456789" or len(text) > _MOST_DIGITS:
        return text
    if _INT.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text[2:], base) if base != 10 else int(text)  # noqa: PLR2004 - number bases
    if _FLOAT.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else text
    return text


def divergent(text: str) -> str | None:
    """Why another reader may take a plain scalar for something else; None where all agree (language §1)."""
    if _DIVERGENT.fullmatch(text):
        if text[0] in "0123456789+-":
            return "a number to some YAML readers and a text or another number to others"
        return "true or false to some YAML readers and a text to others"
    if _NOT_JSON.fullmatch(text) or (_FLOAT.fullmatch(text) and len(text) <= _MOST_DIGITS and math.isinf(float(text))):
        return "not a number that JSON can hold"
    return None


class _Builder:
    """Collects text with its origin; runs that continue each other become one entry."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.offsets: list[tuple[int, int]] = []

    def add(self, text: str, source: int) -> None:
        if text:
            last = self.offsets[-1] if self.offsets else None
            if last is None or last[1] + self.length - last[0] != source:
                self.offsets.append((self.length, source))
            self.pieces.append(text)
            self.length += len(text)

    def build(self, start: int) -> ScalarText:
        return ScalarText("".join(self.pieces), tuple(self.offsets) or ((0, start),))


_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX = {"x": 2, "u": 4, "U": 8}


def _folded_break(run: str) -> str:
    breaks = len(_LINE_END.findall(run))
    return " " if breaks == 1 else "\n" * (breaks - 1)


def plain_text(source: str, start: int, end: int) -> ScalarText:
    """The text of a plain scalar that may run over several lines."""
    built, at = _Builder(), start
    for match in _BREAK.finditer(source, start, end):
        built.add(source[at : match.start()], at)
        built.add(_folded_break(match[0]), match.start())
        at = match.end()
    built.add(source[at:end], at)
    return built.build(start)


def single_quoted(source: str, start: int, end: int) -> ScalarText:
    """The text of a single-quoted scalar; `start` and `end` include the quotes."""
    built, at = _Builder(), start + 1
    for match in re.compile(r"''|" + _BREAK.pattern).finditer(source, start + 1, end - 1):
        built.add(source[at : match.start()], at)
        built.add("'" if match[0] == "''" else _folded_break(match[0]), match.start())
        at = match.end()
    built.add(source[at : end - 1], at)
    return built.build(start + 1)


_DOUBLE = re.compile(r"\\(?:\r\n|\n|\r)[ \t]*(?:[ \t]*(?:\r\n|\n|\r)[ \t]*)*|\\.|" + _BREAK.pattern, re.DOTALL)


def double_quoted(source: str, start: int, end: int) -> ScalarText:
    """The text of a double-quoted scalar; `start` and `end` include the quotes."""
    built, at = _Builder(), start + 1
    position = start + 1
    while (match := _DOUBLE.search(source, position, end - 1)) is not None:
        built.add(source[at : match.start()], at)
        position = at = _add_escape(built, source, match) if match[0][0] == "\\" else _add_break(built, match)
    built.add(source[at : end - 1], at)
    return built.build(start + 1)


def _add_break(built: _Builder, match: re.Match[str]) -> int:
    built.add(_folded_break(match[0]), match.start())
    return match.end()


def _add_escape(built: _Builder, source: str, match: re.Match[str]) -> int:
    code = match[0][1]
    if code in "\r\n":
        built.add("\n" * (len(_LINE_END.findall(match[0])) - 1), match.start())
        return match.end()
    digits = _HEX.get(code)
    if digits is None:
        built.add(_ESCAPES.get(code, code), match.start())
        return match.end()
    after = match.end() + digits
    try:
        built.add(chr(int(source[match.end() : after], 16)), match.start())
    except (ValueError, OverflowError):
        built.add("\ufffd", match.start())
    return after


_HEADER = re.compile(r"([|>])([-+1-9]{0,2})[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z)")


def block_text(source: str, start: int, parent_indent: int) -> ScalarText:
    """The text of a block scalar whose header begins at `start`; its parent is indented by `parent_indent` (-1: none)."""
    header = _HEADER.match(source, start)
    if header is None:
        return ScalarText("", ((0, start),))
    style, indicators = header[1], header[2]
    digits = re.sub(r"[-+]", "", indicators)
    lines = _content_lines(source, header.end(), parent_indent, int(digits) if digits else None)
    chomp = "-" if "-" in indicators else "+" if "+" in indicators else ""
    built = _Builder()
    body = _trimmed(lines)
    (_literal if style == "|" else _folded)(built, body)
    trailing = len(lines) - len(body)
    if body and chomp != "-":
        built.add("\n", body[-1][1] + len(body[-1][0]))
    if chomp == "+":
        built.add("\n" * trailing, header.end())
    return built.build(header.end())


_Line = tuple[str, int]


def _content_lines(source: str, at: int, parent_indent: int, explicit: int | None) -> list[_Line]:
    """The lines of a block scalar without their indentation, each with its source offset."""
    indent = None if explicit is None else max(parent_indent, 0) + explicit
    lines: list[_Line] = []
    while at < len(source):
        match = _LINE_END.search(source, at)
        end, after = (match.start(), match.end()) if match else (len(source), len(source))
        line = source[at:end]
        blank = not line.strip(" ")
        spaces = len(line) - len(line.lstrip(" "))
        if not blank:
            if indent is None:
                if spaces <= parent_indent:
                    break
                indent = spaces
            if spaces < indent or (at == after):
                break
        elif match is None and (indent is None or spaces <= indent):
            break
        lines.append((line, at))
        at = after
    cut = indent if indent is not None else max((len(line) for line, _ in lines), default=0)
    return [(line[cut:], offset + min(cut, len(line))) for line, offset in lines]


def _trimmed(lines: list[_Line]) -> list[_Line]:
    count = len(lines)
    while count and not lines[count - 1][0]:
        count -= 1
    return lines[:count]


def _literal(built: _Builder, lines: list[_Line]) -> None:
    for number, (line, offset) in enumerate(lines):
        built.add(line, offset)
        if number + 1 < len(lines):
            built.add("\n", offset + len(line))


def _folded(built: _Builder, lines: list[_Line]) -> None:
    """Joins lines by spaces; lines that are indented more, and blank ones around them, keep their breaks."""
    pending, previous_loose = 0, True
    for line, offset in lines:
        if not line:
            pending += 1
            continue
        loose = line[0] in " \t"
        if built.length == 0 and not built.pieces:
            built.add("\n" * pending, offset)
        elif loose or previous_loose:
            built.add("\n" * (pending + 1), offset)
        else:
            built.add("\n" * pending if pending else " ", offset)
        built.add(line, offset)
        pending, previous_loose = 0, loose
