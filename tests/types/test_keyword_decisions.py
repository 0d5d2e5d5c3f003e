"""Where the less usual keywords of JSON Schema decide whether one type goes where another is wanted (language §6)."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from wf_engine.types import Answer, assignable, of_schema, property_of

Json = Any
YES, NO, PARTLY, UNKNOWN = Answer.YES, Answer.NO, Answer.PARTLY, Answer.UNKNOWN

_AB = {"a": {"type": "string"}, "b": {"type": "string"}}
_OPEN = {"type": "object", "properties": _AB, "required": ["a"]}
_CLOSED = {**_OPEN, "additionalProperties": False}
_BOTH = {**_CLOSED, "required": ["a", "b"]}
_OBJECT = {"type": "object"}
_LIST = {"type": "array"}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_PAIR = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2, "items": False}
_BASE = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
_EXTENDED = {"$ref": "#/$defs/base", "$defs": {"base": _BASE}, "properties": {"b": {"type": "string"}}}

PAIRS: list[tuple[Json, Json, Answer]] = [
    # how many properties
    (_BOTH, {**_OBJECT, "minProperties": 2}, YES),
    (_BOTH, {**_OBJECT, "minProperties": 3}, NO),
    (_CLOSED, {**_OBJECT, "minProperties": 2}, UNKNOWN),
    (_CLOSED, {**_OBJECT, "maxProperties": 2}, YES),
    (_BOTH, {**_OBJECT, "maxProperties": 1}, NO),
    (_OPEN, {**_OBJECT, "maxProperties": 5}, UNKNOWN),
    ({**_OBJECT, "additionalProperties": False}, {**_OBJECT, "minProperties": 1}, NO),
    # their names
    (_CLOSED, {**_OBJECT, "propertyNames": {"maxLength": 1}}, YES),
    (_CLOSED, {**_OBJECT, "propertyNames": {"enum": ["a", "b", "c"]}}, YES),
    (_BOTH, {**_OBJECT, "propertyNames": {"const": "a"}}, NO),
    (_OPEN, {**_OBJECT, "propertyNames": {"minLength": 2}}, NO),
    (_OPEN, {**_OBJECT, "propertyNames": {"maxLength": 1}}, UNKNOWN),
    ({**_OBJECT, "propertyNames": {"maxLength": 2}}, {**_OBJECT, "propertyNames": {"maxLength": 3}}, YES),
    ({**_OBJECT, "propertyNames": {"enum": ["a"]}}, {**_OBJECT, "propertyNames": {"maxLength": 3}}, YES),
    # which with which
    (_BOTH, {**_OBJECT, "dependentRequired": {"a": ["b"]}}, YES),
    (_BOTH, {**_OBJECT, "dependentRequired": {"c": ["d"]}}, YES),
    (_BOTH, {**_OBJECT, "dependentRequired": {"a": ["c"]}}, NO),
    (_OPEN, {**_OBJECT, "dependentRequired": {"a": ["b"]}}, PARTLY),
    (_OPEN, {**_OBJECT, "dependentRequired": {"b": ["a"]}}, YES),
    (_OPEN, {**_OBJECT, "dependentRequired": {"b": ["c"]}}, UNKNOWN),
    ({**_OPEN, "dependentRequired": {"b": ["c", "d"]}}, {**_OBJECT, "dependentRequired": {"b": ["c"]}}, YES),
    (_OPEN, {**_OBJECT, "dependentSchemas": {"b": {"required": ["a"]}}}, YES),
    (_BOTH, {**_OBJECT, "dependentSchemas": {"c": {"required": ["d"]}}}, YES),
    (_BOTH, {**_OBJECT, "dependentSchemas": {"a": {"maxProperties": 1}}}, UNKNOWN),
    (_BOTH, {**_OBJECT, "dependentSchemas": {"a": True}}, YES),
    (_BOTH, {**_OBJECT, "dependentSchemas": {"c": {"maxProperties": 1}}}, YES),
    ({**_OPEN, "dependentSchemas": {"b": False}}, {**_OBJECT, "dependentSchemas": {"b": False}}, YES),
    # what is left over
    (_EXTENDED, {**_EXTENDED, "unevaluatedProperties": False}, UNKNOWN),
    ({**_EXTENDED, "unevaluatedProperties": False}, _CLOSED, YES),
    (_BOTH, {**_EXTENDED, "unevaluatedProperties": False}, YES),
    ({**_BOTH, "properties": {**_AB, "c": True}, "required": ["a", "c"]}, {**_EXTENDED, "unevaluatedProperties": False}, NO),
    ({"allOf": [_BASE], "unevaluatedProperties": {"type": "integer"}}, {**_BASE, "additionalProperties": False}, UNKNOWN),
    ({**_BASE, "unevaluatedProperties": {"type": "integer"}}, {**_BASE, "unevaluatedProperties": {"type": "number"}}, YES),
    (
        {"type": "object", "properties": {"z": True}, "required": ["z"]},
        {"type": "object", "anyOf": [_BASE, {"properties": {"b": True}}], "unevaluatedProperties": False},
        NO,
    ),
    (_CLOSED, {"type": "object", "anyOf": [_BASE, {"required": ["b"]}], "unevaluatedProperties": False}, PARTLY),
    (_PAIR, {**_LIST, "prefixItems": [True, True], "unevaluatedItems": False}, YES),
    (_PAIR, {**_LIST, "prefixItems": [True], "unevaluatedItems": False}, NO),
    (_PAIR, {**_LIST, "allOf": [{"prefixItems": [True]}], "unevaluatedItems": {"type": "number"}}, YES),
    (_PAIR, {**_LIST, "contains": {"type": "string"}, "unevaluatedItems": False}, UNKNOWN),
    # how many elements
    (_PAIR, {**_LIST, "maxItems": 2}, YES),
    (_PAIR, {**_LIST, "minItems": 3}, NO),
    ({**_LIST, "items": False}, {**_LIST, "minItems": 1}, NO),
    ({**_LIST, "items": False}, {**_LIST, "maxItems": 0}, YES),
    ({**_LIST, "prefixItems": [True, False]}, {**_LIST, "maxItems": 1}, YES),
    ({**_LIST, "prefixItems": [True, False], "maxItems": 5}, {**_LIST, "maxItems": 1}, YES),
    ({**_LIST, "prefixItems": [True, True, False], "maxItems": 1}, {**_LIST, "maxItems": 1}, YES),
    # which elements
    ({**_STRINGS, "minItems": 1}, {**_LIST, "contains": {"type": "string"}}, YES),
    (_STRINGS, {**_LIST, "contains": {"type": "string"}}, UNKNOWN),
    (_STRINGS, {**_LIST, "contains": {"type": "integer"}}, NO),
    (_STRINGS, {**_LIST, "contains": {"type": "integer"}, "minContains": 0}, YES),
    (_STRINGS, {**_LIST, "contains": {"type": "integer"}, "minContains": 0, "maxContains": 0}, YES),
    (_PAIR, {**_LIST, "contains": {"type": "integer"}}, YES),
    (_PAIR, {**_LIST, "contains": {"type": "integer"}, "minContains": 2}, UNKNOWN),
    (_PAIR, {**_LIST, "contains": True, "minContains": 3}, NO),
    (
        {**_LIST, "prefixItems": [{"type": "string"}], "items": {"type": "integer"}, "minItems": 3},
        {**_LIST, "contains": {"type": "string"}, "minContains": 2},
        UNKNOWN,
    ),
    (
        {**_LIST, "prefixItems": [{"type": "integer"}], "items": {"type": "string"}, "minItems": 3},
        {**_LIST, "contains": {"type": "string"}, "minContains": 2},
        YES,
    ),
    (
        {**_LIST, "prefixItems": [{"type": "integer"}], "items": {"type": "string"}, "minItems": 3},
        {**_LIST, "contains": {"type": "string"}, "minContains": 3},
        UNKNOWN,
    ),
    (_PAIR, {**_LIST, "contains": True, "maxContains": 2}, YES),
    (_PAIR, {**_LIST, "contains": {"type": "string"}, "maxContains": 1}, UNKNOWN),
    ({**_LIST, "maxItems": 0}, {**_LIST, "contains": True}, NO),
    ({**_LIST, "items": {"const": 1}, "minItems": 2}, {**_LIST, "uniqueItems": True}, NO),
    ({**_LIST, "items": {"const": 1}}, {**_LIST, "uniqueItems": True}, UNKNOWN),
    ({**_LIST, "prefixItems": [True], "items": False}, {**_LIST, "uniqueItems": True}, YES),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "answer"), PAIRS)
def test_decision(source: Json, target: Json, answer: Answer) -> None:
    found = assignable(of_schema(source), of_schema(target))
    assert found.answer is answer, found
    if answer in (NO, PARTLY):
        assert Draft202012Validator(source).is_valid(found.witness)
        assert not Draft202012Validator(target).is_valid(found.witness)


@pytest.mark.parametrize(
    ("schema", "status"),
    [
        ({"type": "object", "patternProperties": {"^x": True}}, "allowed"),
        ({"type": "object", "properties": {}, "patternProperties": {"^x": True}}, "undeclared"),
        ({"type": "object", "properties": {}}, "undeclared"),
        ({**_EXTENDED, "unevaluatedProperties": False}, "forbidden"),
        ({**_EXTENDED, "unevaluatedProperties": {}}, "allowed"),
        ({"properties": {"b": True}, "anyOf": [_BASE, True], "unevaluatedProperties": False}, "forbidden"),
        ({"properties": {"b": True}, "anyOf": [{"properties": {"key": True}}, True], "unevaluatedProperties": False}, "optional"),
        ({"properties": {"b": True}, "additionalProperties": True, "unevaluatedProperties": False}, "allowed"),
    ],
)  # fmt: skip
def test_a_key_that_no_schema_declares(schema: Json, status: str) -> None:
    assert property_of(of_schema(schema), "key").status == status


@pytest.mark.parametrize(
    ("looked_at", "value"),
    [
        ({"properties": {"z": {"const": 1}}}, {"z": 2}),
        ({"patternProperties": {"^z": {"const": 1}}}, {"z": 2}),
        ({"additionalProperties": {"const": 1}}, {"z": 2}),
        ({"prefixItems": [{"const": 1}]}, [2]),
        ({"items": {"const": 1}}, [2]),
        ({"contains": {"const": 1}}, [2]),
    ],
)
def test_what_is_looked_at_in_some_values_only_is_not_taken_for_sure(looked_at: Json, value: Json) -> None:
    left = {"unevaluatedProperties": False, "unevaluatedItems": False}
    target = {"type": ["object", "array"], "anyOf": [looked_at, True], **left}
    assert not Draft202012Validator(target).is_valid(value)
    kind = {"type": "object", "properties": {"z": {"const": 2}}, "required": ["z"], "additionalProperties": False}
    if isinstance(value, list):
        kind = {"type": "array", "items": {"const": 2}, "minItems": 1, "maxItems": 1}
    assert assignable(of_schema(kind), of_schema(target)).answer in (UNKNOWN, NO)
