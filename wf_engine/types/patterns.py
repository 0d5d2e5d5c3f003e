"""Regular expressions from schemas: linear-time matching, and a text that matches."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import re2

_MOST_REPEATS: Final = 200
_CLASSES: Final = {"d": "0123456789", "w": "abcdefghijklmnopqrstuvwxyz0123456789_", "s": " "}
_OUTSIDE: Final = {"D": "a", "W": "-", "S": "a"}
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_ANYTHING: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ .:/@#"


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> object:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None


def matches(pattern: str, text: str) -> bool | None:
    """Whether the pattern is found anywhere in the text; None where it is not one that RE2 understands."""
    compiled = _compiled(pattern)
    return None if compiled is None else compiled.search(text) is not None  # type: ignore[attr-defined]


def texts(pattern: str, seed: int) -> Iterator[str]:
    """A few texts that should match, each longer than the one before; none where the pattern is beyond this reader."""
    for extra in range(12):
        try:
            text, rest = _Writer(pattern, seed, extra).alternatives(0)
        except (IndexError, ValueError):
            return
        if rest == len(pattern):
            yield text


class _Writer:
    """Reads a pattern and writes a text for it: the first alternative or, by the seed, another; repeats few or more."""

    def __init__(self, pattern: str, seed: int, extra: int) -> None:
        self._pattern = pattern
        self._seed = seed
        self._extra = extra

    def alternatives(self, at: int, depth: int = 0) -> tuple[str, int]:
        if depth > _DEEPEST_GROUP:
            raise ValueError
        found = []
        while True:
            text, at = self._sequence(at, depth)
            found.append(text)
            if self._peek(at) != "|":
                return found[self._seed % len(found)], at
            at += 1

    def _sequence(self, at: int, depth: int) -> tuple[str, int]:
        written = []
        while self._peek(at) not in ("", "|", ")"):
            one, at = self._one(at, depth)
            times, at = self._times(at)
            written.append(one * times)
        return "".join(written), at

    def _one(self, at: int, depth: int) -> tuple[str, int]:
        character = self._pattern[at]
        if character == "(":
            return self._group(at + 1, depth)
        if character == "[":
            return self._set(at + 1)
        if character == "\\":
            choices, at = self._escape(at + 1)
            return (choices[self._seed % len(choices)] if choices else ""), at
        if character in "^$":
            return "", at + 1
        if character in "*+?{":
            raise ValueError
        return ("a" if character == "." else character), at + 1

    def _group(self, at: int, depth: int) -> tuple[str, int]:
        if self._peek(at) == "?":
            at += 1
            if self._pattern.startswith("P<", at) or (self._peek(at) == "<" and self._peek(at + 1) not in ("=", "!")):
                at = self._pattern.index(">", at) + 1
            elif self._peek(at) == ":":
                at += 1
            else:
                raise ValueError
        text, at = self.alternatives(at, depth + 1)
        if self._peek(at) != ")":
            raise ValueError
        return text, at + 1

    def _set(self, at: int) -> tuple[str, int]:
        denied = self._peek(at) == "^"
        at += denied
        members: list[str] = []
        while self._pattern[at] != "]":
            low, at = self._member(at)
            if self._peek(at) == "-" and self._peek(at + 1) not in ("]", "") and len(low) == 1:
                high, at = self._member(at + 1)
                members += [chr(code) for code in range(ord(low), min(ord(high), ord(low) + 255) + 1)]
            else:
                members += low
        if denied:
            members = [character for character in _ANYTHING if character not in members]
        return members[self._seed % len(members)] if members else "", at + 1

    def _member(self, at: int) -> tuple[str, int]:
        return self._escape(at + 1) if self._pattern[at] == "\\" else (self._pattern[at], at + 1)

    def _escape(self, at: int) -> tuple[str, int]:
        """The characters that the escape allows; none for one that stands for a place."""
        name = self._pattern[at]
        if name in "bB":
            return "", at + 1
        if name in "ux":
            length = 4 if name == "u" else 2
            return chr(int(self._pattern[at + 1 : at + 1 + length], 16)), at + 1 + length
        if name in "pPkc123456789":
            raise ValueError
        return _CLASSES.get(name) or _OUTSIDE.get(name) or _CONTROLS.get(name) or name, at + 1

    def _times(self, at: int) -> tuple[int, int]:
        low, high = 1, 1
        character = self._peek(at)
        if character and character in "*+?":
            low, high = {"*": (0, _MOST_REPEATS), "+": (1, _MOST_REPEATS), "?": (0, 1)}[character]
            at += 1
        elif character == "{":
            end = self._pattern.index("}", at)
            first, comma, last = self._pattern[at + 1 : end].partition(",")
            low = int(first)
            high = (int(last) if last else _MOST_REPEATS) if comma else low
            at = end + 1
        else:
            return 1, at
        if self._peek(at) == "?":
            at += 1
        if low > _MOST_REPEATS:
            raise ValueError
        return min(low + self._extra, max(low, high)), at

    def _peek(self, at: int) -> str:
        return self._pattern[at : at + 1]


_DEEPEST_GROUP: Final = 20
