"""Endpoints that fail at first: what retries are for."""

from wf_engine.testapi.answers import Answer, ApiError, answer, error, status_answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.records import keyed
from wf_engine.testapi.schemas import integer, listing, record, text

_QUICK = {"retry": {"maxAttempts": 6, "initialDelay": "50ms", "multiplier": 1.5}}


def _flaky(call: Call) -> Answer:
    key, failures = call.given["key"], call.given["failures"]
    attempt = call.state.count(f"flaky {call.method} {key}")
    if attempt <= failures:
        return error(503, "unavailable", f"Failure {attempt} of {failures}; try again.")
    return answer({"key": key, "attempt": attempt})


def _rate_limited(call: Call) -> Answer:
    key, refusals = call.given["key"], call.given["refusals"]
    attempt = call.state.count(f"rate-limited {key}")
    if attempt > refusals:
        return answer({"key": key, "attempt": attempt})
    after = {"Retry-After": str(call.given["retryAfter"])}
    raise ApiError(429, "rate_limited", f"Refusal {attempt} of {refusals}; wait as Retry-After says.", after)


def _sequence(call: Call) -> Answer:
    key, statuses = call.given["key"], call.given["statuses"]
    attempt = call.state.count(f"sequence {key}")
    status = statuses[min(attempt, len(statuses)) - 1]
    return status_answer(status) if status >= 300 else answer({"key": key, "attempt": attempt})  # noqa: PLR2004 - HTTP's own


_FAILURES = {"failures": integer("How often it fails first.", default=2)}
_ATTEMPT = record({"key": text("The key."), "attempt": integer("Which attempt was the first to succeed.", 1)})

ENDPOINTS = (
    Endpoint(
        "GET",
        "/flaky/{key}",
        _flaky,
        "Fails (503) a few times before it answers.",
        parameters=keyed(),
        query=_FAILURES,
        output=_ATTEMPT,
        task=Task(
            "call-flaky",
            ("retry",),
            (
                Example("Without failures", {"key": "calm", "failures": 0}),
                Example("At the third attempt", {"key": "a"}),
            ),
            settings=_QUICK,
        ),
    ),
    Endpoint(
        "POST",
        "/flaky/{key}",
        _flaky,
        "Fails (503) a few times before it does what it is asked.",
        parameters=keyed(),
        query=_FAILURES,
        output=_ATTEMPT,
        task=Task(
            "post-flaky",
            ("retry", "write"),
            (Example("At the second attempt", {"key": "a", "failures": 1}),),
            settings=_QUICK,
        ),
    ),
    Endpoint(
        "GET",
        "/rate-limited/{key}",
        _rate_limited,
        "Refuses (429) a few times, and says in Retry-After how long to wait.",
        parameters=keyed(),
        query={
            "refusals": integer("How often it refuses first.", default=1),
            "retryAfter": integer("How many seconds to wait.", default=1),
        },
        output=_ATTEMPT,
        task=Task(
            "call-rate-limited",
            ("retry", "limits"),
            (Example("Without waiting", {"key": "a", "refusals": 1, "retryAfter": 0}),),
        ),
    ),
    Endpoint(
        "GET",
        "/sequence/{key}",
        _sequence,
        "Answers with one status after the other, and with the last from then on.",
        parameters=keyed(),
        query={
            "statuses": listing(integer("A status.", 200, maximum=599), "The statuses, in order.", default=[503, 200])
        },
        output=_ATTEMPT,
        task=Task(
            "call-sequence",
            ("retry",),
            (
                Example("Two failures of different kinds", {"key": "a", "statuses": [502, 429, 200]}),
                Example("One that is not worth a retry", {"key": "a", "statuses": [404, 200]}, fails="NOT_FOUND"),
            ),
            settings=_QUICK,
        ),
    ),
)
