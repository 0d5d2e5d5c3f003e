"""The values of YAML scalars (YAML 1.2 core schema), with the source offset of every piece of their text."""

import math
import re
import sys
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
_DIVERGENT_WORDS = frozenset(
    ["y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"]
)
_DIVERGENT = re.compile(
    r"[-+]?0[0-9_]+|[-+]?0[bB][01_]+|[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|[-+]?[0-9]+\.[0-9_]*_[0-9_]*"
    r"|0x[0-9a-fA-F_]*_[0-9a-fA-F_]*|0o[0-7_]*_[0-7_]*|([-+]0x|[-+]?0X)[0-9a-fA-F_]+|([-+]0o|[-+]?0O)[0-7_]+"
)
_NUMERIC = frozenset("0123456789+-.")
"""What numbers begin with."""
_MOST_DIGITS = 400
"""Longer numbers are no JSON number that any reader would keep."""


def plain_value(text: str) -> Any:
    """The JSON value of a plain scalar: null, a boolean, a number or the text itself."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    first = text[0]
    if first not in _NUMERIC or len(text) > _MOST_DIGITS:
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
    if text in _DIVERGENT_WORDS:
        return "true or false to some YAML readers and a text to others"
    if text[:1] not in _NUMERIC or len(text) > _MOST_DIGITS:
        return None
    if _DIVERGENT.fullmatch(text):
        return "a number to some YAML readers and a text or another number to others"
    if _NOT_JSON.fullmatch(text) or (_FLOAT.fullmatch(text) and math.isinf(float(text))):
        return "not a number that JSON can hold"
    return None


class TextBuilder:
    """Collects text with its origin; runs that continue each other become one entry."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.offsets: list[tuple[int, int]] = []

    def add(self, text: str, source: int) -> None:
        """Adds a piece that was read from an offset."""
        if text:
            last = self.offsets[-1] if self.offsets else None
            if last is None or last[1] + self.length - last[0] != source:
                self.offsets.append((self.length, source))
            self.pieces.append(text)
            self.length += len(text)

    def build(self, start: int) -> ScalarText:
        """What was collected; an empty text comes from `start`."""
        return ScalarText("".join(self.pieces), tuple(self.offsets) or ((0, start),))


LINE_END = re.compile(r"\r\n|\n|\r")
_BREAK = re.compile(r"(?:\r\n|\n|\r)(?:[ \t]*+(?:\r\n|\n|\r))*+[ \t]*+")
"""Line ends with the space behind them; the space in front is taken off what was read."""
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The two halves of a surrogate pair."""
_HEX = {"x": 2, "u": 4, "U": 8}


def _add_break(built: TextBuilder, source: str, at: int, match: re.Match[str]) -> int:
    """Adds what stands in front of a line end, and what the line end is folded to. Gives where the text goes on."""
    built.add(source[at : match.start()].rstrip(" \t"), at)
    breaks = len(LINE_END.findall(match[0]))
    built.add(" " if breaks == 1 else "\n" * (breaks - 1), match.start())
    return match.end()


def plain_text(source: str, start: int, end: int) -> ScalarText:
    """The text of a plain scalar that may run over several lines."""
    text = source[start:end]
    if "\n" not in text:
        return ScalarText(text, ((0, start),))
    built, at = TextBuilder(), start
    for match in _BREAK.finditer(source, start, end):
        at = _add_break(built, source, at, match)
    built.add(source[at:end], at)
    return built.build(start)


_SINGLE = re.compile(r"''|" + _BREAK.pattern)


def single_quoted(source: str, start: int, end: int) -> ScalarText:
    """The text of a single-quoted scalar; `start` and `end` include the quotes."""
    text = source[start + 1 : end - 1]
    if "'" not in text and "\n" not in text:
        return ScalarText(text, ((0, start + 1),))
    built, at = TextBuilder(), start + 1
    for match in _SINGLE.finditer(source, start + 1, end - 1):
        if match[0] == "''":
            built.add(source[at : match.start() + 1], at)
            at = match.end()
        else:
            at = _add_break(built, source, at, match)
    built.add(source[at : end - 1], at)
    return built.build(start + 1)


_DOUBLE = re.compile(r"\\(?:\r\n|\n|\r)[ \t]*+(?:[ \t]*+(?:\r\n|\n|\r)[ \t]*+)*+|\\.|" + _BREAK.pattern, re.DOTALL)


def double_quoted(source: str, start: int, end: int) -> ScalarText:
    """The text of a double-quoted scalar; `start` and `end` include the quotes."""
    text = source[start + 1 : end - 1]
    if "\\" not in text and "\n" not in text:
        return ScalarText(text, ((0, start + 1),))
    built, at = TextBuilder(), start + 1
    while (match := _DOUBLE.search(source, at, end - 1)) is not None:
        if match[0][0] == "\\":
            built.add(source[at : match.start()], at)
            at = _add_escape(built, source, match)
        else:
            at = _add_break(built, source, at, match)
    built.add(source[at : end - 1], at)
    return built.build(start + 1)


def _add_escape(built: TextBuilder, source: str, match: re.Match[str]) -> int:
    code = match[0][1]
    if code in "\r\n":
        built.add("\n" * (len(LINE_END.findall(match[0])) - 1), match.start())
        return match.end()
    digits = _HEX.get(code)
    if digits is None:
        built.add(_ESCAPES.get(code, code), match.start())
        return match.end()
    after = match.end() + digits
    number = _hexadecimal(source[match.end() : after])
    if number in _HIGH and source[after : after + 2] == "\\u":
        low = _hexadecimal(source[after + 2 : after + 6])
        if low in _LOW:  # JSON writes characters beyond U+FFFF as two escapes
            number = 0x10000 + ((number - _HIGH.start) << 10) + low - _LOW.start
            after += 6
    valid = 0 <= number <= sys.maxunicode and number not in _HIGH and number not in _LOW
    built.add(chr(number) if valid else "\ufffd", match.start())
    return after


def _hexadecimal(digits: str) -> int:
    try:
        return int(digits, 16)
    except ValueError:
        return -1
