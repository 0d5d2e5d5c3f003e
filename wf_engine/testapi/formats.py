"""Answers that are no JSON, and answers that are elsewhere."""

from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import flag, integer, record, text


def _plain_text(_call: Call) -> Answer:
    return Answer(body="Grüße, 世界\n".encode(), content_type="text/plain; charset=utf-8")


def _binary(_call: Call) -> Answer:
    return Answer(body=bytes(range(256)), content_type="application/octet-stream")


def _redirect(call: Call) -> Answer:
    left = call.given["count"]
    if left == 0:
        return answer({"redirected": True})
    target = call.given.get("to") or f"/redirect/{left - 1}"
    return Answer(call.given["status"], content_type=None, headers={"Location": target})


ENDPOINTS = (
    Endpoint(
        "GET",
        "/text",
        _plain_text,
        "Gives plain text beyond ASCII.",
        output=text("The text."),
        task=Task("get-plain-text", ("read",), (Example("As it always is"),)),
    ),
    Endpoint(
        "GET",
        "/binary",
        _binary,
        "Gives 256 bytes of application/octet-stream, which no workflow takes.",
        output=text("Nothing that there is."),
        task=Task("get-binary", ("failure",), (Example("Every time", fails="SERVICE_ERROR"),)),
    ),
    Endpoint(
        "GET",
        "/redirect/{count}",
        _redirect,
        "Sends its caller somewhere else, a few times.",
        parameters={"count": integer("How often.", maximum=100)},
        query={
            "to?": text("Where to; without it here again, once less."),
            "status": integer("With which status.", 301, maximum=308, default=302),
        },
        output=record({"redirected": flag("True.")}),
        task=Task(
            "follow-redirects",
            ("read",),
            (
                Example("Two of them", {"count": 2}),
                Example("More than are followed", {"count": 6}, fails="NETWORK_ERROR"),
            ),
        ),
    ),
)
