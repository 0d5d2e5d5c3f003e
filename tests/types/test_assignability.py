"""Assignability by hand: pairs of schemas and what is said of them, where and with which witness."""

from typing import Any

import pytest

from wf_engine.types import (
    ANY,
    INTEGER,
    NEVER,
    NO_WITNESS,
    NULL,
    NUMBER,
    STRING,
    Answer,
    Type,
    array_of,
    assignable,
    literal,
    nullable,
    object_of,
    of_schema,
    union,
    validate,
)

Json = Any

YES, NO, PARTLY, UNKNOWN = Answer.YES, Answer.NO, Answer.PARTLY, Answer.UNKNOWN

_A = {"a": {"type": "string"}}
_OPEN = {"type": "object", "properties": _A}
_NEEDS = {"type": "object", "properties": _A, "required": ["a"]}
_CLOSED = {"type": "object", "properties": _A, "additionalProperties": False}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_NODE = {"type": "object", "properties": {"v": {"type": "integer"}, "next": {"$ref": "#"}}, "required": ["v"]}
_TREE = {
    "$ref": "#/$defs/tree",
    "$defs": {"tree": {"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}},
}
_SHAPES = {
    "oneOf": [
        {"type": "object", "properties": {"kind": {"const": "dot"}}, "required": ["kind"]},
        {
            "type": "object",
            "properties": {"kind": {"const": "disc"}, "r": {"type": "number"}},
            "required": ["kind", "r"],
        },
    ]
}


def _kind(*names: str) -> Json:
    return {"type": list(names) if len(names) > 1 else names[0]}


def _object(required: list[str] | None = None, closed: bool = False, **properties: Json) -> Json:
    schema: dict[str, Json] = {"type": "object", "properties": properties, "required": required or []}
    return {**schema, "additionalProperties": False} if closed else schema


PAIRS: list[tuple[Json, Json, Answer]] = [
    # kinds
    (_kind("integer"), _kind("number"), YES),
    (_kind("number"), _kind("integer"), PARTLY),
    (_kind("string"), _kind("string"), YES),
    (_kind("string"), _kind("integer"), NO),
    (_kind("boolean"), _kind("integer"), NO),
    (_kind("null"), _kind("string"), NO),
    (_kind("string", "null"), _kind("string"), PARTLY),
    (_kind("string", "null"), _kind("integer"), NO),
    (_kind("string"), _kind("string", "null"), YES),
    (_kind("string", "integer"), _kind("integer", "boolean"), PARTLY),
    (_kind("string", "integer"), _kind("string", "number"), YES),
    (_kind("object"), _kind("array"), NO),
    # any and nothing
    (True, _kind("string"), UNKNOWN),
    ({}, _kind("string"), UNKNOWN),
    ({"description": "whatever"}, _kind("string"), UNKNOWN),
    (True, False, UNKNOWN),
    (_kind("string"), True, YES),
    (_kind("string"), {"title": "anything"}, YES),
    (_kind("string"), False, NO),
    (False, _kind("string"), YES),
    (True, True, YES),
    ({"minimum": 1}, _kind("string"), UNKNOWN),
    # enum and const
    ({"enum": ["a", "b"]}, {"enum": ["a", "b", "c"]}, YES),
    ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}, UNKNOWN),
    ({"enum": ["a", "b"]}, {"enum": ["c", "d"]}, NO),
    ({"enum": ["a", "b"]}, _kind("string"), YES),
    ({"enum": ["a", 1]}, _kind("string"), PARTLY),
    ({"enum": ["a", None]}, _kind("string"), PARTLY),
    ({"enum": [1, 2]}, _kind("string"), NO),
    (_kind("string"), {"enum": ["a", "b"]}, UNKNOWN),
    (_kind("integer"), {"enum": ["a", "b"]}, NO),
    (_kind("boolean"), {"enum": [True, False]}, YES),
    (_kind("boolean"), {"const": True}, UNKNOWN),
    ({"const": 1.0}, _kind("integer"), YES),
    ({"const": 1}, {"const": 1.0}, YES),
    ({"const": 1}, {"const": True}, NO),
    ({"const": 1.5}, _kind("integer"), NO),
    ({"const": "abc"}, {"type": "string", "maxLength": 2}, NO),
    ({"const": "abc"}, {"type": "string", "pattern": "^a"}, YES),
    ({"const": {"a": 1}}, _NEEDS, NO),
    ({"const": {"a": "x"}}, _CLOSED, YES),
    ({"type": "string", "maxLength": 2}, {"const": "abc"}, NO),
    ({"enum": ["a", "bbb"], "maxLength": 2}, {"const": "a"}, YES),
    # value constraints
    (_kind("string"), {"type": "string", "minLength": 1}, UNKNOWN),
    ({"type": "string", "minLength": 2}, {"type": "string", "minLength": 1}, YES),
    (_kind("string"), {"type": "string", "format": "email"}, UNKNOWN),
    ({"type": "string", "format": "email"}, {"type": "string", "format": "email"}, YES),
    ({"type": "string", "format": "email"}, _kind("string"), YES),
    (_kind("string"), {"type": "string", "pattern": "^x"}, UNKNOWN),
    ({"type": "string", "pattern": "^x", "minLength": 3}, {"type": "string", "pattern": "^x"}, YES),
    ({"type": "integer", "minimum": 5}, {"type": "integer", "minimum": 1}, YES),
    ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 5}, UNKNOWN),
    ({"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 4}, NO),
    ({"type": "integer", "exclusiveMinimum": 5}, {"type": "integer", "maximum": 5}, NO),
    ({"type": "integer", "maximum": 5}, {"type": "integer", "exclusiveMaximum": 5}, UNKNOWN),
    ({"type": "integer", "exclusiveMaximum": 5}, {"type": "integer", "maximum": 5}, YES),
    ({"type": "integer", "multipleOf": 4}, {"type": "integer", "multipleOf": 2}, YES),
    ({"type": "number", "multipleOf": 2}, {"type": "integer"}, YES),
    ({"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 4}, UNKNOWN),
    (_kind("string", "null"), {"type": "string", "minLength": 1}, PARTLY),
    # objects
    (_OPEN, _OPEN, YES),
    (_NEEDS, _OPEN, YES),
    (_OPEN, _NEEDS, PARTLY),
    (_kind("object"), _NEEDS, PARTLY),
    (_object(["b"], closed=True, b=_kind("string")), _NEEDS, NO),
    (_object(["a"], a=_kind("integer")), _NEEDS, NO),
    (_object(a=_kind("integer")), _OPEN, PARTLY),
    (_object(["a"], a=_kind("string", "null")), _NEEDS, PARTLY),
    (_object(["a"], a={"enum": ["x"]}), _object(["a"], a={"enum": ["y"]}), NO),
    (_object(a={"enum": ["x"]}), _object(a={"enum": ["y"]}), UNKNOWN),
    (_object(["a"], a=True), _NEEDS, UNKNOWN),
    (_object(["a", "b"], a=_kind("string"), b=_kind("string")), _CLOSED, NO),
    (_object(["a"], a=_kind("string"), b=_kind("string")), _CLOSED, PARTLY),
    (_OPEN, _CLOSED, UNKNOWN),
    (_CLOSED, _OPEN, YES),
    (_object(["a", "b"], closed=True, a=_kind("string"), b=_kind("string")), _OPEN, YES),
    (_NEEDS, {"type": "object", "additionalProperties": {"type": "string"}}, UNKNOWN),
    (_CLOSED, {"type": "object", "additionalProperties": {"type": "string"}}, YES),
    (_CLOSED, {"type": "object", "additionalProperties": {"type": "integer"}}, PARTLY),
    ({**_CLOSED, "required": ["a"]}, {"type": "object", "additionalProperties": {"type": "integer"}}, NO),
    (
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        PARTLY,
    ),
    (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"type": "object", "additionalProperties": {"type": "number"}},
        YES,
    ),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, _NEEDS, NO),
    (
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^x": {"type": "number"}}},
        YES,
    ),
    (
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}},
        {"type": "object", "patternProperties": {"^y": {"type": "string"}}},
        UNKNOWN,
    ),
    (_object(["xa"], xa=_kind("string")), {"type": "object", "patternProperties": {"^x": {"type": "integer"}}}, NO),
    (_NEEDS, {**_NEEDS, "propertyNames": {"maxLength": 3}}, UNKNOWN),
    (_NEEDS, {**_NEEDS, "dependentRequired": {"a": ["b"]}}, PARTLY),
    (_NEEDS, {**_NEEDS, "unevaluatedProperties": False}, UNKNOWN),
    ({**_OPEN, "unevaluatedProperties": False}, {"type": "object", "unevaluatedProperties": False}, PARTLY),
    (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {
            "type": "object",
            "patternProperties": {"^x": {"type": "integer"}},
            "additionalProperties": {"type": "string"},
        },
        UNKNOWN,
    ),
    (_NEEDS, {**_NEEDS, "minProperties": 2}, UNKNOWN),
    # lists
    (_STRINGS, {"type": "array"}, YES),
    ({"type": "array"}, _STRINGS, UNKNOWN),
    (_STRINGS, {"type": "array", "items": {"type": "integer"}}, PARTLY),
    ({**_STRINGS, "minItems": 1}, {"type": "array", "items": {"type": "integer"}}, NO),
    (_STRINGS, {"type": "array", "items": {"type": "integer"}, "minItems": 1}, NO),
    ({**_STRINGS, "maxItems": 0}, {"type": "array", "items": {"type": "integer"}}, YES),
    (_STRINGS, {"type": "array", "items": {"enum": ["a"]}}, UNKNOWN),
    (_STRINGS, {**_STRINGS, "minItems": 1}, UNKNOWN),
    ({**_STRINGS, "maxItems": 1}, {**_STRINGS, "minItems": 2}, NO),
    (_STRINGS, {**_STRINGS, "uniqueItems": True}, UNKNOWN),
    ({**_STRINGS, "maxItems": 1}, {**_STRINGS, "uniqueItems": True}, YES),
    (_STRINGS, {**_STRINGS, "contains": {"const": "x"}}, UNKNOWN),
    (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False, "minItems": 2},
        {"type": "array", "items": {"type": ["string", "number"]}},
        YES,
    ),
    (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}]},
        NO,
    ),
    # combinations
    ({"anyOf": [_kind("string"), _kind("integer")]}, _kind("string", "number"), YES),
    ({"anyOf": [_kind("string"), _kind("null")]}, _kind("string"), PARTLY),
    (_kind("integer"), {"anyOf": [_kind("string"), _kind("number")]}, YES),
    (_kind("boolean"), {"anyOf": [_kind("string"), _kind("number")]}, NO),
    ({"allOf": [_NEEDS, _object(["b"], b=_kind("integer"))]}, _object(["a", "b"], a=_kind("string")), YES),
    (_NEEDS, {"allOf": [_NEEDS, _object(["b"], b=_kind("integer"))]}, PARTLY),
    ({"allOf": [_kind("string", "integer"), _kind("integer", "null")]}, _kind("number"), YES),
    (_kind("integer"), {"oneOf": [_kind("integer"), _kind("number")]}, NO),
    (_kind("integer"), {"oneOf": [_kind("integer"), _kind("string")]}, YES),
    (_object(["kind"], closed=True, kind={"const": "dot"}), _SHAPES, YES),
    (_object(["kind"], closed=True, kind={"const": "disc"}), _SHAPES, NO),
    (_object(["kind", "r"], closed=True, kind={"const": "disc"}, r=_kind("integer")), _SHAPES, YES),
    (
        _object(kind={"const": "a"}, closed=True),
        {"anyOf": [_object(kind={"const": "b"}), _object(kind={"const": "c"})]},
        UNKNOWN,
    ),
    (
        _kind("object"),
        {
            "type": "object",
            "allOf": [
                {"anyOf": [True, *({"required": [f"a{number}"]} for number in range(9))]},
                {"anyOf": [{"required": [f"b{number}"]} for number in range(9)]},
            ],
        },
        UNKNOWN,
    ),
    (_kind("string"), {"not": _kind("string")}, NO),
    (_kind("string"), {"not": _kind("integer")}, YES),
    ({"type": ["string", "null"], "not": {"type": "null"}}, _kind("string"), YES),
    (_kind("string"), {"type": "string", "not": {"const": ""}}, UNKNOWN),
    ({"type": "string", "minLength": 1}, {"type": "string", "not": {"maxLength": 0}}, YES),
    (_kind("integer"), {"if": _kind("integer"), "then": {"minimum": 0}}, UNKNOWN),
    (_kind("string"), {"if": _kind("integer"), "then": {"minimum": 0}, "else": _kind("string")}, YES),
    ({"if": _kind("string"), "then": _kind("string"), "else": _kind("integer")}, _kind("string", "integer"), YES),
    # references and recursion
    (_NODE, _NODE, YES),
    (_NODE, {**_NODE, "properties": {**_NODE["properties"], "v": {"type": "number"}}}, YES),
    ({**_NODE, "properties": {**_NODE["properties"], "v": {"type": "string"}}}, _NODE, NO),
    (_TREE, {**_TREE, "description": "the same"}, YES),
    (_TREE, _object(kids={"type": "array", "items": _object(kids={"type": "array"})}), YES),
    (_object(["kids"], kids=_kind("string")), _TREE, NO),
    ({"$ref": "#/$defs/s", "$defs": {"s": {"type": "string"}}}, _kind("integer"), NO),
    ({"$ref": "#/$defs/missing"}, _kind("integer"), UNKNOWN),
    (_kind("integer"), {"$ref": "https://example.com/schema"}, YES),
    ({"$ref": "#"}, _kind("integer"), UNKNOWN),
    # schemas that are wrong
    ({"type": "strng"}, _kind("integer"), UNKNOWN),
    (_kind("string"), {"type": "string", "minLength": "two"}, YES),
    (_NEEDS, {"type": "object", "properties": [], "required": "a"}, YES),
    (_kind("string"), {"anyOf": []}, YES),
    (_kind("string"), {"type": "string", "pattern": "(?=x)"}, UNKNOWN),
    ({"const": "y"}, {"type": "string", "pattern": "(?=x)"}, UNKNOWN),
]


