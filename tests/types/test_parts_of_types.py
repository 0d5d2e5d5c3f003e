"""What types say of the parts of their values, and schemas of themselves, at the edges (language §6)."""

from typing import Any

import pytest

from wf_engine.types import (
    ANY,
    STRING,
    apply_defaults,
    describe,
    gathered,
    is_composed,
    item_of,
    kinds,
    of_schema,
    property_of,
    schema_problems,
    to_schema,
    union,
    validate,
    validator,
    without_null,
)
from wf_engine.types.lookup import member_of
from wf_engine.types.validation import accepts

Json = Any
INT, STR = {"type": "integer"}, {"type": "string"}

MEMBERS: list[tuple[Json, str]] = [
    ({"const": {"a": 1, "b": "x"}}, '1 or "x"'),
    ({"enum": [{"a": 1}, 2, [3], {"b": 4}]}, "1 or 4"),
    ({"type": "object", "properties": {"a": INT, "b": STR}, "additionalProperties": False}, "integer or string"),
    ({"type": "object", "properties": {"a": INT}}, "any"),
    ({"type": "object", "additionalProperties": INT}, "integer"),
    (
        {"type": "object", "properties": {"a": INT}, "patternProperties": {"^x": STR}, "additionalProperties": False},
        "integer or string",
    ),
    ({"anyOf": [STR, {"type": "object", "additionalProperties": INT}]}, "integer"),
    ({"anyOf": [{"const": {"a": None}}, {"type": "array"}, {"type": "object", "additionalProperties": INT}]},
     "integer or null"),
    (STR, "nothing"),
    ({"type": "object", "additionalProperties": False}, "nothing"),
    (True, "any"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "words"), MEMBERS)
def test_the_values_of_a_map(schema: Json, words: str) -> None:
    assert describe(member_of(of_schema(schema))) == words


ITEMS: list[tuple[Json, str]] = [
    ({"const": [1, "x"]}, '1 or "x"'),
    ({"enum": [[1], 2, {"a": 3}, [4]]}, "1 or 4"),
    ({"type": "array", "items": INT}, "integer"),
    ({"type": "array", "prefixItems": [STR], "items": INT}, "integer or string"),
    ({"type": "array", "prefixItems": [STR], "items": False}, "string"),
    ({"type": "array"}, "any"),
    ({"anyOf": [STR, {"type": "array", "items": INT}]}, "integer"),
    (STR, "nothing"),
    ({"allOf": [{"prefixItems": [STR]}], "type": "array", "unevaluatedItems": False}, "string"),
    ({"allOf": [{"items": STR}], "type": "array", "unevaluatedItems": False}, "string"),
    ({"allOf": [{"prefixItems": [STR, INT]}], "type": "array", "prefixItems": [STR], "unevaluatedItems": {"const": 5}},
     "integer or string"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "words"), ITEMS)
def test_the_elements_of_a_list(schema: Json, words: str) -> None:
    assert describe(item_of(of_schema(schema))) == words


