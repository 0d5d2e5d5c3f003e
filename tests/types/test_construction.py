"""Types from types and values: equality, unions, null, kinds, and back to JSON Schema."""

import subprocess
import sys
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from wf_engine.types import (
    ANY,
    BOOLEAN,
    INTEGER,
    NEVER,
    NULL,
    NUMBER,
    STRING,
    Type,
    array_of,
    is_any,
    kinds,
    literal,
    may_be_null,
    nullable,
    object_of,
    of_schema,
    property_of,
    to_schema,
    union,
    without_null,
)

Json = Any

_ALL = {"null", "boolean", "integer", "number", "string", "array", "object"}
_NODE = {
    "type": "object",
    "properties": {"value": {"type": "integer"}, "next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
    "required": ["value"],
    "additionalProperties": False,
}


def test_types_are_values() -> None:
    left = of_schema({"type": "object", "properties": {"a": {"type": "string"}, "b": {}}})
    right = of_schema({"properties": {"b": {}, "a": {"type": "string"}}, "type": "object"})
    assert left == right
    assert hash(left) == hash(right)
    assert left != of_schema({"type": "object"})
    assert literal(1) != literal(True)
    assert of_schema({"type": "string"}) == STRING
    assert of_schema({}) == ANY
    assert of_schema(False) == NEVER


def test_a_type_does_not_change_with_the_schema_it_was_made_of() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    type_ = of_schema(schema)
    schema["properties"] = {}
    assert property_of(type_, "a").type == STRING


@pytest.mark.parametrize(
    ("parts", "schema"),
    [
        ([], False),
        ([STRING], {"type": "string"}),
        ([STRING, NULL, STRING], {"type": ["string", "null"]}),
        ([NULL, STRING], {"type": ["string", "null"]}),
        ([INTEGER, NUMBER], {"type": "number"}),
        ([STRING, NEVER], {"type": "string"}),
        ([STRING, ANY], True),
        ([STRING, of_schema({"description": "any"})], True),
        ([literal("a"), literal("b"), literal("a")], {"enum": ["a", "b"]}),
        ([literal("a"), STRING], {"type": "string"}),
        ([literal("a"), INTEGER], {"anyOf": [{"type": "integer"}, {"const": "a"}]}),
        ([array_of(STRING), NULL], {"anyOf": [{"type": "null"}, {"type": "array", "items": {"type": "string"}}]}),
        (
            [union(array_of(STRING), NULL), NULL, BOOLEAN],
            {"anyOf": [{"type": ["boolean", "null"]}, {"type": "array", "items": {"type": "string"}}]},
        ),
    ],
)
def test_union(parts: list[Type], schema: Json) -> None:
    assert to_schema(union(*parts)) == schema


def test_objects_and_lists() -> None:
    assert to_schema(array_of(ANY)) == {"type": "array"}
    assert to_schema(object_of({})) == {"type": "object", "properties": {}, "additionalProperties": False}
    assert to_schema(object_of({"a": STRING, "b": ANY}, ["a"], closed=False)) == {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": True},
        "required": ["a"],
    }


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (True, _ALL),
        (False, set()),
        ({"minimum": 1}, _ALL),
        ({"type": "number"}, {"integer", "number"}),
        ({"type": "integer"}, {"integer"}),
        ({"enum": [1.0, "a", None]}, {"integer", "string", "null"}),
        ({"const": 1.5}, {"number"}),
        ({"type": ["string", "integer"], "enum": ["a", True]}, {"string"}),
        ({"anyOf": [{"type": "string"}, {"const": {}}]}, {"string", "object"}),
        ({"allOf": [{"type": ["string", "null"]}, {"type": ["null", "array"]}]}, {"null"}),
        ({"not": {"type": ["string", "number"]}}, _ALL - {"string", "integer", "number"}),
        ({"type": "number", "not": {"type": "integer"}}, {"number"}),
        ({"if": {"type": "string"}, "then": {"type": "string"}, "else": {"type": "integer"}}, {"string", "integer"}),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "array"}}}, {"array"}),
    ],
)
def test_kinds(schema: Json, names: set[str]) -> None:
    assert kinds(of_schema(schema)) == names