@pytest.mark.parametrize(("source", "target", "answer"), PAIRS)
def test_pair(source: Json, target: Json, answer: Answer) -> None:
    found = assignable(of_schema(source), of_schema(target))
    assert found.answer is answer
    assert (found.witness is NO_WITNESS) == (answer in (YES, UNKNOWN))
    assert bool(found.reason) == (answer in (NO, PARTLY))


@pytest.mark.parametrize(
    ("source", "target", "path", "reason", "witness"),
    [
        (STRING, INTEGER, (), "is a string, but an integer is wanted", "text"),
        (nullable(STRING), STRING, (), "may be null, but a string is wanted", None),
        (union(STRING, NULL), INTEGER, (), "is a string or null, but an integer is wanted", "text"),
        (NUMBER, INTEGER, (), "may be a number, but an integer is wanted", 0.5),
        (literal("x"), INTEGER, (), 'is "x", but an integer is wanted', "x"),
        (literal("c"), of_schema({"enum": ["a", "b"]}), (), 'is "c", but "a" or "b" is wanted', "c"),
        (literal(7), of_schema({"maximum": 5}), (), "is 7, but at most 5 is wanted", 7),
        (
            literal({"a": [1, "b"]}),
            object_of({"a": array_of(INTEGER)}),
            ("a", 1),
            "is a string, but an integer is wanted",
            {"a": [1, "b"]},
        ),
        (
            object_of({"user": object_of({"id": STRING})}),
            object_of({"user": object_of({"id": INTEGER})}),
            ("user", "id"),
            "is a string, but an integer is wanted",
            {"user": {"id": "text"}},
        ),
        (object_of({}), object_of({"a": STRING}), (), "lacks the required property `a`", {}),
        (object_of({"a": STRING}, []), object_of({"a": STRING}), (), "may lack the required property `a`", {}),
        (
            object_of({"a": STRING, "b": STRING}),
            object_of({"a": STRING}),
            ("b",),
            "is a property that is not allowed",
            {"a": "text", "b": "text"},
        ),
        (array_of(STRING), array_of(INTEGER), (0,), "is a string, but an integer is wanted", ["text"]),
        (STRING, NEVER, (), "is not allowed here", "text"),
        (STRING, array_of(STRING), (), "is a string, but a list of string is wanted", "text"),
    ],
)
def test_words_and_witness(source: Type, target: Type, path: tuple[str | int, ...], reason: str, witness: Json) -> None:
    found = assignable(source, target)
    assert (found.path, found.reason, found.witness) == (path, reason, witness)


