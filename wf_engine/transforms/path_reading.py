"""Reading a JSONPath: the library's parser, held to what RFC 9535 has, and its complaints in our words."""

from typing import Final

import jsonpath
from jsonpath import selectors

from wf_engine.text import Span
from wf_engine.transforms.path_search import NotStandardError, Search, nodes_of, segments_of
from wf_engine.transforms.paths import JsonPath, PathError, Segment


def read_path(text: str) -> JsonPath:
    """Reads a path. Raises PathError."""
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
        segments = segments_of(compiled.segments)
        program = nodes_of(segments)
    except NotStandardError:
        raise PathError("A list or a map cannot be compared with in a path.", Span(0, len(text))) from None
    return JsonPath(text, segments, _keys(segments), lambda root: program(Search(root), root))


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