@pytest.mark.parametrize(
    ("schema", "without"),
    [
        ({"type": ["string", "null"]}, {"type": "string"}),
        ({"type": "null"}, False),
        ({"const": None}, False),
        ({"enum": [None, 1]}, {"enum": [1]}),
        ({"enum": [None]}, False),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "string"}),
        ({"anyOf": [{"type": "string"}, {"type": "null"}], "description": "d"}, {"type": "string", "description": "d"}),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"type": ["array", "null"]}}}, {"type": "array"}),
        (
            {"allOf": [{"type": ["string", "null"]}, {"minLength": 1}]},
            {"allOf": [{"type": "string"}, {"minLength": 1}]},
        ),
        ({"anyOf": [{"type": "null"}, {"const": None}]}, False),
    ],
)
def test_without_null(schema: Json, without: Json) -> None:
    type_ = of_schema(schema)
    assert may_be_null(type_)
    assert not may_be_null(without_null(type_))
    assert to_schema(without_null(type_)) == without


def test_without_null_behind_a_reference() -> None:
    type_ = of_schema({"oneOf": [{"type": "null"}, {"$ref": "#/$defs/a"}], "$defs": {"a": {"type": "array"}}})
    assert kinds(type_) == {"null", "array"}
    assert kinds(without_null(type_)) == {"array"}


@pytest.mark.parametrize(
    "schema", [True, {"minimum": 1}, {"properties": {"a": {"type": "string"}}}, {"type": "string"}]
)
def test_what_does_not_say_null_is_not_nullable(schema: Json) -> None:
    assert not may_be_null(of_schema(schema))
    assert without_null(of_schema(schema)) == of_schema(schema)


def test_any() -> None:
    assert is_any(ANY)
    assert is_any(of_schema({"title": "t", "$comment": "c", "x-mine": 1}))
    assert is_any(literal({1, 2}))
    assert not is_any(of_schema({"minimum": 1}))
    assert nullable(ANY) == ANY


@pytest.mark.parametrize(
    "type_",
    [
        of_schema(_NODE),
        array_of(of_schema(_NODE)),
        property_of(of_schema(_NODE), "next").type,
        without_null(property_of(of_schema(_NODE), "next").type),
        union(of_schema(_NODE), STRING),
    ],
)
def test_a_recursive_type_is_self_contained_wherever_it_goes(type_: Type) -> None:
    schema = to_schema(type_)
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema)
    node = {"value": 1, "next": {"value": 2, "next": None}}
    bad = {"value": 1, "next": {"value": "2", "next": None}}
    lifted = (lambda value: [value]) if type_ == array_of(of_schema(_NODE)) else (lambda value: value)
    assert valid.is_valid(lifted(node))
    assert not valid.is_valid(lifted(bad))
    assert of_schema(schema).schema is not None


@pytest.mark.parametrize(
    ("reference", "extra", "expected"),
    [
        ("#/$defs/a", {"$defs": {"a": {"type": "string"}}}, STRING),
        ("#/definitions/a", {"definitions": {"a": {"type": "string"}}}, STRING),
        ("#/components/schemas/a~1b%20c", {"components": {"schemas": {"a/b c": {"type": "string"}}}}, STRING),
        ("#/x~0y/1", {"x~y": [{"type": "null"}, {"type": "string"}]}, STRING),
        ("#here", {"$defs": {"a": {"$anchor": "here", "type": "string"}}}, STRING),
        ("item", {"$id": "https://e.com/root", "$defs": {"a": {"$id": "item", "type": "string"}}}, STRING),
        (
            "https://e.com/item#/$defs/b",
            {"$id": "https://e.com/root", "$defs": {"a": {"$id": "item", "$defs": {"b": {"type": "string"}}}}},
            STRING,
        ),
        ("#/$defs/b", {"$defs": {"a": {"$id": "item", "$defs": {"b": {"type": "string"}}}}}, ANY),
        (
            "#/$defs/a/$defs/b",
            {"$defs": {"a": {"$id": "x", "$defs": {"b": {"$ref": "#/$defs/c"}, "c": {"type": "string"}}}}},
            STRING,
        ),
        ("#/nowhere", {}, ANY),
        ("#nowhere", {}, ANY),
        ("https://e.com/other", {"$id": "https://e.com/root"}, ANY),
        ("file:///etc/passwd", {}, ANY),
    ],
)
def test_references(reference: str, extra: dict[str, Json], expected: Type) -> None:
    type_ = of_schema({"properties": {"p": {"$ref": reference}}, **extra})
    assert kinds(property_of(type_, "p").type) == kinds(expected)


def test_importing_the_layer_loads_no_validator() -> None:
    program = (
        "import sys, wf_engine.types as t\n"
        "t.describe(t.of_schema({'type': 'object', 'properties': {'a': {'$ref': '#'}}}))\n"
        "t.assignable(t.object_of({'a': t.INTEGER}), t.object_of({'a': t.NUMBER}))\n"
        "print(*sorted(sys.modules.keys() & {'jsonschema_rs', 'jsonschema', 'referencing', 'networkx', 'asyncio'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
