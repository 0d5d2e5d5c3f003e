"""Types in words, at every depth."""

from typing import Any

import pytest

from wf_engine.types import describe, of_schema

WORDS: dict[str, tuple[Any, list[str]]] = {
    "lists of lists": (
        {"type": "array", "items": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}},
        ["list", "list of list", "list of list of list", "list of list of list of string"],
    ),
    "maps of maps": (
        {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
            },
        },
        ["object", "map of object", "map of map of object", "map of map of map of integer"],
    ),
    "tuple": (
        {"type": "array", "prefixItems": [{"type": "array", "items": {"type": "string"}}, {"type": "integer"}]},
        ["list", "[list, integer, …]", "[list of string, integer, …]", "[list of string, integer, …]"],
    ),
    "closed tuple": (
        {"type": "array", "prefixItems": [{"type": "integer"}], "items": False},
        ["list", "[integer]", "[integer]", "[integer]"],
    ),
    "list of two kinds": (
        {"type": "array", "items": {"type": ["string", "null"]}},
        ["list", "list of (string or null)", "list of (string or null)", "list of (string or null)"],
    ),
    "map of two kinds": (
        {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        ["object", "map of (string or null)", "map of (string or null)", "map of (string or null)"],
    ),
    "objects in objects": (
        {
            "type": "object",
            "properties": {
                "a": {
                    "type": "object",
                    "properties": {"b": {"type": "object", "properties": {"c": {"type": "string"}}}},
                }
            },
            "required": ["a"],
        },
        ["object", "{a: object}", "{a: {b?: object}}", "{a: {b?: {c?: string}}}"],
    ),
    "eight properties": (
        {
            "type": "object",
            "properties": {
                "p0": True,
                "p1": True,
                "p2": True,
                "p3": True,
                "p4": True,
                "p5": True,
                "p6": True,
                "p7": True,
            },
        },
        [
            "object",
            "{p0?: any, p1?: any, p2?: any, p3?: any, p4?: any, p5?: any, p6?: any, p7?: any}",
            "{p0?: any, p1?: any, p2?: any, p3?: any, p4?: any, p5?: any, p6?: any, p7?: any}",
            "{p0?: any, p1?: any, p2?: any, p3?: any, p4?: any, p5?: any, p6?: any, p7?: any}",
        ],
    ),
    "nine properties": (
        {
            "type": "object",
            "properties": {
                "p0": True,
                "p1": True,
                "p2": True,
                "p3": True,
                "p4": True,
                "p5": True,
                "p6": True,
                "p7": True,
                "p8": True,
            },
        },
        [
            "object",
            "{p0?: any, p1?: any, p2?: any, p3?: any, p4?: any, p5?: any, p6?: any, p7?: any, …}",
            "{p0?: any, p1?: any, p2?: any, p3?: any, p4?: any, p5?: any, p6?: any, p7?: any, …}",
            "{p0?: any, p1?: any, p2?: any, p3?: any, p4?: any, p5?: any, p6?: any, p7?: any, …}",
        ],
    ),
    "eight values": (
        {"enum": [0, 1, 2, 3, 4, 5, 6, 7]},
        [
            "0, 1, 2, 3, 4, 5, 6 or 7",
            "0, 1, 2, 3, 4, 5, 6 or 7",
            "0, 1, 2, 3, 4, 5, 6 or 7",
            "0, 1, 2, 3, 4, 5, 6 or 7",
        ],
    ),
    "nine values": (
        {"enum": [0, 1, 2, 3, 4, 5, 6, 7, 8]},
        [
            "0, 1, 2, 3, 4, 5, 6 or …",
            "0, 1, 2, 3, 4, 5, 6 or …",
            "0, 1, 2, 3, 4, 5, 6 or …",
            "0, 1, 2, 3, 4, 5, 6 or …",
        ],
    ),
    "a long text": (
        {"const": "éééééééééééééééééééééééééééééééééééééé"},
        [
            '"éééééééééééééééééééééééééééééééééééééé"',
            '"éééééééééééééééééééééééééééééééééééééé"',
            '"éééééééééééééééééééééééééééééééééééééé"',
            '"éééééééééééééééééééééééééééééééééééééé"',
        ],
    ),
    "a longer text": (
        {"const": "ééééééééééééééééééééééééééééééééééééééé"},
        [
            '"éééééééééééééééééééééééééééééééééééééé…',
            '"éééééééééééééééééééééééééééééééééééééé…',
            '"éééééééééééééééééééééééééééééééééééééé…',
            '"éééééééééééééééééééééééééééééééééééééé…',
        ],
    ),
    "no properties": ({"type": "object", "additionalProperties": False}, ["{}", "{}", "{}", "{}"]),
    "object": ({"type": "object"}, ["object", "object", "object", "object"]),
    "a format": (
        {"type": "string", "format": "date"},
        ["string (date)", "string (date)", "string (date)", "string (date)"],
    ),
    "two kinds": (
        {"type": ["integer", "null"]},
        ["integer or null", "integer or null", "integer or null", "integer or null"],
    ),
    "all of several": (
        {"allOf": [{"type": "string"}, {"enum": ["a", "b"]}, True]},
        ['string and ("a" or "b")', 'string and ("a" or "b")', 'string and ("a" or "b")', 'string and ("a" or "b")'],
    ),
    "all of the same": ({"allOf": [{"type": "string"}, {"type": "string"}]}, ["string", "string", "string", "string"]),
    "any of several": (
        {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "string"}]},
        ["string or integer", "string or integer", "string or integer", "string or integer"],
    ),
    "one of several": (
        {"oneOf": [{"type": "string"}, {"const": None}]},
        ["string or null", "string or null", "string or null", "string or null"],
    ),
    "a kind that is not said, of an object": ({"required": ["a"]}, ["object", "object", "object", "object"]),
    "properties alone": (
        {"properties": {"a": {"type": "integer"}}},
        ["object", "{a?: integer}", "{a?: integer}", "{a?: integer}"],
    ),
    "items alone": ({"items": {"type": "integer"}}, ["list", "list of integer", "list of integer", "list of integer"]),
    "a prefix alone": ({"prefixItems": [True]}, ["list", "[any, …]", "[any, …]", "[any, …]"]),
    "a length alone": (
        {"minLength": 2},
        [
            "any value with conditions",
            "any value with conditions",
            "any value with conditions",
            "any value with conditions",
        ],
    ),
    "a title alone": ({"title": "x"}, ["any", "any", "any", "any"]),
    "anything": (True, ["any", "any", "any", "any"]),
    "nothing": (False, ["nothing", "nothing", "nothing", "nothing"]),
    "itself": (
        {"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "properties": {"n": {"$ref": "#/$defs/a"}}}}},
        ["object", "object", "{n?: object}", "{n?: object}"],
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str) -> None:
    schema, words = WORDS[name]
    assert [describe(of_schema(schema), depth) for depth in range(4)] == words
