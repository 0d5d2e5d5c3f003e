"""The samples of the first seeds, one for one: a mock run gives the same answers in every version (language §7)."""

from typing import Any

import pytest

from wf_engine.types import of_schema, sample, validate
from wf_engine.types.sampling import draw

SAMPLES: dict[str, tuple[Any, list[Any]]] = {
    "a text": ({"type": "string"}, ["text", "text1", "text2", "text3"]),
    "a text of a length": (
        {"type": "string", "minLength": 7, "maxLength": 9},
        ["textxxx", "text1xx", "text2xx", "text3xx"],
    ),
    "a short text": ({"type": "string", "maxLength": 2}, ["te", "te", "te", "te"]),
    "a text for a pattern": ({"type": "string", "pattern": "^[a-c]{2}-\\d+$"}, ["aa-0", "bb-1", "cc-2", "aa-3"]),
    "a text for two patterns": (
        {"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "b$"}], "minLength": 3},
        ["aab", "aab", "aab", "aab"],
    ),
    "a text filled to its length": (
        {"type": "string", "pattern": "x$", "minLength": 4},
        ["aaax", "aaax", "aaax", "aaax"],
    ),
    "a date": ({"type": "string", "format": "date"}, ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]),
    "a format that nobody knows": ({"type": "string", "format": "colour"}, ["text", "text1", "text2", "text3"]),
    "a whole number": ({"type": "integer"}, [0, 1, 2, 0]),
    "a whole number from 3 up": ({"type": "integer", "minimum": 3}, [3, 4, 5, 3]),
    "a whole number above 3": ({"type": "integer", "exclusiveMinimum": 3}, [4, 5, 6, 4]),
    "a whole number from 2.5 up": ({"type": "integer", "minimum": 2.5}, [3, 4, 5, 3]),
    "a whole number up to -3": ({"type": "integer", "maximum": -3}, [-13, -12, -11, -13]),
    "a whole number up to 3": ({"type": "integer", "maximum": 3}, [0, 1, 2, 0]),
    "a whole number up to 0": ({"type": "integer", "maximum": 0}, [-10, -9, -8, -10]),
    "a multiple of 4 and 6 from 7 up": (
        {"type": "integer", "minimum": 7, "allOf": [{"multipleOf": 4}, {"multipleOf": 6}]},
        [12, 24, 36, 12],
    ),
    "a number": ({"type": "number"}, [0, 0.5, 1, 1.5]),
    "a number that is not whole": ({"type": "number", "not": {"type": "integer"}}, [0.5, 1.5, 0.5, 1.5]),
    "a number not whole between": (
        {"type": "number", "minimum": 0.2, "maximum": 0.7, "not": {"type": "integer"}},
        [0.44999999999999996, 0.3666666666666667, 0.325, 0.44999999999999996],
    ),
    "a number not whole from 2.5 up": (
        {"type": "number", "minimum": 2.5, "not": {"type": "integer"}},
        [2.75, 2.75, 2.75, 2.75],
    ),
    "a number not whole from 2 up": (
        {"type": "number", "minimum": 2, "not": {"type": "integer"}},
        [2.5, 3.5, 2.5, 3.5],
    ),
    "a number not whole up to -4": (
        {"type": "number", "maximum": -4.5, "not": {"type": "integer"}},
        [-14.25, -14.25, -14.25, -14.25],
    ),
    "a multiple of a half": (
        {"type": "number", "multipleOf": 0.5, "minimum": 3, "not": {"type": "integer"}},
        [3.5, 4.5, 4.5, 5.5],
    ),
    "a boolean": ({"type": "boolean"}, [True, False, True, False]),
    "null": ({"type": "null"}, [None, None, None, None]),
    "null last": ({"type": ["null", "integer"]}, [0, None, 1, None]),
    "each kind in turn": ({"type": ["string", "boolean", "integer"]}, ["text", 0, True, "text1"]),
    "an enum": ({"enum": ["a", 1, None]}, ["a", 1, None, "a"]),
    "an enum of one kind": ({"enum": ["a", "b", "c"], "type": "string"}, ["a", "b", "c", "a"]),
    "anything": (True, ["text", {}, ["text"], "text"]),
    "a kind by its keywords": ({"minLength": 2}, ["text", "text1", "text2", "text3"]),
    "a map by its keywords": ({"required": ["a"]}, [{"a": "text"}, {"a": {}}, {"a": ["text"]}, {"a": "text"}]),
    "a list by its keywords": ({"minItems": 1}, [["text"], [{}], [["text"]], ["text"]]),
    "a whole number by its keywords": ({"minimum": 4}, [4, 5, 6, 4]),
    "a list": ({"type": "array"}, [["text"], [{}], [["text"]], ["text"]]),
    "a list of texts": ({"type": "array", "items": {"type": "string"}}, [["text"], ["text1"], ["text2"], ["text3"]]),
    "a list of at least three": (
        {"type": "array", "items": {"type": "integer"}, "minItems": 3},
        [[0, 0, 0], [1, 1, 1], [2, 2, 2], [0, 0, 0]],
    ),
    "a list without doubles": (
        {"type": "array", "items": {"enum": ["a", "b", "c", "d"]}, "minItems": 3, "uniqueItems": True},
        [["a", "b", "c"], ["b", "c", "d"], ["c", "d", "a"], ["d", "a", "b"]],
    ),
    "a list of at most none": ({"type": "array", "items": {"type": "integer"}, "maxItems": 0}, [[], [], [], []]),
    "a tuple": (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]},
        [["text", 0, True], ["text1", 1, False], ["text2", 2, True], ["text3", 0, False]],
    ),
    "a tuple of at most two": (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}], "maxItems": 2},
        [["text", 0], ["text1", 1], ["text2", 2], ["text3", 0]],
    ),
    "a tuple of at least four": (
        {
            "type": "array",
            "prefixItems": [{"type": "string"}, {"type": "integer"}],
            "items": {"type": "boolean"},
            "minItems": 4,
        },
        [["text", 0, True, True], ["text1", 1, False, False], ["text2", 2, True, True], ["text3", 0, False, False]],
    ),
    "a tuple with a place for nothing": (
        {"type": "array", "prefixItems": [{"type": "string"}, False]},
        [["text"], ["text1"], ["text2"], ["text3"]],
    ),
    "a list that contains": (
        {"type": "array", "contains": {"const": "x"}, "minContains": 2, "items": {"type": "string"}, "minItems": 3},
        [["x", "x", "text"], ["x", "x", "text1"], ["x", "x", "text2"], ["x", "x", "text3"]],
    ),
    "a list that contains one": ({"type": "array", "contains": {"type": "integer"}}, [[0], [1], [2], [0]]),
    "lists in lists": (
        {
            "type": "array",
            "items": {
                "type": "array",
                "items": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "array", "items": {"type": "array"}}},
                },
            },
        },
        [[[[[]]]], [[[[]]]], [[[[]]]], [[[[]]]]],
    ),
    "a map": ({"type": "object"}, [{}, {}, {}, {}]),
    "a map with optional keys": (
        {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}, "required": ["id"]},
        [{"id": 0, "name": "text"}, {"id": 1, "name": "text1"}, {"id": 2, "name": "text2"}, {"id": 0, "name": "text3"}],
    ),
    "a map with room for one": (
        {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}, "maxProperties": 1},
        [{"id": 0}, {"id": 1}, {"id": 2}, {"id": 0}],
    ),
    "a map with a key that has no value": (
        {"type": "object", "properties": {"id": False, "next": {"type": "integer"}}},
        [{"next": 0}, {"next": 1}, {"next": 2}, {"next": 0}],
    ),
    "a map of at least two": (
        {"type": "object", "minProperties": 2},
        [
            {"key1": "text", "key2": "text"},
            {"key1": {}, "key2": {}},
            {"key1": ["text"], "key2": ["text"]},
            {"key1": "text", "key2": "text"},
        ],
    ),
    "a map of at least two numbers": (
        {"type": "object", "minProperties": 2, "additionalProperties": {"type": "integer"}},
        [{"key1": 0, "key2": 0}, {"key1": 1, "key2": 1}, {"key1": 2, "key2": 2}, {"key1": 0, "key2": 0}],
    ),
    "a map of named keys": (
        {"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^x[0-9]$"}},
        [
            {"x0": "text", "x1": "text"},
            {"x0": {}, "x1": {}},
            {"x0": ["text"], "x1": ["text"]},
            {"x0": "text", "x1": "text"},
        ],
    ),
    "a map of named keys and one that is required": (
        {"type": "object", "minProperties": 3, "required": ["x1"], "propertyNames": {"pattern": "^x[0-9]$"}},
        [
            {"x1": "text", "x0": "text", "x2": "text"},
            {"x1": {}, "x0": {}, "x2": {}},
            {"x1": ["text"], "x0": ["text"], "x2": ["text"]},
            {"x1": "text", "x0": "text", "x2": "text"},
        ],
    ),
    "a map of keys by a pattern": (
        {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {"^p": {"type": "integer"}},
            "additionalProperties": False,
        },
        [{"p": 0}, {"p": 1}, {"p": 2}, {"p": 0}],
    ),
    "keys that ask for others": (
        {
            "type": "object",
            "required": ["a"],
            "dependentRequired": {"a": ["b"], "b": ["c"]},
            "properties": {"b": {"const": 1}},
        },
        [
            {"a": "text", "b": 1, "c": "text"},
            {"a": {}, "b": 1, "c": {}},
            {"a": ["text"], "b": 1, "c": ["text"]},
            {"a": "text", "b": 1, "c": "text"},
        ],
    ),
    "maps in maps": (
        {
            "type": "object",
            "properties": {
                "a": {
                    "type": "object",
                    "properties": {
                        "b": {
                            "type": "object",
                            "properties": {
                                "c": {
                                    "type": "object",
                                    "properties": {"d": {"type": "object", "properties": {"e": {"type": "integer"}}}},
                                }
                            },
                        }
                    },
                }
            },
        },
        [{"a": {"b": {"c": {}}}}, {"a": {"b": {"c": {}}}}, {"a": {"b": {"c": {}}}}, {"a": {"b": {"c": {}}}}],
    ),
    "a list of itself": (
        {"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": "integer"}}, "required": ["v"]},
        [
            {"v": 0, "next": {"v": 0, "next": {"v": 0, "next": {"v": 0}}}},
            {"v": 1, "next": {"v": 1, "next": {"v": 1, "next": {"v": 1}}}},
            {"v": 2, "next": {"v": 2, "next": {"v": 2, "next": {"v": 2}}}},
            {"v": 0, "next": {"v": 0, "next": {"v": 0, "next": {"v": 0}}}},
        ],
    ),
    "one of two": (
        {
            "oneOf": [
                {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
                {"type": "string"},
            ]
        },
        [{"a": 0}, "text", {"a": 1}, "text1"],
    ),
    "exactly one of two": (
        {"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}]},
        [{"a": "text"}, {"b": "text"}, {"a": {}}, {"b": {}}],
    ),
    "not that one": ({"type": "string", "not": {"const": "text"}}, ["text1", "text1", "text2", "text3"]),
    "both": (
        {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"enum": ["x", "y"]}}}]},
        [{"a": "x"}, {"a": "y"}, {"a": "x"}, {"a": "y"}],
    ),
    "examples first": ({"type": "string", "examples": ["Ada", "Bob"], "default": "Cy"}, ["Ada", "Bob", "Ada", "Bob"]),
    "the default first": ({"type": "string", "examples": [5], "default": "Cy"}, ["Cy", "Cy", "Cy", "Cy"]),
    "neither, where both are wrong": (
        {"type": "string", "examples": [5], "default": 6},
        ["text", "text1", "text2", "text3"],
    ),
    "nothing": (False, [None, None, None, None]),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    schema, samples = SAMPLES[name]
    assert [sample(of_schema(schema), seed) for seed in range(4)] == samples


