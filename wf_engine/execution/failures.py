"""From what went wrong to the one shape of errors: a code, words for people, and what to do (language §7)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from wf_engine.execution.errors import Cause, Failure
from wf_engine.execution.transport import RefusedAddressError, Request, Response, TransportError, Trouble
from wf_engine.expressions import ExpressionError
from wf_engine.language import ErrorCode

_PREVIEW: Final = 500
"""Characters of an answer's body that an error shows."""
_READ: Final = 64 * 1024
"""Bytes of a body that are looked at for them."""
_OWN_WORDS: Final = 300
"""Characters of what a service says that a message repeats."""


def http_of(request: Request, response: Response | None = None) -> dict[str, Any]:
    """The `http` part of an error."""
    status = None if response is None else response.status
    return {
        "method": request.method,
        "url": request.url,
        "status": status,
        "bodyPreview": None if response is None else preview(response.body),
    }


def preview(body: bytes, mask: Callable[[str], str] | None = None) -> str:
    """The beginning of a body, masked before it is cut: half a secret is not known for one."""
    text = body[: 4 * _PREVIEW if mask is None else _READ].decode(errors="replace")
    return (text if mask is None else mask(text))[:_PREVIEW]


def shown(request: Request) -> str:
    """A request in a message."""
    return f"`{request.method} {request.url}`"


def of_expression(error: ExpressionError, what: str) -> Failure:
    """The failure of an expression; `what` says whose it is, such as `the input`."""
    path = "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in error.path).removeprefix(".")
    where = f", at `{path}`" if path else ""
    suggestion = error.hint or "Correct the expression, or give it another value with `??` where there may be none."
    return Failure(code="EXPRESSION_ERROR", message=f"In {what}{where}: {error.message}", suggestion=suggestion)


def of_refused_address(error: RefusedAddressError, request: Request) -> Failure:
    """The failure of a request that the network policy did not let go."""
    message = f"{shown(request)} was not sent: {error.message}"
    return Failure(
        code="NETWORK_ERROR",
        message=message,
        suggestion=error.suggestion,
        http=http_of(request),
        sent=False,
        refused=True,
    )


def of_open_circuit(request: Request, task: str) -> Failure:
    """The failure of an attempt that a circuit breaker did not let through."""
    return Failure(
        code="CIRCUIT_OPEN",
        message=f"{shown(request)} was not sent: the calls of the task `{task}` to {request.origin} kept failing.",
        suggestion=f"Look into the log of the service at {request.origin}; it is tried again after `breakDuration`.",
        retryable=True,
        http=http_of(request),
        sent=False,
    )


def of_timeout(request: Request, milliseconds: int, task: str) -> Failure:
    """The failure of an attempt that took too long."""
    return Failure(
        code="TIMEOUT",
        message=f"{shown(request)} was not answered within {spoken(milliseconds)}.",
        suggestion=f"Find out why {request.origin} is slow, or raise `timeout` of the task `{task}`.",
        retryable=True,
        http=http_of(request),
        cause="timeout",
    )


def of_long_work(milliseconds: int, task: str) -> Failure:
    """The failure of a transform that took too long."""
    return Failure(
        code="TIMEOUT",
        message=f"The transform of the task `{task}` took longer than its timeout of {spoken(milliseconds)}.",
        suggestion=f"Give it less, or raise `timeout` of the task `{task}`.",
    )


def of_transport(error: TransportError, request: Request) -> Failure:
    """The failure of an attempt that got no whole answer."""
    if error.trouble == "tooLarge":
        return _too_large(error, request)
    said, suggestion = _TROUBLES[error.trouble]
    words = {"origin": str(request.origin), "host": request.origin.host, "detail": error.detail}
    passing = error.trouble not in _LASTING
    return Failure(
        code="NETWORK_ERROR",
        message=f"{shown(request)}: {said.format(**words)}",
        suggestion=suggestion.format(**words),
        retryable=passing,
        http=http_of(request),
        cause="network" if passing else None,
        sent=error.sent,
    )


_LASTING: Final[frozenset[Trouble]] = frozenset({"tls", "protocol"})
_TROUBLES: Final[Mapping[Trouble, tuple[str, str]]] = {
    "refused": (
        "the connection was refused; nothing listens at {origin}.",
        "Is the service at {origin} running? Start it, or correct the address.",
    ),
    "unreachable": (
        "{origin} cannot be reached ({detail}).",
        "Is the service at {origin} running, and is there a way to its network from here?",
    ),
    "unresolved": (
        "the host `{host}` was not found.",
        "Is `{host}` spelled right? Correct the address, or the variable in `[env]` that it comes from.",
    ),
    "tls": (
        "no secure connection could be made ({detail}).",
        "Check the certificate of {origin}; if the service speaks plain HTTP, write `http://`.",
    ),
    "reset": (
        "the connection broke before there was an answer ({detail}).",
        "Look into the log of the service at {origin}: it closed the connection. `retry` tries again.",
    ),
    "truncated": (
        "the connection broke in the middle of the answer ({detail}).",
        "Look into the log of the service at {origin}: it ended its answer too early. `retry` tries again.",
    ),
    "proxy": (
        "the proxy cannot be used: {detail}.",
        "Does the proxy run, and may this machine use it? It is `proxy` under `[network]` in wf.toml.",
    ),
    "protocol": (
        "the answer cannot be understood: {detail}.",
        "Does an HTTP service listen at {origin}? Check the scheme, the port and the path.",
    ),
}


