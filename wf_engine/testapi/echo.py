"""The endpoint that says what it was asked, for every method."""

import json
from typing import Any

from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import record, text


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


_SAID = record(
    {
        "method": text("The method."),
        "path": text("The path as it was sent."),
        "query": {"type": "object", "description": "Each query parameter with its value, or a list of several."},
        "headers": {"type": "object", "description": "The headers, their names in lower case."},
        "body": {"description": "What was sent: JSON as it is, anything else as a text, null for nothing."},
    }
)
_WITH_BODY = ("POST", "PUT", "PATCH")


def _endpoint(method: str) -> Endpoint:
    """What is sent goes into the body, or where there is none into the query."""
    sends = method in _WITH_BODY
    task = Task(
        f"echo-{method.lower()}",
        ("echo",),
        (Example("A word", {"say": "hello"}),),
        input={"say": {"description": "Anything."} if sends else text("Any text.")},
        query={} if sends else {"say": "{{input.say}}"},
        body={"say": "{{input.say}}"} if sends else {},
        varies=True,
    )
    return Endpoint(
        method, "/echo{rest:path}", _echo, f"Says what it was sent with {method}, to any path below.", _SAID, task
    )


ENDPOINTS = tuple(_endpoint(method) for method in ("GET", "POST", "PUT", "PATCH", "DELETE"))
