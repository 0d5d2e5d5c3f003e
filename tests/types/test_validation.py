"""Values against schemas: messages for people, nothing fetched, no pattern that can stall."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wf_engine.types import (
    INTEGER,
    STRING,
    Answer,
    Violation,
    assignable,
    literal,
    object_of,
    of_schema,
    sample,
    schema_problems,
    validate,
)

Json = Any


@pytest.mark.parametrize(
    ("schema", "value", "path", "keyword", "message"),
    [
        ({"type": "integer"}, "a", (), "type", "is a string, but an integer is wanted"),
        ({"type": ["null", "integer"]}, [], (), "type", "is a list, but an integer or null is wanted"),
        ({"type": "integer"}, 1.5, (), "type", "is a number, but an integer is wanted"),
        ({"enum": ["a", "b"]}, "c", (), "enum", 'is "c", but "a" or "b" is wanted'),
        ({"enum": list(range(20))}, 21, (), "enum", "is 21, but 0, 1, 2, 3, 4, 5, 6 or … is wanted"),
        ({"const": 1}, True, (), "const", "is true, but 1 is wanted"),
        ({"required": ["a"]}, {}, (), "required", "lacks the required property `a`"),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, (), "required", "lacks the required property `b`"),
        ({"properties": {"a": {"minimum": 3}}}, {"a": 1}, ("a",), "minimum", "is 1, but at least 3 is wanted"),
        ({"items": {"exclusiveMaximum": 3}}, [0, 3], (1,), "exclusiveMaximum", "is 3, but less than 3 is wanted"),
        ({"exclusiveMinimum": 3}, 3, (), "exclusiveMinimum", "is 3, but more than 3 is wanted"),
        ({"maximum": 3}, 4, (), "maximum", "is 4, but at most 3 is wanted"),
        ({"multipleOf": 2}, 3, (), "multipleOf", "is 3, but a multiple of 2 is wanted"),
        ({"minLength": 2}, "a", (), "minLength", "has 1 character, but at least 2 are wanted"),
        ({"maxLength": 1}, "abc", (), "maxLength", "has 3 characters, but at most 1 are wanted"),
        ({"pattern": "^b"}, "a", (), "pattern", "does not match the pattern `^b`"),
        ({"format": "email"}, "a", (), "format", "is not a valid email"),
        ({"minItems": 2}, [1], (), "minItems", "has 1 element, but at least 2 are wanted"),
        ({"maxItems": 1}, [1, 2], (), "maxItems", "has 2 elements, but at most 1 are wanted"),
        ({"uniqueItems": True}, [1, 1.0], (), "uniqueItems", "has two equal elements"),
        (
            {"contains": {"type": "string"}},
            [1],
            (),
            "contains",
            "does not have as many elements of the wanted kind as it should",
        ),
        ({"minProperties": 1}, {}, (), "minProperties", "has 0 keys, but at least 1 are wanted"),
        ({"maxProperties": 0}, {"a": 1}, (), "maxProperties", "has 1 key, but at most 0 are wanted"),
        ({"not": {"type": "string"}}, "a", (), "not", "is a value that the schema excludes"),
        (False, 1, (), "false", "is not allowed here"),
        ({"additionalProperties": False}, {"b": 1}, ("b",), "additionalProperties", "is not allowed here"),
        (
            {"properties": {"a": {}}, "additionalProperties": False},
            {"a": 1, "b": 1},
            ("b",),
            "additionalProperties",
            "is not allowed here",
        ),
        (
            {"properties": {"a": {}}, "unevaluatedProperties": False},
            {"b": 1},
            ("b",),
            "unevaluatedProperties",
            "is not allowed here",
        ),
        ({"properties": {"a": False}}, {"a": 1}, ("a",), "false", "is not allowed here"),
        (
            {"propertyNames": {"maxLength": 1}},
            {"abc": 1},
            (),
            "propertyNames",
            "has a property whose name has 3 characters, but at most 1 are wanted",
        ),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "null"}}}, 1, (), "type", "is an integer, but null is wanted"),
        (
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
            1,
            (),
            "type",
            "is an integer, but a string or null is wanted",
        ),
        (
            {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"type": "string"}}}]},
            {"a": 1},
            ("a",),
            "type",
            "is an integer, but a string is wanted",
        ),
        (
            {"anyOf": [{"type": "null"}, {"type": "object", "additionalProperties": False}]},
            {"b": 1},
            ("b",),
            "additionalProperties",
            "is not allowed here",
        ),
        ({"anyOf": [{"enum": ["a"]}, {"type": "integer"}]}, "b", (), "type", 'is "b", but "a" or an integer is wanted'),
        (
            {"oneOf": [{"minimum": 1}, {"maximum": 5}]},
            3,
            (),
            "oneOf",
            "fits more than one of the alternatives, and exactly one is wanted",
        ),
        ({"anyOf": [{"minLength": 3}, {"pattern": "^b"}]}, "a", (), "anyOf", "fits none of the 2 alternatives"),
        (
            {
                "oneOf": [
                    {"properties": {"kind": {"const": "a"}, "n": {"type": "string"}}},
                    {"properties": {"kind": {"const": "b"}, "n": {"type": "integer"}}},
                ]
            },
            {"kind": "b", "n": "x"},
            ("n",),
            "type",
            "is a string, but an integer is wanted",
        ),
    ],
)
def test_message(schema: Json, value: Json, path: tuple[str | int, ...], keyword: str, message: str) -> None:
    assert validate(schema, value) == [Violation(path, keyword, message)]


def test_every_cause_is_told_once() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["c"]}
    assert [violation.path for violation in validate(schema, {"a": 1, "b": 2})] == [(), ("a",), ("b",)]
    assert validate(schema, {"a": "x", "c": 1}) == []


def test_a_type_is_taken_as_it_is() -> None:
    assert validate(object_of({"a": INTEGER}), {"a": 1}) == []
    assert [v.path for v in validate(object_of({"a": INTEGER}), {"a": "x"})] == [("a",)]


@pytest.mark.parametrize("value", ["\ud800", {1: 2}, {"a": {2, 3}}, object()])
def test_what_is_no_json_value_is_a_violation(value: Json) -> None:
    assert validate({"properties": {"a": {"type": "object"}}, "type": "object"}, value)


def test_large_integers_are_exact() -> None:
    assert validate({"const": 10**30}, 10**30) == []
    assert validate({"const": 10**30}, 10**30 + 1)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef", "$schema"])
@pytest.mark.parametrize("place", ["root", "property", "definition"])
def test_no_reference_is_ever_fetched(listener: socket.socket, keyword: str, place: str) -> None:
    port = listener.getsockname()[1]
    reference = {keyword: f"http://127.0.0.1:{port}/schema.json"}
    schema: Json = {
        "root": reference,
        "property": {"properties": {"a": reference}},
        "definition": {"$ref": "#/$defs/a", "$defs": {"a": reference}},
    }[place]
    assert validate(schema, {"a": 1}) == []
    assert assignable(STRING, of_schema(schema)).answer in (Answer.YES, Answer.UNKNOWN)
    assert assignable(literal({"a": 1}), of_schema(schema)).answer is Answer.YES
    sample(of_schema(schema))
    assert bool(schema_problems(schema)) == (keyword != "$schema")
    with pytest.raises(BlockingIOError):
        listener.accept()
    with socket.create_connection(listener.getsockname()):
        listener.accept()[0].close()


@pytest.mark.parametrize("prefix", ["file://", ""])
def test_no_file_is_ever_read(tmp_path: Path, prefix: str) -> None:
    (tmp_path / "schema.json").write_text('{"type": "string"}')
    schema = {"$ref": f"{prefix}{tmp_path}/schema.json"}
    assert validate(schema, 1) == []
    assert [problem.path for problem in schema_problems(schema)] == [("$ref",)]


def test_no_pattern_stalls() -> None:
    text = "a" * 100_000 + "!"
    assert validate({"pattern": "^(a+)+$"}, text) == [Violation((), "pattern", "does not match the pattern `^(a+)+$`")]
    assert validate({"patternProperties": {"^(a|aa)+$": False}}, {text: 1}) == []
    assert validate({"pattern": "^(?=a)", "minLength": 3}, "b") == [
        Violation((), "minLength", "has 1 character, but at least 3 are wanted")
    ]


def test_a_default_property_name_is_no_keyword() -> None:
    schema = {"properties": {"$ref": {"type": "string"}, "pattern": {"const": "("}, "enum": {"type": "integer"}}}
    assert schema_problems(schema) == []
    assert [v.path for v in validate(schema, {"$ref": 1, "pattern": "x", "enum": "y"})] == [
        ("$ref",),
        ("pattern",),
        ("enum",),
    ]


@pytest.mark.parametrize(
    ("schema", "problems"),
    [
        ({"type": "object", "properties": {"a": True}}, []),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"$anchor": "here"}}, "items": {"$ref": "#here"}}, []),
        (5, [((), "is an integer, but a boolean or an object is wanted")]),
        (
            {"properties": {"a": {"minLength": -1}}},
            [(("properties", "a", "minLength"), "is -1, but at least 0 is wanted")],
        ),
        ({"required": "a"}, [(("required",), "is a string, but a list is wanted")]),
        ({"required": ["a", "a"]}, [(("required",), "has two equal elements")]),
        ({"$ref": "#/$defs/a"}, [(("$ref",), "leads nowhere, so anything is allowed here")]),
        (
            {"items": {"$ref": "other.json"}},
            [(("items", "$ref"), "leads out of this schema and is never followed, so anything is allowed here")],
        ),
        (
            {"$defs": {"a": {"pattern": "(?=x)"}}},
            [
                (
                    ("$defs", "a", "pattern"),
                    "is not a regular expression that can be checked in linear time (no look-around, no back-references)",
                )
            ],
        ),
        ({"enum": [float("nan")]}, [((), "holds something that is no JSON value, or is nested too deeply")]),
    ],
)
def test_schema_problems(schema: Json, problems: list[tuple[tuple[str | int, ...], str]]) -> None:
    assert [(problem.path, problem.message) for problem in schema_problems(schema)] == problems


def test_an_unknown_kind_lists_those_there_are() -> None:
    (problem,) = schema_problems({"properties": {"a": {"type": "strng"}}})
    assert problem.path == ("properties", "a", "type")
    assert problem.message.startswith('is "strng", but "array", "boolean"')
