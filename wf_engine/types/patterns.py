"""Regular expressions from schemas: linear-time matching, and a text that matches."""

from functools import lru_cache

import re2


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
    return None if compiled is None else compiled.search(text) is not None
