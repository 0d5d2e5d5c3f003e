"""JSON values as the language sees them: their kinds, their equality, their text (language §5)."""

import math
import re
from json.encoder import encode_basestring
from typing import Any

from wf_engine.expressions.errors import LimitError, MisuseError

MAX_TEXT = 10 * 1024 * 1024
"""The longest string, in code points, that an expression may make."""
MAX_ITEMS = 1_000_000
"""The longest list that a function may make."""
MAX_NUMBER = 1.7976931348623157e308
"""Integers are exact and end where the other numbers end."""

_KINDS = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    tuple: "array",
    dict: "object",
}
_NOUNS = {"null": "null", "boolean": "a boolean", "number": "a number", "string": "a string", "array": "a list"}
_NUMBER = re.compile(r"-?([0-9]++)((?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)")
_PLAIN_DIGITS = 1e21
"""Whole numbers below this are written digit by digit, larger ones with an exponent, as JavaScript does."""


def kind(value: Any) -> str:
    """One of `null boolean number string array object`."""
    found = _KINDS.get(type(value))
    if found is not None:
        return found
    return next((name for known, name in _KINDS.items() if isinstance(value, known)), "object")


def noun(name: str) -> str:
    """A kind in words: `a string`, `a list`, `a map`."""
    return _NOUNS.get(name, "a map")


def nouns(names: list[str]) -> str:
    """Kinds in words: `a string, a list or a map`."""
    words = [noun(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def equal(left: Any, right: Any) -> bool:
    """Deep equality of type and value: `1` is `1.0`, but neither `"1"` nor `true`."""
    if left is right:
        return True
    first = kind(left)
    if first != kind(right):
        return False
    if first == "array":
        return len(left) == len(right) and all(map(equal, left, right))
    if first == "object":
        return len(left) == len(right) and all(key in right and equal(left[key], right[key]) for key in left)
    return bool(left == right)


def fingerprint(value: Any) -> Any:
    """Something hashable that is the same for equal values and for no others."""
    match kind(value):
        case "boolean":
            return ("boolean", value)
        case "array":
            return ("array", tuple([fingerprint(item) for item in value]))
        case "object":
            return ("object", frozenset([(key, fingerprint(item)) for key, item in value.items()]))
    return value


def check_length(length: int) -> None:
    """Refuses to make a string longer than the limit."""
    if length > MAX_TEXT:
        message = f"The string would have more than {MAX_TEXT:,} characters, the most that an expression may make."
        raise LimitError(message)


def check_items(count: int) -> None:
    """Refuses to make a list longer than the limit."""
    if count > MAX_ITEMS:
        raise LimitError(f"The list would have more than {MAX_ITEMS:,} items, the most that a function may make.")


def number_text(value: float) -> str:
    """A number as in JSON, a whole one without a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _PLAIN_DIGITS:
        return str(int(value))
    return _digits(value)


def _digits(value: float) -> str:
    try:
        return repr(value)
    except ValueError:
        raise MisuseError("The number has too many digits to be written.") from None


def inserted(value: Any) -> str:
    """The text that a template puts in a string: strings as they are, `null` as nothing, else JSON without spaces."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else json_text(value)


def json_text(value: Any) -> str:
    """JSON without spaces; non-ASCII characters are kept and whole numbers have no fraction."""
    pieces: list[str] = []
    _write(value, pieces, [0])
    return "".join(pieces)


def _write(value: Any, pieces: list[str], length: list[int]) -> None:
    """Adds to `pieces`; `length` holds their length, since a value may hold one and the same list many times over."""
    if value is None:
        piece = "null"
    elif value is True or value is False:
        piece = "true" if value else "false"
    elif isinstance(value, str):
        piece = encode_basestring(value)
    elif isinstance(value, int | float):
        piece = number_text(value)
    else:
        _write_container(value, pieces, length)
        return
    length[0] += len(piece)
    check_length(length[0])
    pieces.append(piece)


def _write_container(value: Any, pieces: list[str], length: list[int]) -> None:
    is_map = isinstance(value, dict)
    pieces.append("{" if is_map else "[")
    separator = ""
    for item in value:
        pieces.append(separator)
        if is_map:
            _write(item, pieces, length)
            pieces.append(":")
        length[0] += 2
        _write(value[item] if is_map else item, pieces, length)
        separator = ","
    pieces.append("}" if is_map else "]")


def finite(value: float) -> float:
    """The number, or an error where it is past the largest there is."""
    if isinstance(value, int):
        if -MAX_NUMBER <= value <= MAX_NUMBER:
            return value
    elif math.isfinite(value):
        return value
    raise MisuseError(f"The number is too large: numbers go up to {MAX_NUMBER}.")


def read_number(text: str) -> float | None:
    """The number that a text spells, whole digits as an integer; None where it spells none."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    value = finite(float(text))
    if match.group(2):
        return value
    digits = int(match.group(1).lstrip("0") or "0")
    return -digits if text.startswith("-") else digits


def check_encodable(text: str) -> bytes:
    """The text in UTF-8, which half of a surrogate pair does not have."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise MisuseError("The text holds half of a character (a lone surrogate).", argument=0) from None
