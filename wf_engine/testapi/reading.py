"""Reading what a request brings: JSON bodies strictly, query parameters from their text."""

import json
from collections.abc import Collection
from typing import Any

from wf_engine.testapi.answers import ApiError
from wf_engine.testapi.calls import Call
from wf_engine.testapi.data import JsonObject

MAX_INTEGER = 2**31


def query_text(call: Call, name: str, default: str = "") -> str:
    """The last value of a query parameter."""
    values = call.query.get(name)
    return values[-1] if values else default


def query_integer(
    call: Call, name: str, default: int | None = None, minimum: int = 0, maximum: int = MAX_INTEGER
) -> int:
    """A query parameter as a whole number, required where there is no default; raises 400."""
    text = query_text(call, name)
    if text:
        return integer_of(text, name, minimum, maximum)
    if default is None:
        raise invalid(f"The query parameter `{name}` is missing.")
    return default


def query_flag(call: Call, name: str) -> bool:
    """A query parameter that is `true` or `false` (or absent: false); raises 400."""
    text = query_text(call, name, "false")
    if text not in {"true", "false"}:
        raise invalid(f"`{name}` must be true or false, not `{text}`.")
    return text == "true"


def integer_of(text: str, name: str, minimum: int = 0, maximum: int = MAX_INTEGER) -> int:
    """The whole number that a text writes; raises 400."""
    # Longer texts are out of any range, and int() is slow on thousands of digits.
    digits = text.removeprefix("-")
    number = int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None  # noqa: PLR2004
    if number is None or not minimum <= number <= maximum:
        raise invalid(f"`{name}` must be a whole number from {minimum} to {maximum}, not `{text[:40]}`.")
    return number


def invalid(message: str) -> ApiError:
    """The request is not as it must be: 400."""
    return ApiError(400, "invalid_request", message)


class Body:
    """A JSON object from a request's body, read field by field; null counts as absent. Every method raises 400."""

    def __init__(self, fields: JsonObject) -> None:
        self._fields = fields

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty; required where there is no default."""
        value = self._value(name, default)
        if not isinstance(value, str) or not value.strip():
            raise invalid(f"`{name}` must be a text that is not empty.")
        return value

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        """One of some words."""
        value = self.text(name, default)
        if value not in choices:
            raise invalid(f"`{name}` must be one of {', '.join(choices)}, not `{value}`.")
        return value

    def integer(self, name: str, default: int | None = None, minimum: int = 0, maximum: int = MAX_INTEGER) -> int:
        """A whole number; a text with digits is none."""
        value = self._value(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= maximum:
            raise invalid(f"`{name}` must be a whole number from {minimum} to {maximum}.")
        return value

    def objects(self, name: str) -> list["Body"]:
        """A list of JSON objects with at least one member."""
        value = self._value(name, None)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise invalid(f"`{name}` must be a list of objects with at least one in it.")
        return [Body(item) for item in value]

    def _value(self, name: str, default: Any) -> Any:
        value = self._fields.get(name)
        if value is None and default is None:
            raise invalid(f"`{name}` is missing.")
        return default if value is None else value


def body_of(call: Call) -> Body:
    """The request's body as a JSON object, an absent one as an empty object; raises 400."""
    try:
        value = json.loads(call.body or b"{}")
    except (ValueError, RecursionError):
        raise ApiError(400, "invalid_json", "The body is no JSON.") from None
    if not isinstance(value, dict):
        raise invalid("The body must be a JSON object.")
    return Body(value)
