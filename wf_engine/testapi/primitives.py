"""Single values, one of each kind that JSON has."""

from typing import Any

from wf_engine.testapi.answers import answer
from wf_engine.testapi.calls import Endpoint, Example, Task
from wf_engine.testapi.data import moment
from wf_engine.testapi.schemas import Schema, flag, integer, number, record, text

_VALUES: dict[str, tuple[Any, Schema]] = {
    "text": ("Grüße, 世界", text("A text beyond ASCII.")),
    "integer": (42, integer("A whole number.")),
    "number": (3.25, number("A number with a fraction.")),
    "boolean": (True, flag("True.")),
    "null": (None, {"type": "null", "description": "Null."}),
    "timestamp": (moment(1), text("A moment (RFC 3339).", format="date-time")),
}
_ALL = {key: value for key, (value, _) in _VALUES.items()}


def _endpoint(kind: str, about: str, value: Any, output: Schema) -> Endpoint:
    task = Task(f"get-{kind}", ("read",), (Example("As it always is"),))
    return Endpoint("GET", f"/primitives/{kind}", lambda _call: answer(value), about, output, task)


ENDPOINTS = (
    *(
        _endpoint(kind, f"Gives a value of the kind `{kind}`, always the same.", value, schema)
        for kind, (value, schema) in _VALUES.items()
    ),
    _endpoint(
        "object", "Gives an object with a value of each kind.", _ALL, record({k: s for k, (_, s) in _VALUES.items()})
    ),
)