def test_a_witness_satisfies_the_pattern_of_the_source() -> None:
    source = of_schema(
        {
            "type": "object",
            "properties": {"id": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]+$"}, "n": {"type": "string"}},
            "required": ["id", "n"],
        }
    )
    found = assignable(source, object_of({"id": STRING, "n": INTEGER}, closed=False))
    assert (found.answer, found.path) == (NO, ("n",))
    assert found.witness["id"] == "AAA-0"


def test_what_is_assumed_is_no_evidence_against() -> None:
    """The target excludes itself one level down, so that its values and the others alternate with depth."""
    chain = {"type": "object", "properties": {"n": {"$ref": "#/$defs/chain"}}, "required": ["n"]}
    source = {"$ref": "#/$defs/chain", "$defs": {"chain": {"anyOf": [{"const": "end"}, chain]}}}
    odd = {"type": "object", "properties": {"n": {"not": {"$ref": "#/$defs/odd"}}}, "required": ["n"]}
    target = {"not": {"$ref": "#/$defs/odd"}, "$defs": {"odd": {"anyOf": [{"const": "end"}, odd]}}}
    assert validate(source, {"n": "end"}) == validate(target, {"n": "end"}) == []
    assert assignable(of_schema(source), of_schema(target)).answer is UNKNOWN


def test_unknown_source_is_silent_inside_a_structure() -> None:
    assert assignable(object_of({"a": ANY}), object_of({"a": STRING})).answer is UNKNOWN
    assert assignable(object_of({"a": ANY, "b": STRING}), object_of({"a": STRING, "b": INTEGER})).answer is NO


def test_many_alternatives_end_in_unknown_not_in_a_stall() -> None:
    def alternatives(kind: str) -> Type:
        names = {f"x{number}": {"type": "string"} for number in range(20)}
        return of_schema(
            {
                "oneOf": [{"properties": {**names, "kind": {"const": f"{kind}{number}"}}} for number in range(200)],
                "type": "object",
            }
        )

    assert assignable(alternatives("a"), alternatives("b")).answer is UNKNOWN
