"""Reading what a request brings, by what its endpoint declares: JSON bodies strictly, the rest from its text."""

import json
import re
from typing import Any

from wf_engine.testapi.answers import ApiError
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.schemas import Schema, properties, record
from wf_engine.types import apply_defaults, validate

MAX_INTEGER = 2**31
_WHOLE = re.compile(r"-?[0-9]{1,19}", re.ASCII)
"""Longer texts are out of any range, and int() is slow on thousands of digits."""


def given(endpoint: Endpoint, call: Call) -> JsonObject:
    """The fields that the endpoint takes, with defaults; null and empty query parameters count as absent. Raises 400."""
    found = {key: _read(schema, [call.parameters[key]]) for key, schema in properties(endpoint.parameters).items()}
    for key, schema in properties(endpoint.query).items():
        texts = [each for each in call.query.get(key, ()) if each]
        if texts:
            found[key] = _read(schema, texts)
    if endpoint.body:
        found |= {key: value for key, value in _object(call).items() if value is not None}
    schema = record(endpoint.takes)
    for violation in validate(schema, found):
        place = ".".join(map(str, violation.path))
        raise invalid(f"`{place}` {violation.message}." if place else f"The request {violation.message}.")
    completed: JsonObject = apply_defaults(schema, found)
    return completed


def integer_of(text: str, name: str, minimum: int = 0, maximum: int = MAX_INTEGER) -> int:
    """The whole number that a text writes; raises 400."""
    value = _whole(text)
    if not isinstance(value, int) or not minimum <= value <= maximum:
        raise invalid(f"`{name}` must be a whole number from {minimum} to {maximum}, not `{text[:40]}`.")
    return value


def invalid(message: str) -> ApiError:
    """The request is not as it must be: 400."""
    return ApiError(400, "invalid_request", message)


def _read(schema: Schema, texts: list[str]) -> Any:
    """The value that texts write, as the schema has it; the text itself where it writes none, for the check to refuse."""
    match schema["type"]:
        case "array":
            return [_read(schema["items"], [each]) for each in texts]
        case "integer":
            return _whole(texts[-1])
        case "boolean":
            return {"true": True, "false": False}.get(texts[-1], texts[-1])
        case _:
            return texts[-1]


def _whole(text: str) -> int | str:
    return int(text) if _WHOLE.fullmatch(text) else text


def _object(call: Call) -> JsonObject:
    try:
        value = json.loads(call.body or b"{}")
    except (ValueError, RecursionError):
        raise ApiError(400, "invalid_json", "The body is no JSON.") from None
    if not isinstance(value, dict):
        raise invalid("The body must be a JSON object.")
    return value