UNEVALUATED = {"type": "object", "unevaluatedProperties": False}
KEYS: list[tuple[Json, str, str]] = [
    ({"type": "object", "properties": {"a": INT}, "required": ["a"]}, "a", "required"),
    ({"type": "object", "properties": {"a": INT}}, "a", "optional"),
    ({"type": "object", "properties": {"a": INT}}, "b", "undeclared"),
    ({"type": "object", "properties": {"a": INT}, "additionalProperties": False}, "b", "forbidden"),
    ({"type": "object", "properties": {"a": INT}, "additionalProperties": True}, "b", "allowed"),
    ({"type": "object", "properties": {"a": INT}, "patternProperties": {"^b": STR}}, "b", "allowed"),
    ({"type": "object", "properties": {"a": INT}, "patternProperties": {"^b": STR}}, "c", "undeclared"),
    ({"type": "object", "patternProperties": {"(?=x)": STR}, "additionalProperties": False}, "c", "allowed"),
    ({"type": "object", "properties": {"a": False}}, "a", "forbidden"),
    ({"type": "object"}, "a", "allowed"),
    (STR, "a", "none"),
    ({"const": {"a": 1}}, "a", "required"),
    ({"const": {"a": 1}}, "b", "forbidden"),
    ({"enum": [{"a": 1}, {}]}, "a", "optional"),
    ({"type": ["object", "null"], "properties": {"a": INT}, "required": ["a"]}, "a", "required"),
    ({"anyOf": [{"type": "object", "properties": {"a": INT}}, {"type": "object", "required": ["a"]}]}, "a", "optional"),
    ({"anyOf": [{"type": "object", "properties": {"a": INT}, "additionalProperties": False},
                {"type": "object", "additionalProperties": True}]}, "b", "allowed"),
    ({"anyOf": [{"type": "object", "properties": {"a": INT}, "additionalProperties": False},
                {"type": "object", "properties": {"c": INT}}]}, "b", "undeclared"),
    ({**UNEVALUATED, "allOf": [{"properties": {"a": INT}}]}, "a", "optional"),
    ({**UNEVALUATED, "allOf": [{"properties": {"a": INT}}]}, "b", "forbidden"),
    ({**UNEVALUATED, "allOf": [{"patternProperties": {"^x": INT}}]}, "x1", "allowed"),
    ({**UNEVALUATED, "allOf": [{"patternProperties": {"^x": INT}}]}, "y", "forbidden"),
    ({**UNEVALUATED, "allOf": [{"additionalProperties": INT}]}, "y", "allowed"),
    ({**UNEVALUATED, "dependentSchemas": {"a": {"properties": {"b": INT}}}, "properties": {"a": INT}}, "b", "optional"),
    ({**UNEVALUATED, "dependentSchemas": {"a": {"properties": {"b": INT}}}, "properties": {"a": INT}}, "c", "forbidden"),
    ({**UNEVALUATED, "if": {"properties": {"k": {"const": 1}}}, "then": {"properties": {"b": INT}}}, "k", "optional"),
    ({"type": "object", "if": {"required": ["k"]}, "then": {"required": ["a"]}}, "a", "optional"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "key", "status"), KEYS)
def test_what_is_known_of_a_key(schema: Json, key: str, status: str) -> None:
    assert property_of(of_schema(schema), key).status == status


def test_a_branch_that_is_not_written_lets_everything_through() -> None:
    type_ = of_schema({"type": ["string", "integer"], "if": STR, "then": {"const": "x"}})
    assert kinds(type_) == {"string", "integer"}
    type_ = of_schema({"type": ["string", "integer"], "if": STR, "else": {"const": 1}})
    assert kinds(type_) == {"string", "integer"}


