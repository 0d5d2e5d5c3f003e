"""Types in words."""

from typing import Any

import pytest

from wf_engine.types import describe, of_schema

Json = Any

_USER = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}, "required": ["id"]}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (True, "any"),
        ({}, "any"),
        (False, "nothing"),
        ({"type": "string"}, "string"),
        ({"type": ["integer", "null"]}, "integer or null"),
        ({"type": ["integer", "string", "null"]}, "integer, string or null"),
        ({"type": "string", "format": "date"}, "string (date)"),
        ({"type": "array"}, "list"),
        ({"type": "array", "items": {"type": "string"}}, "list of string"),
        ({"type": "array", "items": {"type": ["string", "null"]}}, "list of (string or null)"),
        ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, "[string]"),
        ({"type": "array", "prefixItems": [{"type": "string"}]}, "[string, …]"),
        ({"type": "object"}, "object"),
        ({"type": "object", "additionalProperties": False}, "{}"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "map of integer"),
        (_USER, "{id: string, name?: string}"),
        ({"properties": {"a": True}}, "{a?: any}"),
        ({"type": "array", "items": _USER}, "list of {id: string, name?: string}"),
        (
            {"type": "object", "properties": {"u": {"type": "object", "properties": {"v": _USER}}}},
            "{u?: {v?: object}}",
        ),
        (
            {"type": "object", "properties": {f"p{n}": {"type": "null"} for n in range(10)}},
            "{p0?: null, p1?: null, p2?: null, p3?: null, p4?: null, p5?: null, p6?: null, p7?: null, …}",
        ),
        ({"const": "a"}, '"a"'),
        ({"const": "x" * 60}, '"' + "x" * 38 + "…"),
        ({"enum": [1, True, None]}, "1, true or null"),
        ({"enum": list(range(20))}, "0, 1, 2, 3, 4, 5, 6 or …"),
        ({"anyOf": [{"type": "string"}, {"type": "string", "minLength": 1}]}, "string"),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"allOf": [_USER, {"required": ["name"]}]}, "{id: string, name?: string} and object"),
        ({"$ref": "#/$defs/u", "$defs": {"u": _USER}}, "{id: string, name?: string}"),
        (
            {"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": "null"}}},
            "{next?: object, v?: null}",
        ),
        ({"minimum": 3}, "any value with conditions"),
    ],
)
def test_describe(schema: Json, words: str) -> None:
    assert describe(of_schema(schema)) == words


def test_depth() -> None:
    type_ = of_schema({"type": "object", "properties": {"u": _USER, "l": {"type": "array", "items": _USER}}})
    assert describe(type_, 0) == "object"
    assert describe(type_, 1) == "{u?: object, l?: list}"
    assert describe(type_, 3) == "{u?: {id: string, name?: string}, l?: list of {id: string, name?: string}}"
