"""The service looking at itself: what it was asked, how it is to behave, and starting afresh."""

from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.behaviour import MAX_DELAY_MS
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.failures import failure
from wf_engine.testapi.schemas import choice, integer, listing, record, text

_NOTHING = Answer(204, content_type=None)


def _health(_call: Call) -> Answer:
    return answer({"status": "ok"})


def _counters(call: Call) -> Answer:
    traffic = call.state.traffic
    calls = dict(sorted(traffic.calls.items()))
    return answer({"calls": calls, "total": sum(calls.values()), "inFlight": traffic.in_flight, "peak": traffic.peak})


def _reset_counters(call: Call) -> Answer:
    call.state.traffic.forget()
    return _NOTHING


def _requests(call: Call) -> Answer:
    log = list(call.state.traffic.log)
    return answer({"requests": log[len(log) - min(call.given["limit"], len(log)) :]})


def _reset(call: Call) -> Answer:
    call.state.reset()
    return _NOTHING


def _get_behaviour(call: Call) -> Answer:
    return answer(list(call.state.behaviour.values()))


def _set_behaviour(call: Call) -> Answer:
    if "fail" in call.given:
        failure(call.given["fail"])
    call.state.behaviour[call.given["endpoint"]] = call.given
    return answer(call.given)


def _clear_behaviour(call: Call) -> Answer:
    call.state.behaviour.clear()
    return _NOTHING


_BEHAVIOUR = {
    "endpoint": text("Of which endpoint, as `/` lists it, such as `GET /users/{id}`; `*` for all.", default="*"),
    "delay?": integer("Wait so many milliseconds before anything else.", maximum=MAX_DELAY_MS),
    "fail?": text("Fail with this status, or in this way, such as `reset`."),
    "failTimes?": integer("Fail so many times, then answer."),
}
_NULL = {"type": "null"}
_SLOW = {"endpoint": "GET /users/{id}", "delay": 50}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/healthz",
        _health,
        "Says whether the service runs.",
        output=record({"status": choice(("ok",), "That it does.")}),
        task=Task("check-health", ("read",), (Example("It runs"),)),
    ),
    Endpoint(
        "GET",
        "/counters",
        _counters,
        "Counts how often each endpoint was called, and how many calls there were at once.",
        output=record(
            {
                "calls": {
                    "type": "object",
                    "description": "The calls by endpoint.",
                    "additionalProperties": {"type": "integer"},
                },
                "total": integer("All calls."),
                "inFlight": integer("How many are being answered."),
                "peak": integer("The most that were answered at once."),
            }
        ),
        task=Task("get-counters", ("read",), (Example("After a call", after=(("check-health", {}),)),)),
        counted=False,
    ),
    Endpoint(
        "POST",
        "/counters/reset",
        _reset_counters,
        "Starts the counters again, and leaves everything else as it is.",
        output=_NULL,
        status=204,
        task=Task("reset-counters", ("write",), (Example("From zero"),)),
        counted=False,
    ),
    Endpoint(
        "GET",
        "/requests",
        _requests,
        "Shows the latest requests, up to 500, with headers and bodies.",
        query={"limit": integer("At most so many, the latest.", default=500)},
        output=record(
            {
                "requests": listing(
                    record(
                        {
                            "endpoint": text("Which endpoint it was for."),
                            "method": text("The method."),
                            "path": text("The path as it was sent."),
                            "query": {
                                "type": "object",
                                "description": "Each query parameter with a list of its values.",
                            },
                            "headers": {"type": "object", "description": "The headers, their names in lower case."},
                            "body": text("The first 10,000 bytes of the body."),
                        }
                    ),
                    "The requests, oldest first.",
                )
            }
        ),
        task=Task("list-requests", ("read",), (Example("The last one", {"limit": 1}),), varies=True),
        counted=False,
    ),
    Endpoint(
        "POST",
        "/reset",
        _reset,
        "Makes everything as it was at the start.",
        output=_NULL,
        status=204,
        task=Task("reset-service", ("write",), (Example("From the start"),)),
        counted=False,
    ),
    Endpoint(
        "GET",
        "/behaviour",
        _get_behaviour,
        "Shows which endpoints are configured to be slow or to fail.",
        output=listing(record(_BEHAVIOUR), "What is configured."),
        task=Task("get-behaviour", ("read",), (Example("After set-behaviour", after=(("set-behaviour", _SLOW),)),)),
        counted=False,
    ),
    Endpoint(
        "PUT",
        "/behaviour",
        _set_behaviour,
        "Makes an endpoint, or every one, slow or fail from now on.",
        body=_BEHAVIOUR,
        output=record(_BEHAVIOUR),
        task=Task("set-behaviour", ("write",), (Example("Users are slow", _SLOW),)),
        counted=False,
    ),
    Endpoint(
        "DELETE",
        "/behaviour",
        _clear_behaviour,
        "Makes every endpoint behave again.",
        output=_NULL,
        status=204,
        task=Task("clear-behaviour", ("write",), (Example("All of them"),)),
        counted=False,
    ),
)
