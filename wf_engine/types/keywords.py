"""The keywords of JSON Schema 2020-12 that this layer reads, and what a usable value of each is."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from wf_engine.types.model import DEEPEST, Json

KINDS: Final = ("null", "boolean", "integer", "number", "string", "array", "object")


class _Unusable:
    """What stands where a document holds no JSON value, so that the keyword around it counts as absent."""


_UNUSABLE: Final = _Unusable()


def plain(value: object, depth: int = 0) -> Json:
    """A copy in plain JSON types; what is no JSON, or is nested too deeply, is marked so that `usable` refuses it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return value if value.isascii() or _encodable(value) else _UNUSABLE
    if isinstance(value, float):
        return value if math.isfinite(value) else _UNUSABLE
    if depth >= DEEPEST:
        return _UNUSABLE
    if isinstance(value, Mapping):
        return {k: plain(v, depth + 1) for k, v in value.items() if isinstance(k, str) and _encodable(k)}
    if isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    return _UNUSABLE


def usable(value: Json) -> bool:
    """Whether a value that `plain` made is JSON throughout."""
    if isinstance(value, dict):
        return all(map(usable, value.values()))
    if isinstance(value, list):
        return all(map(usable, value))
    return value is not _UNUSABLE


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _is_type(value: Json) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) and item in KINDS for item in value)
    return isinstance(value, str) and value in KINDS


def is_number(value: Json) -> bool:
    """Whether it is a JSON number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_count(value: Json) -> bool:
    return is_number(value) and value >= 0 and value == int(value)


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _is_flag(value: Json) -> bool:
    return isinstance(value, bool)


def _is_names(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_dependencies(value: Json) -> bool:
    return isinstance(value, dict) and all(map(_is_names, value.values()))


def _is_values(value: Json) -> bool:
    return isinstance(value, list) and usable(value)


ANNOTATIONS: Final = frozenset({"title", "description", "default", "examples", "deprecated"})
"""What says something to people and to samples, and nothing about which values are valid."""

VALUE_KEYWORDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "title": _is_text,
    "description": _is_text,
    "default": usable,
    "examples": _is_values,
    "deprecated": _is_flag,
    "type": _is_type,
    "enum": _is_values,
    "const": usable,
    "required": _is_names,
    "dependentRequired": _is_dependencies,
    "minProperties": _is_count,
    "maxProperties": _is_count,
    "minItems": _is_count,
    "maxItems": _is_count,
    "uniqueItems": _is_flag,
    "minContains": _is_count,
    "maxContains": _is_count,
    "minLength": _is_count,
    "maxLength": _is_count,
    "pattern": _is_text,
    "format": _is_text,
    "minimum": is_number,
    "maximum": is_number,
    "exclusiveMinimum": is_number,
    "exclusiveMaximum": is_number,
    "multipleOf": lambda value: is_number(value) and value > 0,
}


def canonical(value: Json) -> Json:
    """A usable value as the meta-schema wants it: counts as integers, names without doubles."""
    if isinstance(value, float) and value == int(value):
        return int(value)
    if isinstance(value, list):
        return list(dict.fromkeys(value))
    return {name: canonical(names) for name, names in value.items()} if isinstance(value, dict) else value


STRICT_KEYWORDS: Final = frozenset({"type", "required", "dependentRequired"}) | {
    keyword for keyword, check in VALUE_KEYWORDS.items() if check is _is_count
}
"""Those whose values are read through `canonical`."""

SCHEMA_KEYWORDS: Final = frozenset(
    {
        "items",
        "contains",
        "additionalProperties",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "not",
        "if",
        "then",
        "else",
    }
)
LIST_KEYWORDS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
MAP_KEYWORDS: Final = frozenset({"properties", "patternProperties", "dependentSchemas"})
DEFINITION_KEYWORDS: Final = frozenset({"$defs", "definitions"})
_MARKS: Final = frozenset(
    {"$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment"}
)
_REMARKS: Final = frozenset({"readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema"})
KEYWORDS: Final = (
    frozenset(VALUE_KEYWORDS) | SCHEMA_KEYWORDS | LIST_KEYWORDS | MAP_KEYWORDS | DEFINITION_KEYWORDS | _MARKS | _REMARKS
)
"""All that JSON Schema 2020-12 knows, and `definitions` of before."""
IN_PLACE_KEYWORDS: Final = frozenset({"not", "if", "then", "else", "allOf", "anyOf", "oneOf", "dependentSchemas"})
"""Those whose schemas apply to the same value as the schema around them."""


def is_composed(schema: object) -> bool:
    """Whether other schemas, referred to or written in place, say more of the same value."""
    return isinstance(schema, Mapping) and ("$ref" in schema or not IN_PLACE_KEYWORDS.isdisjoint(schema))
