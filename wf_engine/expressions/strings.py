"""The text that a string literal stands for, and back."""

import re
from collections.abc import Callable

_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL
)
_SIMPLE = {'"': '"', "'": "'", "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WRITTEN = {value: f"\\{letter}" for letter, value in _SIMPLE.items() if letter not in '"/'}
_SURROGATES = range(0xD800, 0xE000)

Report = Callable[[int, int, str], None]
"""Told of an escape that is none: where it begins and ends in the raw text, and what is wrong with it."""


def unescape(raw: str, report: Report) -> str:
    """The text of a literal that is given without its quotes."""
    if "\\" not in raw:
        return raw
    return _ESCAPE.sub(lambda match: _character(match, report), raw)


def _character(match: re.Match[str], report: Report) -> str:
    high, low, code, letter = match.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if letter is None:
        return _code_point(match, int(code, 16), report)
    if letter not in _SIMPLE:
        report(*match.span(), f"`\\{letter}` is no escape; there are `\\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX`.")
    return _SIMPLE.get(letter, letter)


def _code_point(match: re.Match[str], code: int, report: Report) -> str:
    if code in _SURROGATES:
        report(*match.span(), f"`{match.group()}` is half of a character; a pair such as `\\ud83d\\ude00` makes one.")
        return "\N{REPLACEMENT CHARACTER}"
    return chr(code)


def quote(text: str) -> str:
    """A literal in single quotes for a text."""
    return "'" + "".join([_WRITTEN.get(character, character) for character in text]) + "'"
