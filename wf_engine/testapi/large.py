"""Answers that are long, wide or deep."""

from wf_engine.testapi.answers import Answer, Ending, answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import flag, integer, listing, record, text

_MAX_BYTES = 64 * 1024 * 1024


def _large(call: Call) -> Answer:
    ending = Ending.CHUNKED if call.given["chunked"] else Ending.WHOLE
    return Answer(body=b'"' + b"x" * (call.given["bytes"] - 2) + b'"', ending=ending)


def _long(call: Call) -> Answer:
    return answer([{"number": number, "group": number % 10} for number in range(1, call.given["count"] + 1)])


def _deep(call: Call) -> Answer:
    depth = call.given["depth"]
    return Answer(body=b'{"in":' * depth + b'"here"' + b"}" * depth)


def _wide(call: Call) -> Answer:
    return answer({f"key{number}": number for number in range(1, call.given["keys"] + 1)})


ENDPOINTS = (
    Endpoint(
        "GET",
        "/large",
        _large,
        "Gives a text of which the JSON has exactly so many bytes, with its length up front or in chunks.",
        query={
            "bytes": integer("How many, with both quotes.", 2, maximum=_MAX_BYTES, default=1_000_000),
            "chunked": flag("Whether to send no Content-Length.", default=False),
        },
        output=text("So many times x."),
        task=Task(
            "get-large-text",
            ("size",),
            (Example("Twelve bytes", {"bytes": 12}), Example("In chunks", {"bytes": 12, "chunked": True})),
        ),
    ),
    Endpoint(
        "GET",
        "/large/list",
        _long,
        "Gives a long list.",
        query={"count": integer("How many items.", maximum=200_000, default=10_000)},
        output=listing(
            record({"number": integer("Its number.", 1), "group": integer("The last digit of it.", maximum=9)}),
            "The items.",
        ),
        task=Task("get-long-list", ("size",), (Example("Two items", {"count": 2}),)),
    ),
    Endpoint(
        "GET",
        "/large/deep",
        _deep,
        "Gives an object in an object in an object.",
        query={"depth": integer("How deep.", 1, maximum=100_000, default=10)},
        output={"type": "object"},
        task=Task("get-deep-object", ("size",), (Example("Three deep", {"depth": 3}),)),
    ),
    Endpoint(
        "GET",
        "/large/wide",
        _wide,
        "Gives an object with many properties.",
        query={"keys": integer("How many.", maximum=100_000, default=1000)},
        output={"type": "object", "additionalProperties": {"type": "integer"}},
        task=Task("get-wide-object", ("size",), (Example("Two properties", {"keys": 2}),)),
    ),
)
