"""Where references lead inside a schema, and that following them always ends."""

from typing import Any

import pytest

from wf_engine.types import ANY, Answer, assignable, kinds, of_schema, sample, validate

Json = Any
_TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("#/allOf/0", {"string"}),
        ("#/allOf/1/properties/x~1y", {"integer"}),
        ("#/allOf/1/properties/a~0b", {"boolean"}),
        ("#/allOf/1/properties/%25", {"null"}),
        ("#named", {"array"}),
        ("inner#deep", {"number", "integer"}),
        ("https://example.com/root/inner", {"object"}),
        ("#/$defs/pointed/$defs/more", {"array"}),
        ("#/allOf/2", None),
        ("#/allOf/x", None),
        ("#/allOf/-1", None),
        ("#/allOf/٣", None),
        ("#/nowhere", None),
        ("#/title", None),
        ("#nobody", None),
        ("https://example.com/other", None),
        ("http://[", None),
    ],
)
def test_where_a_reference_leads(reference: str, found: set[str] | None) -> None:
    schema = {
        "$id": "https://example.com/root/",
        "title": "t",
        "properties": {"probe": {"$ref": reference}},
        "allOf": [
            _TEXT,
            {"properties": {"x/y": {"type": "integer"}, "a~b": {"type": "boolean"}, "%": {"type": "null"}}},
        ],
        "$defs": {
            "named": {"$anchor": "named", "type": "array"},
            "inner": {"$id": "inner", "type": "object", "$defs": {"x": {"$anchor": "deep", "type": "number"}}},
            "pointed": {"$defs": {"more": {"type": "array"}}},
        },
    }
    type_ = of_schema(schema)
    assert isinstance(type_.schema, dict)
    probe = type_.at(type_.schema["properties"]["probe"])
    assert kinds(probe) == (kinds(ANY) if found is None else found)


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"anyOf": [{"$ref": "#"}, _TEXT]},
        {"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"$ref": "#/$defs/a"}}},
        {"if": {"$ref": "#"}, "then": _TEXT},
        {"not": {"$ref": "#"}},
        {"dependentSchemas": {"a": {"$ref": "#"}}},
        {"$dynamicRef": "#x", "$dynamicAnchor": "x"},
        {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}], "allOf": [{"$ref": "#/$defs/b"}],
         "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}], "allOf": [{"$ref": "#/$defs/a"}]},
                   "b": {"oneOf": [{"$ref": "#/$defs/a"}, True], "not": {"$ref": "#/$defs/b"}}}},
    ],
)  # fmt: skip
def test_a_schema_that_refers_to_itself_in_place_allows_more(schema: Json) -> None:
    type_ = of_schema(schema)
    assert "string" in kinds(type_)
    sample(type_)
    assert assignable(type_, type_).answer is Answer.YES
    assert assignable(of_schema({"type": "integer"}), type_).answer in set(Answer)


def test_combinators_nested_too_deeply_are_left_out() -> None:
    schema: Json = {"type": "string"}
    for _ in range(31):
        schema = {"allOf": [schema]}
    assert kinds(of_schema(schema)) == {"string"}
    for _ in range(40):
        schema = {"allOf": [schema]}
    assert "string" in kinds(of_schema(schema))


def test_the_outermost_dynamic_anchor_counts() -> None:
    schema = {
        "$id": "https://example.com/numbers",
        "$ref": "list",
        "$defs": {
            "n": {"$dynamicAnchor": "item", "type": "number"},
            "list": {
                "$id": "list",
                "type": "array",
                "items": {"$dynamicRef": "#item"},
                "$defs": {"any": {"$dynamicAnchor": "item"}},
            },
        },
    }
    assert assignable(of_schema({"type": "array", "items": {"type": "number"}}), of_schema(schema)).answer is Answer.YES
    assert validate(schema, ["a"])
    assert not validate(schema["$defs"]["list"], ["a"])
    assert not validate({**schema, "$ref": "#/$defs/list", "$defs": {**schema["$defs"], "n": {}}}, ["a"])


def test_dynamic_references_between_many_documents_are_all_followed() -> None:
    """Vocabularies that each refer to the whole: however one got there, the outermost is meant."""
    names = [f"part{number}" for number in range(8)]
    parts = {
        name: {
            "$id": f"https://example.com/{name}",
            "$dynamicAnchor": "node",
            "type": ["object", "boolean"],
            "properties": {name: {"$dynamicRef": "#node"}},
        }
        for name in names
    }
    whole = {
        "$id": "https://example.com/whole",
        "$dynamicAnchor": "node",
        "properties": {"leaf": {"type": "integer"}},
        "allOf": [{"$ref": name} for name in names],
        "$defs": parts,
    }
    assert len(of_schema(whole).definitions) <= 2 * len(names)
    for first in names:
        assert not validate(whole, {first: {"part7": {"part0": {"leaf": 1}}}})
        assert validate(whole, {first: {"part7": {"part0": {"leaf": "x"}}}})


def test_both_kinds_of_reference_count() -> None:
    schema = {
        "$ref": "#/$defs/short",
        "$dynamicRef": "#text",
        "$defs": {"short": {"maxLength": 2}, "text": {"$dynamicAnchor": "text", "type": "string"}},
    }
    assert [bool(validate(schema, value)) for value in ("ab", "abc", 1)] == [False, True, True]


@pytest.mark.parametrize("seed", range(4))
def test_a_list_without_equal_elements(seed: int) -> None:
    schema = {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3}
    assert not validate(schema, sample(of_schema(schema), seed))
