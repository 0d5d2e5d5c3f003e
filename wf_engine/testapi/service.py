"""The service looking at itself: what it offers, what it was asked, and starting afresh."""

import json
from typing import Any

from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.reading import query_integer

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def _health(_call: Call) -> Answer:
    return answer({"status": "ok"})


def _counters(call: Call) -> Answer:
    traffic = call.state.traffic
    calls = dict(sorted(traffic.calls.items()))
    return answer({"calls": calls, "total": sum(calls.values()), "inFlight": traffic.in_flight, "peak": traffic.peak})


def _requests(call: Call) -> Answer:
    log = list(call.state.traffic.log)
    limit = query_integer(call, "limit", len(log))
    return answer({"requests": log[len(log) - min(limit, len(log)) :]})


def _reset(call: Call) -> Answer:
    call.state.reset()
    return Answer(204, content_type=None)


def _echo(call: Call) -> Answer:
    query = {name: values[0] if len(values) == 1 else values for name, values in call.query.items()}
    said = {"method": call.method, "path": call.path, "query": query, "headers": call.headers, "body": _body(call)}
    return answer(said)


def _body(call: Call) -> Any:
    if not call.body:
        return None
    text = call.body.decode(errors="replace")
    if "json" not in call.headers.get("content-type", ""):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


_ECHO = "What it was asked: {method, path, query, headers, body}; the path as sent, header names in lower case."

ENDPOINTS = (
    Endpoint("GET", "/healthz", _health, "Whether the service runs."),
    *(Endpoint(method, "/echo", _echo, _ECHO) for method in _METHODS),
    *(Endpoint(method, "/echo/{rest:path}", _echo, _ECHO) for method in _METHODS),
    Endpoint("GET", "/counters", _counters, "How often each endpoint was called, and how many at once.", counted=False),
    Endpoint("GET", "/requests", _requests, "The last 500 requests with headers and bodies; `limit`.", counted=False),
    Endpoint("POST", "/reset", _reset, "Makes everything as it was at the start; answers 204.", counted=False),
)
