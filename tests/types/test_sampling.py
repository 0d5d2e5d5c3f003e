"""Example values and defaults (language §3, §7)."""

from typing import Any

import pytest

from wf_engine.types import apply_defaults, of_schema, sample, validate

Json = Any


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 12, "maxLength": 14},
        {"type": "string", "pattern": "^[A-Z]{2,4}-\\d+(\\.[a-f]|x)?$", "minLength": 9},
        {"type": "string", "pattern": "^(GET|POST) /[\\w./-]*$"},
        {"type": "string", "pattern": "[^a-z]\\S\\D\\W", "maxLength": 6},
        {"type": "string", "pattern": "^(?:a|b){3}(?P<n>\\x41)(?<m>\\u0042)\\.$"},
        *({"type": "string", "format": name} for name in ("date", "date-time", "time", "duration", "email", "uuid")),
        *({"type": "string", "format": name} for name in ("ipv4", "ipv6", "uri", "hostname", "json-pointer", "regex")),
        {"type": "integer", "minimum": 7, "multipleOf": 5},
        {"type": "integer", "exclusiveMinimum": 7, "maximum": 8},
        {"type": "integer", "maximum": -3},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.25},
        {"type": "number", "multipleOf": 0.5, "minimum": 3, "not": {"type": "integer"}},
        {"type": "number", "maximum": -5},
        {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "contains": {"const": "x"}, "minContains": 2, "items": {"type": "string"}},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
        {"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}},
        {"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^x[0-9]$"}},
        {"type": "object", "minProperties": 1, "patternProperties": {"^x": {}}, "additionalProperties": False},
        {"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"]}, "properties": {"b": {"const": 1}}},
        {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "null"}}, "maxProperties": 1},
        {"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}]},
        {"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": "integer"}}, "required": ["v"]},
        {"type": "string", "not": {"const": "text"}},
        {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"enum": ["x"]}}}]},
    ],
)
def test_a_sample_is_valid(schema: Json) -> None:
    for seed in range(4):
        assert validate(schema, sample(of_schema(schema), seed)) == []


def test_examples_and_defaults_come_first() -> None:
    assert sample(of_schema({"type": "string", "examples": ["Ada", 5], "default": "x"})) == "Ada"
    assert sample(of_schema({"type": "string", "examples": [5], "default": "x"})) == "x"
    assert [sample(of_schema({"examples": [1, 2]}), seed) for seed in range(3)] == [1, 2, 1]


def test_optional_properties_are_filled_in() -> None:
    schema = {"properties": {"id": {"type": "integer"}, "tags": {"type": "array", "items": {"const": "t"}}}}
    assert sample(of_schema({"type": "object", **schema})) == {"id": 0, "tags": ["t"]}


def test_seeds_vary_the_sample_and_nothing_else_does() -> None:
    type_ = of_schema({"type": "object", "properties": {"id": {"type": "integer"}, "s": {"type": ["string", "null"]}}})
    assert sample(type_, 3) == sample(type_, 3)
    assert len({str(sample(type_, seed)) for seed in range(6)}) > 2


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {
            "$ref": "#/$defs/a",
            "$defs": {"a": {"required": ["a"], "type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}}},
        },
    ],
)
def test_where_there_is_no_value_the_sample_is_null(schema: Json) -> None:
    assert sample(of_schema(schema)) is None


@pytest.mark.parametrize(
    ("schema", "value", "filled"),
    [
        ({"properties": {"a": {"default": 1}}}, {}, {"a": 1}),
        ({"properties": {"a": {"default": 1}}}, {"a": None}, {"a": None}),
        ({"properties": {"a": {"default": 1}}}, "text", "text"),
        ({"properties": {"a": {"properties": {"b": {"default": 1}}}}}, {}, {}),
        ({"properties": {"a": {"properties": {"b": {"default": 1}}}}}, {"a": {}}, {"a": {"b": 1}}),
        ({"properties": {"a": {"default": {}, "properties": {"b": {"default": 1}}}}}, {}, {"a": {"b": 1}}),
        ({"items": {"properties": {"b": {"default": 1}}}}, [{}, {"b": 2}, 3], [{"b": 1}, {"b": 2}, 3]),
        ({"prefixItems": [{"properties": {"b": {"default": 1}}}]}, [{}, {}], [{"b": 1}, {}]),
        ({"additionalProperties": {"properties": {"b": {"default": 1}}}}, {"x": {}}, {"x": {"b": 1}}),
        (
            {"patternProperties": {"^x": {"properties": {"b": {"default": 1}}}}},
            {"x": {}, "y": {}},
            {"x": {"b": 1}, "y": {}},
        ),
        ({"allOf": [{"properties": {"a": {"default": 1}}}]}, {}, {"a": 1}),
        ({"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"default": 1}}}, {}, {"a": 1}),
        (
            {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"default": 1}}}]},
            {},
            {"a": 1},
        ),
        (
            {
                "oneOf": [
                    {"properties": {"k": {"const": "x"}, "a": {"default": 1}}, "required": ["k"]},
                    {"properties": {"k": {"const": "y"}, "a": {"default": 2}}, "required": ["k"]},
                ]
            },
            {"k": "y"},
            {"k": "y", "a": 2},
        ),
        (
            {
                "if": {"required": ["k"]},
                "then": {"properties": {"a": {"default": 1}}},
                "else": {"properties": {"a": {"default": 2}}},
            },
            {},
            {"a": 2},
        ),
        (
            {"properties": {"next": {"$ref": "#", "default": {}}, "v": {"default": 1}}},
            {},
            {"next": {"next": {}, "v": 1}, "v": 1},
        ),
    ],
)
def test_defaults(schema: Json, value: Json, filled: Json) -> None:
    assert apply_defaults(schema, value) == filled


def test_defaults_leave_the_value_and_the_schema_alone() -> None:
    schema = {"properties": {"a": {"default": {"list": []}}, "b": {"properties": {"c": {"default": 1}}}}}
    type_ = of_schema(schema)
    value: Json = {"b": {}}
    filled = apply_defaults(type_, value)
    assert value == {"b": {}}
    filled["a"]["list"].append(1)
    assert apply_defaults(type_, value)["a"] == {"list": []}
