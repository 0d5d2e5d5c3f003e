"""Types in words."""

import json
from collections.abc import Sequence
from typing import Final

from wf_engine.types.keywords import ANNOTATIONS
from wf_engine.types.model import Json, Type

_LONGEST_VALUE: Final = 40
_MOST_ALTERNATIVES: Final = 8
_MOST_PROPERTIES: Final = 8


def describe(type_: Type, depth: int = 2) -> str:
    """The type for people: `string`, `integer or null`, `list of string`, `{id: string, name?: string}`.

    Objects and lists deeper than `depth` are only named.
    """
    return either(alternatives(type_, depth)) or "nothing"


def alternatives(type_: Type, depth: int) -> list[str]:
    """The words of `describe`, one entry for each alternative."""
    parts = list(dict.fromkeys(_words(type_, depth)))
    return parts if len(parts) <= _MOST_ALTERNATIVES else [*parts[: _MOST_ALTERNATIVES - 1], "…"]


def brief(value: Json) -> str:
    """A JSON value, cut to a length that fits a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def either(words: Sequence[str]) -> str:
    """Words as a choice: `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _words(type_: Type, depth: int) -> list[str]:
    schema = type_.schema
    if isinstance(schema, bool):
        return ["any"] if schema else []
    if "const" in schema:
        return [brief(schema["const"])]
    if "enum" in schema:
        return [brief(value) for value in schema["enum"]]
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return [_kind_words(type_, schema, name, depth) for name in names]
    return _combined_words(type_, schema, depth)


def _combined_words(type_: Type, schema: dict[str, Json], depth: int) -> list[str]:
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return [word for part in schema[keyword] for word in _words(type_.at(part), depth)]
    if "$ref" in schema:
        return _words(type_.target(schema["$ref"]), depth - 1)
    if "allOf" in schema:
        parts = [describe(type_.at(part), depth) for part in schema["allOf"]]
        return [" and ".join(f"({part})" if " or " in part else part for part in dict.fromkeys(parts) if part != "any")]
    if not schema.keys().isdisjoint({"properties", "additionalProperties", "required"}):
        return [_object_words(type_, schema, depth)]
    if not schema.keys().isdisjoint({"items", "prefixItems"}):
        return [_array_words(type_, schema, depth)]
    return ["any"] if schema.keys() <= ANNOTATIONS else ["any value with conditions"]


def _kind_words(type_: Type, schema: dict[str, Json], name: str, depth: int) -> str:
    if name == "object":
        return _object_words(type_, schema, depth)
    if name == "array":
        return _array_words(type_, schema, depth)
    if name == "string" and "format" in schema:
        return f"string ({schema['format']})"
    return name


def _object_words(type_: Type, schema: dict[str, Json], depth: int) -> str:
    declared = schema.get("properties", {})
    if not declared:
        others = schema.get("additionalProperties")
        if isinstance(others, dict) and depth > 0:
            return f"map of {_grouped(type_.at(others), depth - 1)}"
        return "{}" if others is False else "object"
    if depth <= 0:
        return "object"
    required = schema.get("required", ())
    shown = [
        f"{name}{'' if name in required else '?'}: {describe(type_.at(part), depth - 1)}"
        for name, part in list(declared.items())[:_MOST_PROPERTIES]
    ]
    return "{" + ", ".join(shown + ["…"] * (len(declared) > _MOST_PROPERTIES)) + "}"


def _array_words(type_: Type, schema: dict[str, Json], depth: int) -> str:
    prefix = schema.get("prefixItems")
    if depth <= 0 or ("items" not in schema and not prefix):
        return "list"
    if prefix:
        shown = [describe(type_.at(part), depth - 1) for part in prefix]
        return "[" + ", ".join(shown + ["…"] * (schema.get("items") is not False)) + "]"
    return f"list of {_grouped(type_.at(schema['items']), depth - 1)}"


def _grouped(type_: Type, depth: int) -> str:
    words = describe(type_, depth)
    return f"({words})" if " or " in words else words
