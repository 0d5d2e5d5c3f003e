"""Endpoints that go wrong, each in its own way and every time."""

from wf_engine.testapi.answers import Answer, answer, status_answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.failures import FAILURES
from wf_engine.testapi.records import USER
from wf_engine.testapi.schemas import Schema, integer, record, text


def _status(call: Call) -> Answer:
    return status_answer(call.given["code"])


def _invalid(_call: Call) -> Answer:
    details = [{"field": "email", "problem": "is missing"}, {"field": "age", "problem": "must be at least 18"}]
    return answer({"error": {"code": "invalid", "message": "Two fields are not valid.", "details": details}}, 422)


def _always(kind: str, task: str, about: str, output: Schema, fails: str | None = None) -> Endpoint:
    """The endpoint that always answers in that way."""
    path = "/reset-connection" if kind == "reset" else f"/{kind}"
    settings = {"timeout": "200ms", "retry": {"maxAttempts": 1}} if fails else {}
    called = Task(task, ("failure",), (Example("Every time", fails=fails),), settings=settings)
    return Endpoint("GET", path, lambda _call: FAILURES[kind], about, output, called)


_ANYTHING = record({})

ENDPOINTS = (
    Endpoint(
        "GET",
        "/status/{code}",
        _status,
        "Answers with a status.",
        parameters={"code": integer("The status.", 200, maximum=599)},
        output=record({"status": integer("The status.", 200), "message": text("What it is called.")}),
        task=Task(
            "answer-status",
            ("failure",),
            (
                Example("All is well", {"code": 200}),
                Example("A teapot", {"code": 418}, fails="VALIDATION_ERROR"),
                Example("Nothing there", {"code": 410}, fails="NOT_FOUND"),
                Example("Not now", {"code": 503}, fails="SERVICE_ERROR"),
            ),
            settings={"retry": {"maxAttempts": 1}},
        ),
    ),
    _always("reset", "answer-reset", "Closes the connection with a TCP reset.", _ANYTHING, "NETWORK_ERROR"),
    _always("hang", "answer-never", "Never answers.", _ANYTHING, "TIMEOUT"),
    _always("truncated", "answer-half", "Sends half of what it promises, then a reset.", _ANYTHING, "NETWORK_ERROR"),
    _always("garbage", "answer-garbage", "Says that it sends JSON, and does not.", _ANYTHING, "SERVICE_ERROR"),
    _always(
        "wrong-type",
        "answer-wrong-types",
        "Gives a user whose properties all have the wrong type.",
        USER,
        "SCHEMA_MISMATCH",
    ),
    _always("html", "answer-page", "Gives a web page, as a proxy does in maintenance.", text("The page.")),
    _always("empty", "answer-nothing", "Answers 204, without a body.", {"type": "null"}),
    Endpoint(
        "POST",
        "/errors/invalid",
        _invalid,
        "Refuses whatever it is sent (422), and says which fields are at fault.",
        output=_ANYTHING,
        task=Task("answer-invalid", ("failure",), (Example("Every time", fails="VALIDATION_ERROR"),)),
    ),
)