VIOLATIONS: list[tuple[Json, Json, list[tuple[tuple[str | int, ...], str, str]]]] = [
    ({"additionalProperties": False}, {"1": 2}, [(("1",), "additionalProperties", "is not allowed here")]),
    ({"unevaluatedProperties": False}, {"1": 2}, [(("1",), "unevaluatedProperties", "is not allowed here")]),
    ({"unevaluatedItems": False}, [7], [((0,), "unevaluatedItems", "is not allowed here")]),
    ({"prefixItems": [True], "unevaluatedItems": False}, [1, 1], [((1,), "unevaluatedItems", "is not allowed here")]),
    ({"contains": STR, "unevaluatedItems": False}, ["a", 1, "b", 2.0],
     [((1,), "unevaluatedItems", "is not allowed here"), ((3,), "unevaluatedItems", "is not allowed here")]),
    ({"properties": {"a": {"additionalProperties": False}}}, {"a": {"x": 1, "y": 2}},
     [(("a", "x"), "additionalProperties", "is not allowed here"),
      (("a", "y"), "additionalProperties", "is not allowed here")]),
    ({"properties": {"a": False}}, {"a": {"x": 1}}, [(("a",), "false", "is not allowed here")]),
    (False, 1, [((), "false", "is not allowed here")]),
    ({"anyOf": [STR, INT]}, None, [((), "type", "is null, but a string or an integer is wanted")]),
    ({"anyOf": [{"const": "a"}, {"enum": ["b", "c"]}]}, "d", [((), "type", 'is "d", but "a", "b" or "c" is wanted')]),
    ({"anyOf": [{"const": "a"}, False]}, "d", [((), "type", 'is "d", but "a" is wanted')]),
    ({"anyOf": [{"type": "string", "minLength": 3}, INT]}, "d",
     [((), "minLength", "has 1 character, but at least 3 are wanted")]),
    ({"anyOf": [{"minLength": 3}, {"pattern": "x"}]}, "d", [((), "anyOf", "fits none of the 2 alternatives")]),
    ({"oneOf": [STR, {"minLength": 1}]}, "d",
     [((), "oneOf", "fits more than one of the alternatives, and exactly one is wanted")]),
    ({"oneOf": [{"properties": {"k": {"const": "a"}, "v": STR}, "required": ["k"]},
                {"properties": {"k": {"const": "b"}, "v": INT}, "required": ["k"]}]}, {"k": "b", "v": "x"},
     [(("v",), "type", "is a string, but an integer is wanted")]),
    ({"oneOf": [{"type": "object", "properties": {"v": STR}}, {"type": "array"}]}, {"v": 1},
     [(("v",), "type", "is an integer, but a string is wanted")]),
    ({"propertyNames": {"maxLength": 1}}, {"ab": 1},
     [((), "propertyNames", "has a property whose name has 2 characters, but at most 1 are wanted")]),
    ({"minItems": 2}, [1], [((), "minItems", "has 1 element, but at least 2 are wanted")]),
    ({"maxProperties": 0}, {"a": 1}, [((), "maxProperties", "has 1 key, but at most 0 are wanted")]),
    ({"enum": list(range(9))}, "x", [((), "enum", 'is "x", but 0, 1, 2, 3, 4, 5, 6 or … is wanted')]),
    ({"enum": list(range(8))}, "x", [((), "enum", 'is "x", but 0, 1, 2, 3, 4, 5, 6 or 7 is wanted')]),
    ({"type": ["null", "number"]}, "x", [((), "type", "is a string, but a number or null is wanted")]),
    ({"type": "integer"}, 1.5, [((), "type", "is a number, but an integer is wanted")]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value", "violations"), VIOLATIONS)
def test_what_breaks_a_schema_in_words(schema: Json, value: Json, violations: list[Any]) -> None:
    assert [(each.path, each.keyword, each.message) for each in validate(schema, value)] == violations


def test_what_is_no_json_value() -> None:
    (violation,) = validate({}, {1: 2})
    assert violation.message.startswith("is no JSON value")
    assert accepts(of_schema(INT), {1: 2}) is None


def test_names_of_properties_are_not_patterns_where_a_pattern_is_left_out() -> None:
    schema = {
        "pattern": "(?=x)",
        "properties": {"(": {"type": "integer"}},
        "patternProperties": {"(?=y)": False, "^z": INT},
    }
    assert [each.path for each in validate(schema, {"(": "a", "y": 1, "z": "a"})] == [("(",), ("z",)]


PROBLEMS: list[tuple[Json, list[tuple[str | int, ...]]]] = [
    ({"patternProperties": {"(?=a)": True, "^b": True}}, [("patternProperties", "(?=a)")]),
    ({"allOf": [True, {"$ref": "#/x"}]}, [("allOf", 1, "$ref")]),
    ({"anyOf": [{"not": {"$ref": "#/x"}}]}, [("anyOf", 0, "not", "$ref")]),
    ({"properties": {"a": {"items": {"pattern": "(?=x)"}}}}, [("properties", "a", "items", "pattern")]),
    ({"$defs": {"a": {"$ref": "other.json"}}}, [("$defs", "a", "$ref")]),
    ({"const": {"a": {"$ref": "#/x"}}, "default": {"properties": {"a": {"$ref": "#/x"}}}}, []),
    ({"const": {"$ref": "#/x"}, "enum": [{"pattern": "(?=x)"}], "default": {"$ref": "#/x"}}, []),
    ({"properties": {"$ref": {"type": "string"}, "pattern": {"type": "string"}}}, []),
    ({"type": "strng", "pattern": "^a"}, [("type",)]),
    ({"$dynamicRef": "#nowhere"}, [("$dynamicRef",)]),
    ({"$anchor": "here", "properties": {"a": {"$ref": "#here"}}}, []),
    (True, []),
]


@pytest.mark.parametrize(("schema", "paths"), PROBLEMS)
def test_where_a_schema_is_wrong(schema: Json, paths: list[Any]) -> None:
    assert [each.path for each in schema_problems(schema)] == paths


def test_a_pattern_takes_the_place_of_what_is_said_of_other_properties() -> None:
    schema = {
        "patternProperties": {"^x": {"properties": {"b": {"default": 1}}}},
        "additionalProperties": {"properties": {"c": {"default": 2}}},
    }
    assert apply_defaults(schema, {"x": {}, "y": {}}) == {"x": {"b": 1}, "y": {"c": 2}}
    schema = {"properties": {"a": {"properties": {"b": {"default": 1}}}}, **schema}
    assert apply_defaults(schema, {"a": {}}) == {"a": {"b": 1}}


UNUSABLE: list[Json] = [
    {"type": ["text"]},
    {"type": []},
    {"type": "text"},
    {"minLength": -1},
    {"required": "abc"},
    {"dependentRequired": {"a": "b"}},
    {"enum": "abc"},
    {"multipleOf": 0},
    {"multipleOf": "x"},
    {"const": "\udabc"},
    {5: "x"},
    {"title": "", "description": "", "default": 1, "examples": [], "deprecated": True},
]


@pytest.mark.parametrize("schema", UNUSABLE)
def test_what_says_nothing_is_anything(schema: Json) -> None:
    type_ = of_schema(schema)
    assert describe(type_) == "any"
    assert describe(union(type_, STRING)) == "any"


BROKEN: list[Json] = [
    {"allOf": [True], "$ref": "#/allOf/5"},
    {"allOf": 5, "$ref": "#/x"},
    {"properties": 5, "$ref": "#/x"},
    {"$id": "http://a/b", "properties": {"x": {"$id": "http://["}}, "$ref": "#/x"},
]


@pytest.mark.parametrize("schema", BROKEN)
def test_a_reference_into_what_is_broken_allows_anything(schema: Json) -> None:
    assert kinds(of_schema(schema)) == kinds(ANY)


def test_an_anchor_in_a_value_is_none() -> None:
    assert kinds(of_schema({"enum": [{"$anchor": "a", "type": "string"}], "$ref": "#a"})) == {"object"}


UNIONS: list[tuple[Json, Json, Json]] = [
    ({"enum": ["a", "b"]}, {"const": "c"}, {"enum": ["a", "b", "c"]}),
    ({"const": "a", "title": "A"}, {"const": "b"}, {"anyOf": [{"const": "a", "title": "A"}, {"const": "b"}]}),
    (
        {"type": "string", "anyOf": [{"minLength": 2}, {"maxLength": 1}]},
        INT,
        {"anyOf": [{"type": "integer"}, {"type": "string", "anyOf": [{"minLength": 2}, {"maxLength": 1}]}]},
    ),
]


@pytest.mark.parametrize(("left", "right", "both"), UNIONS)
def test_unions(left: Json, right: Json, both: Json) -> None:
    assert to_schema(union(of_schema(left), of_schema(right))) == both


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"type": ["string", "null"], "not": {"type": "string", "minLength": 3}}, {"string", "null"}),
        ({"type": "string", "then": INT}, {"string"}),
        ({"const": "\U0001f600"}, {"string"}),
    ],
)
def test_kinds(schema: Json, found: set[str]) -> None:
    assert kinds(of_schema(schema)) == found


