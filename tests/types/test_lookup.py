"""What a type says of keys and elements (language §6)."""

from typing import Any

import pytest

from wf_engine.types import (
    ANY,
    INTEGER,
    NEVER,
    STRING,
    Lookup,
    Property,
    Type,
    array_of,
    item_of,
    literal,
    nullable,
    object_of,
    of_schema,
    properties,
    property_of,
    union,
)

Json = Any

_A = {"a": {"type": "string"}}


@pytest.mark.parametrize(
    ("schema", "key", "status", "type_"),
    [
        ({"properties": _A, "required": ["a"]}, "a", "required", STRING),
        ({"properties": _A}, "a", "optional", STRING),
        ({"properties": _A}, "b", "undeclared", ANY),
        ({"properties": _A, "required": ["b"]}, "b", "required", ANY),
        ({"properties": _A, "additionalProperties": False}, "b", "forbidden", NEVER),
        ({"properties": _A, "additionalProperties": True}, "b", "allowed", ANY),
        ({"properties": _A, "additionalProperties": {"type": "integer"}}, "b", "allowed", INTEGER),
        ({"properties": _A, "patternProperties": {"^x": {"type": "integer"}}}, "xy", "allowed", INTEGER),
        ({"properties": _A, "patternProperties": {"^x": {"type": "integer"}}}, "y", "undeclared", ANY),
        (
            {"properties": _A, "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False},
            "y",
            "forbidden",
            NEVER,
        ),
        ({"properties": _A, "patternProperties": {"(?=x)": False}, "additionalProperties": False}, "y", "allowed", ANY),
        ({"properties": _A, "unevaluatedProperties": False}, "b", "forbidden", NEVER),
        ({"properties": _A, "unevaluatedProperties": {"type": "integer"}}, "b", "allowed", INTEGER),
        ({"properties": {"a": False}}, "a", "forbidden", NEVER),
        ({"type": "object"}, "a", "allowed", ANY),
        (True, "a", "allowed", ANY),
        (False, "a", "none", NEVER),
        ({"type": "string"}, "a", "none", NEVER),
        ({"type": ["object", "null"], "properties": _A}, "a", "optional", STRING),
        ({"const": {"a": 1}}, "a", "required", literal(1)),
        ({"const": {"a": 1}}, "b", "forbidden", NEVER),
        ({"enum": [{"a": 1}, {"b": 1}, 5]}, "a", "optional", literal(1)),
        ({"allOf": [{"properties": _A}, {"required": ["a"]}]}, "a", "required", STRING),
        ({"allOf": [{"properties": _A}, {"properties": {"b": {"type": "integer"}}}]}, "b", "optional", INTEGER),
        ({"allOf": [{"properties": _A}, {"additionalProperties": False}]}, "a", "forbidden", NEVER),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"properties": _A}}}, "a", "optional", STRING),
        (
            {"anyOf": [{"type": "object", "properties": _A, "required": ["a"]}, {"type": "string"}]},
            "a",
            "required",
            STRING,
        ),
    ],
)
def test_property(schema: Json, key: str, status: str, type_: Type) -> None:
    assert property_of(of_schema(schema), key) == Lookup(type_, status)


def test_property_of_alternatives() -> None:
    closed = union(object_of({"a": STRING}), object_of({"a": INTEGER, "b": STRING}))
    assert property_of(closed, "a") == Lookup(union(STRING, INTEGER), "required")
    assert property_of(closed, "b") == Lookup(STRING, "optional")
    assert property_of(closed, "c").status == "forbidden"
    half = union(object_of({"a": STRING}), object_of({"b": STRING}, closed=False))
    assert property_of(half, "a") == Lookup(ANY, "optional")
    assert property_of(half, "c").status == "undeclared"
    assert property_of(nullable(closed), "a").status == "required"


@pytest.mark.parametrize(
    ("schema", "item"),
    [
        ({"type": "array", "items": {"type": "string"}}, STRING),
        ({"type": "array"}, ANY),
        (True, ANY),
        ({"type": "string"}, NEVER),
        ({"const": [1, "a"]}, union(literal(1), literal("a"))),
        ({"const": []}, NEVER),
        (
            {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
            union(STRING, INTEGER),
        ),
        ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, STRING),
        ({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]}, STRING),
    ],
)
def test_item(schema: Json, item: Type) -> None:
    assert item_of(of_schema(schema)) == item


def test_declared_properties_for_completion() -> None:
    type_ = of_schema(
        {
            "properties": {
                "id": {"type": "string", "description": "Its number."},
                "user": {"$ref": "#/$defs/user", "description": "Whose it is."},
                "no": False,
            },
            "required": ["id"],
            "allOf": [{"properties": {"extra": {"type": "integer"}}}],
            "$defs": {"user": {"type": "object", "properties": {"name": {"type": "string"}}}},
        }
    )
    found = properties(type_)
    assert list(found) == ["id", "user", "extra"]
    assert found["id"] == Property(of_schema({"type": "string", "description": "Its number."}), True, "Its number.")
    assert found["user"].description == "Whose it is."
    assert not found["user"].required
    assert list(properties(found["user"].type)) == ["name"]
    assert properties(STRING) == {}
    assert list(properties(literal({"x": 1}))) == ["x"]


def test_a_path_through_a_recursive_type() -> None:
    tree = of_schema({"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#"}}}})
    here = tree
    for _ in range(50):
        here = item_of(property_of(here, "kids").type)
    assert property_of(here, "kids").status == "optional"
    assert item_of(array_of(tree)) == tree
