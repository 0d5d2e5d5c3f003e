"""From an answer to a step's output (language §2, "Answer")."""

import codecs
import gc
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

import msgspec

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import http_of, shown
from wf_engine.execution.transport import Request, Response

_NO_CONTENT = 204
_KEPT = 64 * 1024
"""Bytes up to which an error keeps the service's own answer."""
_LARGE = 256 * 1024
_MOST_CONTAINERS = 250_000
"""Lists and maps in one answer: reading so many takes 50 ms, in which nothing else runs."""
_BOM = b"\xef\xbb\xbf"


class Media(NamedTuple):
    """What a Content-Type says of a body: what it is, and Python's name of the charset of its text."""

    kind: Literal["json", "text", "other"]
    charset: str


def output_of(request: Request, response: Response, nesting: int) -> Any:
    """The body as a JSON value; an empty one is null. Raises StepError."""
    body = response.body
    if not body or response.status == _NO_CONTENT:
        return None
    media = media_of(response.headers.get("content-type", ""))
    if media.kind == "json":
        return _json(request, response, media.charset, nesting)
    if media.kind == "text":
        return body.decode(media.charset, errors="replace")
    raise StepError(_unreadable_type(request, response))


def body_as_it_is(response: Response) -> Any:
    """The body of a failed answer: JSON if it is, text if it can be, else None; None too where it is large."""
    if len(response.body) > _KEPT:
        return None
    try:
        return msgspec.json.decode(response.body)
    except (ValueError, RecursionError):
        pass
    try:
        return response.body.decode() or None
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=1024)
def media_of(content_type: str) -> Media:
    """What a Content-Type says; what is not known counts as `other` and UTF-8."""
    name, _, parameters = content_type.partition(";")
    kind, _, subtype = name.strip().lower().partition("/")
    charset = _charset(parameters)
    if subtype == "json" or subtype.endswith("+json"):
        return Media("json", charset)
    return Media("text" if kind == "text" else "other", charset)


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            return _known(value.strip("\"' "))
    return _UTF8


def _known(charset: str) -> str:
    """Python's name of a charset; UTF-8 in the place of what is none, such as its own `zip` and `unicode_escape`."""
    try:
        name = codecs.lookup(charset).name
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return _UTF8
    return _UTF8 if name in _NO_CHARSETS else name


_UTF8: Final = "utf-8"
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})


def _json(request: Request, response: Response, charset: str, nesting: int) -> Any:
    body = response.body
    try:
        body = body.removeprefix(_BOM)
        if charset != _UTF8:
            body = body.decode(charset).encode()
        containers = body.count(b"[") + body.count(b"{")
        if containers > _MOST_CONTAINERS:
            raise StepError(_too_many(request, response))
        value = _decoded(body)
    except RecursionError:
        raise StepError(_too_deep(request, response, nesting)) from None
    except ValueError as error:
        raise StepError(_garbage(request, response, str(error))) from None
    if containers > nesting and deeper_than(value, nesting):
        raise StepError(_too_deep(request, response, nesting))
    return value


def _decoded(body: bytes) -> Any:
    """The value. The garbage collector rests meanwhile: it would look at all that is made, again and again.

    Measured on 10 MB of short lists: 0.5 s without it, 3 s with it, and nobody else gets a turn.
    """
    rests = len(body) > _LARGE and gc.isenabled()
    if rests:
        gc.disable()
    try:
        return msgspec.json.decode(body)
    finally:
        if rests:
            gc.enable()


def deeper_than(value: Any, levels: int) -> bool:
    """Whether lists and maps are nested more than `levels` deep."""
    layer = [value] if isinstance(value, dict | list) else []
    for _ in range(levels):
        if not layer:
            return False
        layer = [
            inner
            for outer in layer
            if outer
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
    return bool(layer)


def _garbage(request: Request, response: Response, detail: str) -> Failure:
    return Failure(
        code="SERVICE_ERROR",
        message=f"{shown(request)} answered with something that is no valid JSON: {detail}.",
        suggestion=f"Look at `http.bodyPreview`: {request.origin} announces JSON and sends something else.",
        http=http_of(request, response),
        original=body_as_it_is(response),
    )


def _too_deep(request: Request, response: Response, nesting: int) -> Failure:
    return Failure(
        code="LIMIT_EXCEEDED",
        message=f"{shown(request)} answered with JSON that is nested more than {nesting} levels deep.",
        suggestion="Ask the service for less, or raise `nesting` under `[limits]` in wf.toml.",
        http=http_of(request, response),
    )


def _too_many(request: Request, response: Response) -> Failure:
    return Failure(
        code="LIMIT_EXCEEDED",
        message=f"{shown(request)} answered with JSON of more than {_MOST_CONTAINERS:,} lists and maps.",
        suggestion="Ask the service for less, such as for one page after another.",
        http=http_of(request, response),
    )


def _unreadable_type(request: Request, response: Response) -> Failure:
    content_type = response.headers.get("content-type")
    said = f"of the type `{content_type}`" if content_type else "without a Content-Type"
    return Failure(
        code="SERVICE_ERROR",
        message=f"{shown(request)} sent an answer {said}, which cannot be read: JSON or text is wanted.",
        suggestion="Ask for JSON (a header such as `Accept: application/json`), or call another address.",
        http=http_of(request, response),
    )
