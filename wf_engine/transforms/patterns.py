"""Regular expressions of documents: RE2, which takes linear time whatever the expression (RFC 9485 in paths)."""

from functools import lru_cache
from typing import Any

import re2


def search(text: Any, pattern: Any) -> bool:
    """Whether the pattern is found anywhere in the text; false where either is no text or the pattern is none."""
    compiled = _compiled(pattern) if isinstance(text, str) and isinstance(pattern, str) else None
    return compiled is not None and compiled.search(text) is not None


def full_match(text: Any, pattern: Any) -> bool:
    """Whether the pattern matches the whole text; false where either is no text or the pattern is none."""
    compiled = _compiled(pattern) if isinstance(text, str) and isinstance(pattern, str) else None
    return compiled is not None and compiled.fullmatch(text) is not None


def is_pattern(pattern: str) -> bool:
    """Whether it is a regular expression that RE2 understands."""
    return _compiled(pattern) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_dotted(pattern), options)
    except re2.error:
        return None


def _dotted(pattern: str) -> str:
    """The pattern with every `.` as the RFC means it: any character but a line feed or a carriage return."""
    pieces: list[str] = []
    escaped = inside = False
    for letter in pattern:
        dot = letter == "." and not escaped and not inside
        pieces.append(r"[^\n\r]" if dot else letter)
        if not escaped:
            inside = (inside or letter == "[") and letter != "]"
        escaped = letter == "\\" and not escaped
    return "".join(pieces)
