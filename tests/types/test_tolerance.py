"""Schemas that are wrong, huge or hostile: nothing raises, and a bad keyword counts as absent."""

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from wf_engine.types import (
    ANY,
    STRING,
    Answer,
    Type,
    apply_defaults,
    array_of,
    assignable,
    describe,
    is_any,
    item_of,
    kinds,
    literal,
    may_be_null,
    nullable,
    object_of,
    of_schema,
    properties,
    property_of,
    sample,
    schema_problems,
    to_schema,
    union,
    validate,
    without_null,
)

Json = Any

_KEYWORDS = [
    *Draft202012Validator.VALIDATORS,
    *("then", "else", "$defs", "$id", "$anchor", "$schema", "default", "examples", "description", "title"),
]
_WORDS = ["string", "object", "a", "", "#", "#/$defs/a", "#/properties/a", "#a", "(", "(?=a)", "[", "http://[", "date"]

junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 3), st.sampled_from([0.5, 2.0, -1.5]), st.sampled_from(_WORDS)),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.dictionaries(st.sampled_from([*_KEYWORDS, "a", "b"]), parts, max_size=4),
    ),
    max_leaves=12,
)


def _use(schema: Json) -> None:
    type_ = of_schema(schema)
    schema_problems(schema)
    assert isinstance(describe(type_), str)
    for value in (None, "a", 1, [1], {"a": 1}):
        validate(type_, value)
        apply_defaults(schema, value)
    sample(type_)
    kinds(type_)
    properties(type_)
    property_of(type_, "a")
    item_of(type_)
    may_be_null(without_null(type_))
    assert of_schema(to_schema(type_)).schema is not None
    assert assignable(type_, type_).answer is Answer.YES
    assert assignable(literal({"a": [1]}), type_).answer is not Answer.PARTLY
    assert assignable(type_, object_of({"a": nullable(type_)})).answer in Answer
    assert assignable(union(type_, STRING), array_of(type_)).answer in Answer


@settings(max_examples=max(300, settings().max_examples))
@given(st.dictionaries(st.sampled_from(_KEYWORDS), junk, min_size=1, max_size=6))
def test_junk_never_raises(schema: Json) -> None:
    _use(schema)


@pytest.mark.parametrize(
    "schema",
    [
        None,
        5,
        "string",
        [],
        {1: 2, None: {}, "type": "string"},
        {"const": math.nan},
        {"const": math.inf, "minimum": -math.inf},
        {"enum": [dt.date(2024, 1, 1)]},
        {"const": "\ud800", "properties": {"\udfff": {}}},
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [{"$ref": "#/$defs/a"}]}}},
        {"not": {"$ref": "#"}},
        {"dependentSchemas": {"a": {"$ref": "#"}}},
        {"$ref": "#/properties/a/properties/b", "properties": {"a": {"properties": {"b": {"type": "string"}}}}},
        {"$id": "http://[", "$ref": "#/x"},
        {"type": "object", "required": ["a", "a"], "properties": {"a": {"$ref": "#"}}},
        {"minLength": 1e300},
        {"multipleOf": 0},
        {"pattern": "(a{1000}){1000}"},
        {"minItems": 10**9, "type": "array"},
        {"type": "string", "minLength": 10**9},
    ],
)
def test_what_is_no_schema(schema: Json) -> None:
    _use(schema)


@pytest.mark.parametrize("keyword", ["items", "anyOf", "not", "properties", "const"])
def test_deep_nesting(keyword: str) -> None:
    schema: Json = {"type": "string"}
    for _ in range(5000):
        schema = {keyword: [schema] if keyword == "anyOf" else {"a": schema} if keyword == "properties" else schema}
    _use(schema)


def test_long_chains_of_references() -> None:
    definitions = {f"d{number}": {"$ref": f"#/$defs/d{number + 1}"} for number in range(2000)}
    _use({"$ref": "#/$defs/d0", "$defs": definitions})
    nested = {f"d{number}": {"items": {"$ref": f"#/$defs/d{number + 1}"}} for number in range(2000)}
    _use({"$ref": "#/$defs/d0", "$defs": nested})


def test_references_that_double_with_every_step() -> None:
    definitions = {
        f"d{number}": {"anyOf": [{"$ref": f"#/$defs/d{number + 1}"}, {"$ref": f"#/$defs/d{number + 1}", "minimum": 1}]}
        for number in range(40)
    }
    _use({"$ref": "#/$defs/d0", "$defs": definitions})
    objects = {
        f"d{number}": {
            "type": "object",
            "properties": {name: {"$ref": f"#/$defs/d{number + 1}"} for name in ("a", "b")},
            "required": ["a", "b"],
        }
        for number in range(40)
    }
    _use({"$ref": "#/$defs/d0", "$defs": objects})


def test_types_that_nest_one_another_stay_small() -> None:
    grown: Type = STRING
    for _ in range(200):
        grown = union(object_of({"a": grown, "b": grown}), array_of(grown))
    assert len(str(to_schema(grown))) < 5_000_000
    assert assignable(grown, STRING).answer in (Answer.NO, Answer.UNKNOWN)
    deep: Type = STRING
    for _ in range(2000):
        deep = array_of(deep)
    assert assignable(deep, array_of(deep)).answer in Answer
    assert describe(deep) == "list of list of list"


def test_bad_keywords_count_as_absent() -> None:
    assert is_any(of_schema({"type": "strng", "minLength": "two"}))
    assert of_schema({"type": "string", "minLength": -1}) == STRING
    assert of_schema({"type": "string", "properties": [], "items": 3}) == STRING
    assert of_schema({"$ref": "https://example.com/x"}) == ANY


def test_resources_that_redefine_one_another_in_every_order_stay_few() -> None:
    names = [f"r{number}" for number in range(12)]
    resources = {
        name: {
            "$id": f"https://example.com/{name}",
            "$defs": {f"d{number}": {"$dynamicAnchor": f"a{number}"} for number in range(12)},
            "anyOf": [{"$ref": f"https://example.com/{other}"} for other in names if other != name],
            "properties": {other: {"$ref": f"https://example.com/{other}"} for other in names},
            "items": {"$dynamicRef": "#a1"},
        }
        for name in names
    }
    schema = {"$id": "https://example.com/", "$defs": resources, "$ref": "https://example.com/r0"}
    assert len(of_schema(schema).definitions) <= 1100