def _too_large(error: TransportError, request: Request) -> Failure:
    return Failure(
        code="LIMIT_EXCEEDED",
        message=f"{shown(request)}: {error.detail}.",
        suggestion="Ask the service for less, or raise `response_bytes` under `[limits]` in wf.toml.",
        http=http_of(request),
    )


def of_status(
    request: Request, response: Response, original: Any, retry_after: float | None, mask: Callable[[str], str]
) -> Failure:
    """The failure of an answer whose status is none of `successStatus`; `original` is its body, read if possible."""
    status = response.status
    code, suggestion = _meaning(status)
    if status // 100 == _REDIRECTION and request.method in _FOLLOWING:
        suggestion = _NOT_FOLLOWED
    cause = _cause(status)
    words = {"origin": str(request.origin), "status": status}
    return Failure(
        code=code,
        message=f"{shown(request)} answered {status}{_own_words(original, mask)}",
        suggestion=suggestion.format(**words),
        retryable=cause is not None,
        http=http_of(request, response),
        original=original,
        cause=cause,
        retry_after=retry_after,
    )


def _cause(status: int) -> Cause | None:
    return _CAUSES.get(status) or _CLASS_CAUSES.get(status // 100)


def _meaning(status: int) -> tuple[ErrorCode, str]:
    if status in _STATUSES:
        return _STATUSES[status]
    return _CLASSES.get(status // 100, _UNEXPECTED)


_REDIRECTION: Final = 3
_FOLLOWING: Final = frozenset({"GET", "HEAD"})
_NOT_FOLLOWED: Final = (
    "It leads nowhere: there is no `Location` to follow. If {status} is a good answer, add it to `successStatus`."
)
_CAUSES: Final[Mapping[int, Cause]] = {408: "timeout", 429: "429"}
_CLASS_CAUSES: Final[Mapping[int, Cause]] = {5: "5xx"}
_REFUSED_REQUEST: Final[tuple[ErrorCode, str]] = (
    "VALIDATION_ERROR",
    "Compare the request with what the service wants; `originalError` is what it said.",
)
_GONE: Final[tuple[ErrorCode, str]] = ("NOT_FOUND", "Check the path of the URL and the values in it.")
_CLASH: Final[tuple[ErrorCode, str]] = ("CONFLICT", "Read the present state first; `originalError` says what is wrong.")
_UNEXPECTED: Final[tuple[ErrorCode, str]] = (
    "SERVICE_ERROR",
    "If {status} is a good answer, add it to `successStatus` of the task.",
)
_STATUSES: Final[Mapping[int, tuple[ErrorCode, str]]] = {
    401: ("AUTHENTICATION_ERROR", "Check the credentials that the task sends, and the secret that they come from."),
    403: ("AUTHORIZATION_ERROR", "Ask for the permission, or use credentials that have it."),
    404: _GONE,
    407: ("AUTHENTICATION_ERROR", "A proxy wants credentials."),
    408: ("TIMEOUT", "The service at {origin} gave up waiting; `retry` tries again."),
    409: _CLASH,
    410: _GONE,
    412: _CLASH,
    429: ("RATE_LIMITED", "Lower `maxConcurrency`, or raise `retry.initialDelay` and `retry.maxAttempts`."),
}
_CLASSES: Final[Mapping[int, tuple[ErrorCode, str]]] = {
    3: ("SERVICE_ERROR", "Only GET and HEAD follow redirects: write the address that it leads to."),
    4: _REFUSED_REQUEST,
    5: ("SERVICE_ERROR", "Look into the log of the service at {origin}; `retry` tries again."),
}


def _own_words(original: Any, mask: Callable[[str], str]) -> str:
    """What the service itself says, where its answer has one of the usual shapes."""
    said = _message_in(original)
    return f": {mask(said)[:_OWN_WORDS]}" if said else "."


def _message_in(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    for key in ("message", "detail", "title", "error_description", "error"):
        inner = value.get(key)
        if isinstance(inner, str) and inner:
            return inner
        if isinstance(inner, dict) and (found := _message_in(inner)):
            return found
    return None


def spoken(milliseconds: int) -> str:
    """A duration as the language writes it."""
    for unit, length in (("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        if milliseconds and milliseconds % length == 0:
            return f"{milliseconds // length}{unit}"
    return f"{milliseconds}ms"
