"""Ways to go wrong, and to be slow, odd or large: each an endpoint, and most a value of `fail` on every endpoint."""

import random
from collections.abc import Mapping
from types import MappingProxyType

from wf_engine.testapi.answers import Answer, ApiError, Ending, answer, error, status_answer
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.reading import integer_of, invalid, query_flag, query_integer, query_text

MAX_DELAY_MS = 600_000
_MAX_BYTES = 64 * 1024 * 1024
_PERCENT = 100

_WRONG_TYPES = {"id": 1, "name": ["not", "a", "text"], "email": None, "tier": {"gold": True}, "country": 49}

FAILURES: Mapping[str, Answer] = MappingProxyType(
    {
        "reset": Answer(ending=Ending.RESET),
        "hang": Answer(ending=Ending.HANG),
        "truncated": Answer(body=b'{"complete":false,"filling":"' + b"x" * 970 + b'"}', ending=Ending.TRUNCATED),
        "garbage": Answer(body=b'{"id": "1", "name": '),
        "wrong-type": answer(_WRONG_TYPES),
        "html": Answer(body=b"<!doctype html><title>Maintenance</title><p>Back soon.</p>", content_type="text/html"),
        "empty": Answer(204, content_type=None),
    }
)
"""Answers that no client wants, by the word that asks for them."""

_CHAOS = ("500", "502", "503", "429", "reset", "truncated", "garbage", "html")


def failure(kind: str) -> Answer:
    """The failure of that name or status code, such as `503` or `reset`; raises 400."""
    if kind in FAILURES:
        return FAILURES[kind]
    if not kind.isdigit():
        raise invalid(f"`{kind}` is no failure; there are the statuses 400 to 599, {', '.join(FAILURES)}.")
    return status_answer(integer_of(kind, "fail", 400, 599))


def always(kind: str) -> Endpoint:
    """The endpoint that always fails in that way."""
    about = {
        "reset": "Closes the connection with a TCP reset.",
        "hang": "Never answers.",
        "truncated": "Sends half of the body that its Content-Length promises, then a reset.",
        "garbage": "Invalid JSON as application/json.",
        "wrong-type": "A user whose properties all have the wrong type.",
        "html": "A web page, as a proxy sends it in maintenance.",
        "empty": "204 without a body.",
    }[kind]
    path = "/reset-connection" if kind == "reset" else f"/{kind}"
    return Endpoint("GET", path, lambda _call: FAILURES[kind], about)


def _status(call: Call) -> Answer:
    return status_answer(integer_of(call.parameters["code"], "code", 200, 599))


def _delay(call: Call) -> Answer:
    milliseconds = integer_of(call.parameters["ms"], "ms", 0, MAX_DELAY_MS)
    waited = answer({"delayedMs": milliseconds})
    return Answer(body=waited.body, delay=milliseconds / 1000)


def _flaky(call: Call) -> Answer:
    key, failures = call.parameters["key"], query_integer(call, "failures", 2)
    attempt = call.state.count(f"flaky {key}")
    if attempt <= failures:
        return error(503, "unavailable", f"Failure {attempt} of {failures}; try again.")
    return answer({"key": key, "attempt": attempt})


def _rate_limited(call: Call) -> Answer:
    key, refusals = call.parameters["key"], query_integer(call, "refusals", 1)
    attempt = call.state.count(f"rate-limited {key}")
    if attempt > refusals:
        return answer({"key": key, "attempt": attempt})
    after = {"Retry-After": str(query_integer(call, "retryAfter", 1))}
    raise ApiError(429, "rate_limited", f"Refusal {attempt} of {refusals}; wait as Retry-After says.", after)


def _chaos(call: Call) -> Answer:
    seed, rate = query_text(call, "seed", "0"), query_integer(call, "percent", 50, 0, _PERCENT)
    number = call.state.count(f"chaos {seed}")
    dice = random.Random(f"{seed} {number}")  # noqa: S311 - a repeatable choice is wanted, not a secret
    if dice.randrange(_PERCENT) < rate:
        return failure(dice.choice(_CHAOS))
    return answer({"seed": seed, "number": number})


def _large(call: Call) -> Answer:
    size = query_integer(call, "bytes", 1_000_000, 2, _MAX_BYTES)
    ending = Ending.CHUNKED if query_flag(call, "chunked") else Ending.WHOLE
    return Answer(body=b'"' + b"x" * (size - 2) + b'"', ending=ending)


def _plain_text(_call: Call) -> Answer:
    return Answer(body="Grüße, 世界\n".encode(), content_type="text/plain; charset=utf-8")


def _binary(_call: Call) -> Answer:
    return Answer(body=bytes(range(256)), content_type="application/octet-stream")


def _redirect(call: Call) -> Answer:
    left = integer_of(call.parameters["count"], "count", 0, 100)
    if left == 0:
        return answer({"redirected": True})
    target = query_text(call, "to") or f"/redirect/{left - 1}"
    code = query_integer(call, "status", 302, 301, 308)
    return Answer(code, content_type=None, headers={"Location": target})


ENDPOINTS = (
    Endpoint("GET", "/delay/{ms}", _delay, "Answers after that many milliseconds."),
    Endpoint("GET", "/status/{code}", _status, "Answers with that status, 200 to 599."),
    Endpoint("GET", "/flaky/{key}", _flaky, "503 for the first `failures` requests (2) of a key, then 200."),
    Endpoint(
        "GET",
        "/rate-limited/{key}",
        _rate_limited,
        "429 with `Retry-After: retryAfter` (1) for the first `refusals` requests (1) of a key, then 200.",
    ),
    Endpoint("GET", "/chaos", _chaos, "Fails in `percent` (50) of all requests; `seed` decides when and how."),
    *(always(kind) for kind in FAILURES),
    Endpoint("GET", "/large", _large, "A JSON text of exactly `bytes` bytes; `chunked=true` sends no Content-Length."),
    Endpoint("GET", "/text", _plain_text, "Plain text beyond ASCII."),
    Endpoint("GET", "/binary", _binary, "256 bytes of application/octet-stream."),
    Endpoint("GET", "/redirect/{count}", _redirect, "Redirects that often, with `status` (302), or to `to`."),
)