def test_null_is_taken_out_of_what_is_combined_with_anything() -> None:
    assert kinds(without_null(of_schema({"allOf": [{"type": ["string", "null"]}, {}]}))) == {"string"}


def test_a_type_is_equal_to_types_only() -> None:
    assert STRING != "string"
    in_order = {"$ref": "#/$defs/a", "$defs": {"a": {"type": "string", "minLength": 1}}}
    assert of_schema(in_order) == of_schema({"$defs": {"a": {"minLength": 1, "type": "string"}}, "$ref": "#/$defs/a"})


def test_what_a_part_looks_at_without_reserve_is_allowed() -> None:
    allowing = of_schema({"allOf": [{"unevaluatedProperties": True}], "unevaluatedProperties": False})
    assert property_of(allowing, "x").status != "forbidden"


def test_a_validator_is_used_many_times() -> None:
    check = validator(STRING)
    assert check("x") == check("y") == []
    assert [violation.keyword for violation in check(5)] == ["type"]


@pytest.mark.parametrize(
    ("schema", "composed"),
    [({"$ref": "#/$defs/a"}, True), ({"not": STR}, True), ({"oneOf": [STR]}, True), (STR, False), ("$ref", False)],
)
def test_whether_other_schemas_say_more(schema: Json, composed: bool) -> None:
    assert is_composed(schema) is composed


def test_what_one_object_lacks_is_gathered() -> None:
    inner = {"type": "object", "required": ["x", "y", "z"]}
    patterns = {"allOf": [{"pattern": "^a"}, {"pattern": "b$"}]}
    schema = {"properties": {"o": inner, "p": patterns}, "required": ["q"]}
    found = gathered(validate(schema, {"o": {}, "p": "-"}))
    assert sorted((each.path, each.keyword, each.message) for each in found) == [
        ((), "required", "lacks the required property `q`"),
        (("o",), "required", "lacks the required properties `x`, `y` and `z`"),
        (("p",), "pattern", "does not match the pattern `^a`"),
        (("p",), "pattern", "does not match the pattern `b$`"),
    ]
