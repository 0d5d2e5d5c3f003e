"""Requests made from a task's `http` part and the input of a step (language §2, "Request")."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import msgspec

from wf_engine.execution.client import REDIRECTS
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.masking import MASK, Masker
from wf_engine.execution.transport import Request
from wf_engine.execution.urls import UrlTemplate, encoded
from wf_engine.expressions import Template, resolver
from wf_engine.language import Http, default
from wf_engine.planning import inserted

_TOKEN: Final = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_FRAMING: Final = frozenset({"content-length", "transfer-encoding", "connection", "upgrade", "expect", "te", "trailer"})
_CREDENTIALS: Final = frozenset({"authorization", "cookie", "proxy-authorization"})
_FORM: Final = "application/x-www-form-urlencoded"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Built(NamedTuple):
    """A request, and the same as events show it."""

    request: Request
    shown: dict[str, Any]


class RequestTemplate:
    """The `http` part of a task, ready to be filled in with an input."""

    __slots__ = ("_body", "_final", "_headers", "_query", "_url", "method")

    def __init__(self, http: Http, env: Mapping[str, Any]) -> None:
        """Raises StepError and ExpressionError for what no input can mend."""
        self.method: str = http.method or "GET"
        url = http.url
        self._url = UrlTemplate(url if isinstance(url, Template) else Template(url, (url,), ()), env)
        self._query = resolver(dict(http.query)) if http.query else None
        self._headers = resolver(dict(http.headers)) if http.headers else None
        self._body = None if http.body is None else resolver(http.body)
        self._final = success_statuses(http) & REDIRECTS
        for name in http.headers or ():
            _check_name(name)

    def build(self, scope: Mapping[str, Any], masker: Masker, idempotency_key: str | None) -> Built:
        """The request. Raises ExpressionError, StepError."""
        url = self._url.filled(scope)
        if self._query is not None:
            url = _with_query(url, self._query(scope, None))
        headers = {} if self._headers is None else _headers(self._headers(scope, None))
        if idempotency_key is not None and not has_header(headers, "idempotency-key"):
            headers["Idempotency-Key"] = idempotency_key
        shown: dict[str, Any] = {"method": self.method, "url": url}
        body = None
        if self._body is not None:
            shown["body"] = self._body(scope, None)
            body = _body(shown["body"], headers)
        if headers:
            shown["headers"] = _shown_headers(headers)
        sensitive = _sensitive(headers, masker) if masker else _NONE
        return Built(Request(self.method, url, self._url.origin, headers, body, sensitive, self._final), shown)


def success_statuses(http: Http) -> frozenset[int]:
    """The status codes that mean success, by `successStatus`: codes, and classes such as `2xx`."""
    good: set[int] = set()
    for entry in map(str, http.success_status or default(Http, "successStatus")):
        first = int(entry[0]) * 100
        good.update(range(first, first + 100) if entry.endswith("xx") else (int(entry),))
    return frozenset(good)


_NONE: Final[frozenset[str]] = frozenset()


def _sensitive(headers: Mapping[str, str], masker: Masker) -> frozenset[str]:
    return frozenset(name.lower() for name, value in headers.items() if masker.holds(value))


def _with_query(url: str, query: Mapping[str, Any]) -> str:
    pairs = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in _pairs(query))
    if not pairs:
        return url
    return f"{url}{'&' if '?' in url else '?'}{pairs}"


def _pairs(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names and values of a query or a form: lists repeat their name, null leaves it out."""
    for name, value in fields.items():
        for item in value if isinstance(value, list) else (value,):
            if item is not None:
                yield name, item


def _headers(values: Mapping[str, Any]) -> dict[str, str]:
    headers = {name: inserted(value).strip(" \t") for name, value in values.items() if value is not None}
    for name, text in headers.items():
        if _CONTROL.search(text):
            message = f"The value of the header `{name}` has a line break or another control character in it."
            raise _invalid(message, "Take it out of the value, such as with `replace` or `trim`.")
    return headers


def _check_name(name: str) -> None:
    if not name or not _TOKEN.issuperset(name):
        raise _invalid(f"`{name}` cannot be the name of a header.", "Use letters, digits and `-`.")
    if name.lower() in _FRAMING:
        raise _invalid(f"The header `{name}` is set by the engine.", f"Take `{name}` out of `headers`.")


def has_header(headers: Mapping[str, str], wanted: str) -> bool:
    """Whether there is a header of that name, which is in lower case."""
    return any(name.lower() == wanted for name in headers)


def _shown_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: MASK if name.lower() in _CREDENTIALS else value for name, value in headers.items()}


def _body(value: Any, headers: dict[str, str]) -> bytes:
    """The bytes of a body; adds the Content-Type that it needs unless there is one."""
    content_type = next((text for name, text in headers.items() if name.lower() == "content-type"), None)
    if isinstance(value, str):
        if content_type is None:
            headers["Content-Type"] = "text/plain; charset=utf-8"
        return value.encode("utf-8", "replace")
    if isinstance(value, dict) and content_type and content_type.partition(";")[0].strip().lower() == _FORM:
        return "&".join(f"{_form(name)}={_form(inserted(item))}" for name, item in _pairs(value)).encode()
    if content_type is None:
        headers["Content-Type"] = "application/json"
    try:
        return msgspec.json.encode(value)
    except RecursionError:
        raise _invalid("The body is nested too deeply to be sent.", "Send something flatter.") from None
    except ValueError as error:
        raise _invalid(f"The body cannot be written as JSON: {error}.", "Correct the text in it.") from None


def _form(text: str) -> str:
    return quote(text, safe="*-._ ", errors="replace").replace(" ", "+")


def _invalid(message: str, suggestion: str) -> StepError:
    return StepError(Failure(code="VALIDATION_ERROR", message=message, suggestion=suggestion, sent=False))