UNSATISFIABLE = {"allOf": [{"type": "string"}, {"type": "integer"}]}
INTEGER = {"type": "integer"}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (
            {
                "type": "object",
                "properties": {
                    "a": {"type": "integer", "not": {"enum": [0, 1]}},
                    "b": {"type": "integer", "not": {"enum": [0, 2]}},
                },
                "required": ["a", "b"],
            },
            {"a": 2, "b": 1},
        ),
        ({"type": "object", "properties": {"a": UNSATISFIABLE, "b": INTEGER}}, {"b": 0}),
        ({"type": "array", "prefixItems": [INTEGER, UNSATISFIABLE, {"type": "string"}]}, [0]),
        ({"type": "string", "pattern": "^[\\b-x]$"}, "-"),
    ],
)
def test_what_is_hard_to_find(schema: Any, value: Any) -> None:
    assert sample(of_schema(schema)) == value


@pytest.mark.parametrize("properties", [{"a": INTEGER}, {"b": False, "a": INTEGER}])
def test_a_small_value_has_as_many_properties_as_it_must(properties: Any) -> None:
    closed = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}
    assert draw(of_schema(closed)) == {"a": 0}


def test_the_tenth_date_is_one() -> None:
    date = of_schema({"type": "string", "format": "date"})
    assert validate(date, draw(date, 9)) == []
