"""JSONPath (RFC 9535): a text read once, and what it selects in a value."""

from functools import lru_cache
from typing import Any, Final

import jsonpath
from jsonpath import selectors

from wf_engine.text import Span
from wf_engine.transforms.path_search import (
    NOTHING,
    NotStandardError,
    Search,
    Segment,
    follow,
    nodes_of,
    segments_of,
)

_LONGEST: Final = 2_000
"""Characters of a path."""


class PathError(Exception):
    """A text that is no JSONPath: what is wrong, where in it, and what would be right where that is clear."""

    def __init__(self, message: str, span: Span, better: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.better = better


class JsonPath:
    """A JSONPath. `keys` are the names and indexes of one that selects at most one node, None of any other."""

    __slots__ = ("_program", "keys", "segments", "text")

    def __init__(self, text: str, segments: tuple[Segment, ...]) -> None:
        self.text = text
        self.segments = segments
        self.keys: tuple[str | int, ...] | None = _keys(segments)
        self._program = nodes_of(segments)

    def __repr__(self) -> str:
        return f"JsonPath({self.text!r})"

    @property
    def singular(self) -> bool:
        """Whether it can select at most one node."""
        return self.keys is not None

    def value(self, root: Any) -> Any:
        """What it gives (language §8): of a singular path its value or NOTHING, of any other a list."""
        return self.nodes(root) if self.keys is None else follow(root, self.keys)

    def nodes(self, root: Any) -> list[Any]:
        """The values that it selects. Raises LimitError where they are too many."""
        if self.keys is not None:
            found = follow(root, self.keys)
            return [] if found is NOTHING else [found]
        return self._program(Search(root), root)


@lru_cache(maxsize=4096)
def parse_path(text: str) -> JsonPath:
    """Reads a JSONPath. Raises PathError."""
    if len(text) > _LONGEST:
        raise PathError(f"The path is longer than {_LONGEST:,} characters.", Span(0, len(text)))
    if not text.startswith("$"):
        raise PathError("A path begins with `$`, which stands for the value it is applied to.", *_rooted(text))
    try:
        compiled = _ENVIRONMENT.compile(text)
    except jsonpath.JSONPathError as error:
        raise _path_error(text, error) from None
    except RecursionError:
        raise PathError("The path is nested too deeply.", Span(0, len(text))) from None
    assert isinstance(compiled, jsonpath.JSONPath)
    try:
        return JsonPath(text, segments_of(compiled.segments))
    except NotStandardError:
        raise PathError("A list or a map cannot be compared with in a path.", Span(0, len(text))) from None


def _rooted(text: str) -> tuple[Span, str | None]:
    """Where a path without its `$` is wrong, and the path that was likely meant."""
    body = text.removeprefix("@").removeprefix(".")
    for better in (f"$.{body}", f"${body}"):
        try:
            _ENVIRONMENT.compile(better)
        except (jsonpath.JSONPathError, RecursionError):
            continue
        return Span(0, len(text)), better
    return Span(0, len(text)), None


def _path_error(text: str, error: jsonpath.JSONPathError) -> PathError:
    message = str(error.message or "It cannot be read.")
    message = _WORDINGS.get(message, message)
    sentence = f"{message[0].upper()}{message[1:]}".replace('"', "`").replace("'", "`").rstrip(".") + "."
    token = error.token
    if token is None:
        return PathError(sentence, Span(0, len(text)))
    start = min(token.index, len(text)) if token.index >= 0 else len(text)
    end = min(start + max(len(token.value), 1), len(text))
    span = Span(start, end) if end > start else Span(max(len(text) - 1, 0), len(text))
    dash = text[start : start + 1] == "-" or text[end : end + 1] == "-"
    better = _quoted(text) if dash else None
    if better is not None:
        sentence = "A name with a dash stands in brackets and quotes in a path."
    return PathError(sentence, span, better)


def _quoted(text: str) -> str | None:
    """The path with names that hold a dash in brackets: `$.user-id` is `$['user-id']`."""
    parts = text.removeprefix("$").split(".")
    better = "$" + "".join(f"['{part}']" if "-" in part else f".{part}" for part in parts if part)
    try:
        _ENVIRONMENT.compile(better)
    except (jsonpath.JSONPathError, RecursionError):
        return None
    return better


_WORDINGS: Final = {
    "expected a shorthand selector": "a name, `*` or `[` has to follow here",
    "unexpected end of query": "the path ends too early",
}


class _Lexer(jsonpath.Lexer):
    """Names as the RFC has them: no dash in them, and all of Unicode."""

    key_pattern = "[\u0080-\ud7ff\ue000-\U0010ffffa-zA-Z_][\u0080-\ud7ff\ue000-\U0010ffffa-zA-Z0-9_]*"


class _Environment(jsonpath.JSONPathEnvironment):
    lexer_class = _Lexer


_ENVIRONMENT: Final = _Environment(strict=True)


def _keys(segments: tuple[Segment, ...]) -> tuple[str | int, ...] | None:
    keys: list[str | int] = []
    for segment in segments:
        first = segment.selectors[0] if len(segment.selectors) == 1 and not segment.descends else None
        if isinstance(first, selectors.NameSelector):
            keys.append(first.name)
        elif isinstance(first, selectors.IndexSelector):
            keys.append(first.index)
        else:
            return None
    return tuple(keys)
