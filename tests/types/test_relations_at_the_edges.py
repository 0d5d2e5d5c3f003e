"""Whether values fit, at the edges of what is decided, each with the value that shows it (language §6)."""

from typing import Any

import pytest

from wf_engine.types import Answer, assignable, literal, of_schema, validate

Json = Any
YES, NO, PARTLY, UNKNOWN = Answer.YES, Answer.NO, Answer.PARTLY, Answer.UNKNOWN
INT, STR = {"type": "integer"}, {"type": "string"}


def number(**keywords: Json) -> Json:
    return {"type": "number", **{name: value for name, value in keywords.items() if value is not None}}


def array(**keywords: Json) -> Json:
    return {"type": "array", **keywords}


def mapping(properties: Json | None = None, **keywords: Json) -> Json:
    return {"type": "object", **({"properties": properties} if properties else {}), **keywords}


def closed(properties: Json, *required: str) -> Json:
    return mapping(properties, required=list(required), additionalProperties=False)


DECISIONS: list[tuple[Json, Json, Answer]] = [
    # ranges: whole numbers and others, open and closed ends
    (number(minimum=1, maximum=5), number(minimum=1, maximum=5), YES),
    (number(minimum=1, maximum=5), number(minimum=0, maximum=6), YES),
    (number(minimum=1, maximum=5), number(exclusiveMinimum=1), UNKNOWN),
    (number(exclusiveMinimum=1), number(minimum=1), YES),
    (number(exclusiveMinimum=1), number(exclusiveMinimum=1), YES),
    (number(minimum=1), number(exclusiveMinimum=0), YES),
    (number(maximum=5), number(exclusiveMaximum=5), UNKNOWN),
    (number(exclusiveMaximum=5), number(maximum=5), YES),
    (number(exclusiveMaximum=5), number(exclusiveMaximum=5), YES),
    (number(maximum=5), number(minimum=5), UNKNOWN),
    (number(maximum=5), number(exclusiveMinimum=5), NO),
    (number(exclusiveMaximum=5), number(minimum=5), NO),
    (number(exclusiveMaximum=5), number(exclusiveMinimum=5), NO),
    (number(maximum=4), number(minimum=5), NO),
    (number(minimum=6), number(maximum=5), NO),
    (number(minimum=5), number(maximum=5), UNKNOWN),
    (number(), number(minimum=0), UNKNOWN),
    (number(minimum=0), number(), YES),
    (INT, {"type": "integer", "multipleOf": 1}, YES),
    (number(), number(multipleOf=1), UNKNOWN),
    (number(), {"multipleOf": 1}, UNKNOWN),
    (number(), {"type": "integer", "multipleOf": 1}, PARTLY),
    ({"const": 0.5}, number(multipleOf=1), NO),
    ({"enum": [0.5, 1]}, number(multipleOf=1), UNKNOWN),
    ({"type": "number", "not": {"type": "integer"}}, number(multipleOf=2), NO),
    (INT, {"type": "integer", "multipleOf": 2}, UNKNOWN),
    ({"type": "integer", "multipleOf": 6}, {"type": "integer", "multipleOf": 3}, YES),
    ({"type": "integer", "multipleOf": 3}, {"type": "integer", "multipleOf": 6}, UNKNOWN),
    (number(multipleOf=0.5), number(multipleOf=0.5), YES),
    (number(multipleOf=0.5), number(multipleOf=0.25), UNKNOWN),
    # lengths
    ({"type": "string", "minLength": 2, "maxLength": 4}, {"type": "string", "maxLength": 4}, YES),
    ({"type": "string", "minLength": 5}, {"type": "string", "maxLength": 4}, NO),
    ({"type": "string", "minLength": 4}, {"type": "string", "maxLength": 4}, UNKNOWN),
    (STR, {"type": "string", "minLength": 1}, UNKNOWN),
    ({"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^a"}, YES),
    ({"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^b"}, UNKNOWN),
    ({"type": "string", "format": "date"}, STR, YES),
    (STR, {"type": "string", "format": "date"}, UNKNOWN),
    # lists: as many elements as there may be
    (array(prefixItems=[STR], items=False), array(minItems=1), UNKNOWN),
    (array(prefixItems=[STR], items=False), array(maxItems=1), YES),
    (array(prefixItems=[STR], items=False), array(minItems=2), NO),
    (array(prefixItems=[STR, False]), array(maxItems=1), YES),
    (array(maxItems=1, items=STR), array(uniqueItems=True), YES),
    (array(maxItems=2, items=STR), array(uniqueItems=True), UNKNOWN),
    (array(minItems=2, items={"const": 1}), array(uniqueItems=True), NO),
    (array(minItems=2, prefixItems=[{"const": 1}, {"const": 2}]), array(uniqueItems=True), UNKNOWN),
    (array(uniqueItems=True), array(uniqueItems=True), YES),
    (array(items=INT, minItems=1), array(items=STR), NO),
    (array(items=INT), array(items=STR), PARTLY),
    (array(items=INT, maxItems=0), array(items=STR), YES),
    (array(items=INT), array(items=STR, minItems=1), NO),
    (array(items=number(minimum=3)), array(items=number(maximum=2)), UNKNOWN),
    (array(prefixItems=[INT, STR], items=False), array(prefixItems=[INT], items=STR), YES),
    (array(prefixItems=[INT, INT], minItems=2), array(prefixItems=[INT], items=STR), NO),
    (array(prefixItems=[{"const": 1}]), array(contains={"const": 1}), UNKNOWN),
    (array(prefixItems=[{"const": 1}], minItems=1), array(contains={"const": 1}), YES),
    (array(items={"const": 1}, minItems=2), array(contains={"const": 1}, minContains=2), YES),
    (array(items={"const": 1}, minItems=2), array(contains={"const": 1}, minContains=3), UNKNOWN),
    (array(items={"const": 1}, maxItems=2), array(contains={"const": 1}, minContains=3), NO),
    (array(items=STR), array(contains=INT), NO),
    (array(items=STR), array(contains=INT, minContains=0), YES),
    (array(items={"const": 1}, minItems=1, maxItems=2), array(contains={"const": 1}, maxContains=2), YES),
    (array(items={"const": 1}, minItems=1), array(contains={"const": 1}, maxContains=2), UNKNOWN),
    # objects: names that there are, may be, must be
    (closed({"a": INT}, "a"), closed({"a": INT}), YES),
    (closed({"a": INT}), closed({"a": INT}, "a"), PARTLY),
    (closed({"b": INT}), closed({"a": INT}, "a"), NO),
    (closed({"a": INT, "b": INT}, "a"), closed({"a": INT}), PARTLY),
    (closed({"a": INT, "b": INT}, "b"), closed({"a": INT}), NO),
    (mapping({"a": INT}), closed({"a": INT}), UNKNOWN),
    (closed({"a": INT}), mapping(maxProperties=1), YES),
    (closed({"a": INT, "b": INT}), mapping(maxProperties=1), UNKNOWN),
    (closed({"a": INT, "b": INT}, "a", "b"), mapping(maxProperties=1), NO),
    (closed({"a": INT}, "a"), mapping(minProperties=1), YES),
    (closed({"a": INT}), mapping(minProperties=1), UNKNOWN),
    (closed({"a": INT}), mapping(minProperties=2), NO),
    (mapping(additionalProperties=INT), mapping(additionalProperties=STR), PARTLY),
    (mapping(additionalProperties=INT, minProperties=1), mapping(additionalProperties=STR), PARTLY),
    (mapping(additionalProperties=INT), mapping(additionalProperties=number()), YES),
    (mapping(), mapping(additionalProperties=STR), UNKNOWN),
    (mapping(additionalProperties=INT), mapping({"a": STR}), PARTLY),
    (mapping(additionalProperties=INT), mapping({"a": STR}, required=["a"]), NO),
    (
        mapping(patternProperties={"^a": INT}, additionalProperties=False),
        mapping(patternProperties={"^a": number()}, additionalProperties=False),
        YES,
    ),
    (
        mapping(patternProperties={"^a": INT}, additionalProperties=False),
        mapping(patternProperties={"^a": STR}, additionalProperties=False),
        UNKNOWN,
    ),
    (mapping(patternProperties={"^a": INT}, additionalProperties=False), mapping(additionalProperties=STR), UNKNOWN),
    (mapping(patternProperties={"^a": INT}, additionalProperties=False), mapping(additionalProperties=INT), YES),
    (mapping(patternProperties={"^a": INT}), mapping(additionalProperties=INT), UNKNOWN),
    (closed({"x1": INT}, "x1"), mapping(propertyNames={"pattern": "^x"}), YES),
    (closed({"y": INT}, "y"), mapping(propertyNames={"pattern": "^x"}), NO),
    (closed({"y": INT}), mapping(propertyNames={"pattern": "^x"}), UNKNOWN),
    (mapping(), mapping(propertyNames={"pattern": "^x"}), UNKNOWN),
    (mapping(propertyNames={"pattern": "^x"}), mapping(propertyNames={"pattern": "^x"}), YES),
    (mapping(propertyNames={"enum": ["a"]}), mapping(propertyNames={"enum": ["a", "b"]}), YES),
    (closed({"a": INT, "b": INT}, "a", "b"), mapping(dependentRequired={"a": ["b"]}), YES),
    (closed({"a": INT, "b": INT}, "a"), mapping(dependentRequired={"a": ["b"]}), PARTLY),
    (closed({"a": INT}, "a"), mapping(dependentRequired={"a": ["b"]}), NO),
    (closed({"a": INT, "b": INT}), mapping(dependentRequired={"a": ["b"]}), UNKNOWN),
    (mapping({"a": INT}, required=["a"]), mapping(dependentRequired={"a": ["b"]}), PARTLY),
    (mapping(required=["a"]), mapping(dependentRequired={"a": ["b"]}), PARTLY),
    (array(items=STR), array(items=False), UNKNOWN),
    (closed({"a": INT, "b": INT, "c": INT}, "a", "b"), mapping(dependentRequired={"a": ["b", "c"]}), PARTLY),
    (array(items=closed({"a": INT}, "a")), array(items=mapping(dependentRequired={"a": ["b"]})), PARTLY),
    (closed({"a": INT, "b": INT}, "a", "b"), mapping(maxProperties=2), YES),
    (closed({"a": INT, "b": INT}, "a", "b"), mapping(minProperties=2), YES),
    (closed({"b": INT}), mapping(dependentRequired={"a": ["b"]}), YES),
    (closed({"a": INT}, "a"), mapping(dependentRequired={"a": ["a"]}), YES),
    (closed({"a": INT}, "a"), mapping(dependentSchemas={"a": {"required": ["b"]}}), NO),
    (closed({"b": INT}), mapping(dependentSchemas={"a": {"minProperties": 2}}), YES),
    (closed({"a": INT}), mapping(dependentSchemas={"a": {"minProperties": 2}}), UNKNOWN),
    (
        mapping(dependentRequired={"a": ["b"]}),
        mapping(dependentRequired={"a": ["b"], "c": []}),
        YES,
    ),
    # several cases
    (closed({"a": INT}, "a"), {"anyOf": [closed({"a": STR}, "a"), closed({"a": number()}, "a")]}, YES),
    (closed({"a": INT}, "a"), {"anyOf": [closed({"a": STR}, "a"), closed({"a": {"type": "null"}}, "a")]}, NO),
    (closed({"a": INT}), {"anyOf": [closed({"a": STR}, "a"), closed({"a": INT}, "a")]}, PARTLY),
    ({"type": ["integer", "null"]}, INT, PARTLY),
    ({"type": ["integer", "null"]}, STR, NO),
    ({"type": ["integer", "string"]}, {"type": ["string", "null"]}, PARTLY),
    (INT, {"type": ["string", "integer"]}, YES),
    ({"enum": [1, "a"]}, {"enum": ["a", 1, 2]}, YES),
    ({"enum": [1, "a"]}, {"enum": ["a"]}, PARTLY),
    ({"enum": ["b", "a"]}, {"enum": ["a"]}, UNKNOWN),
    ({"enum": [1, "a"]}, {"enum": ["b"]}, NO),
    ({"enum": [1, 2]}, STR, NO),
    ({"enum": [1, None]}, INT, PARTLY),
    ({"type": "boolean"}, {"enum": [True, False]}, YES),
    ({"type": "boolean"}, {"const": True}, UNKNOWN),
    ({"const": {"a": 1}}, {"enum": [{"a": 1.0}]}, YES),
    ({"const": [1, {"a": []}]}, {"enum": [[1.0, {"a": []}]]}, YES),
    ({"const": {"a": 1}}, {"enum": [{"a": 1, "b": 2}]}, NO),
    ({"const": {"a": True}}, {"enum": [{"a": 1}]}, NO),
    (INT, {"if": {"type": "string"}, "then": {"minLength": 1}}, YES),
    ({"type": "string"}, {"if": {"type": "string"}, "then": {"minLength": 1}}, UNKNOWN),
    (array(contains={"type": "integer", "minimum": 1}), array(contains={"minimum": 1, "type": "integer"}), YES),
    (array(contains=INT), array(contains=INT), YES),
    (array(contains=INT), array(contains=INT, minContains=2), UNKNOWN),
    ({"const": "x"}, {"type": "string", "not": {"const": "x"}}, NO),
    ({"const": "y"}, {"type": "string", "not": {"const": "x"}}, YES),
    (STR, {"type": "string", "not": {"const": "x"}}, UNKNOWN),
    (INT, {"not": STR}, YES),
    (STR, {"not": STR}, NO),
    (True, INT, UNKNOWN),
    (INT, True, YES),
    (False, INT, YES),
    (INT, False, NO),
    # what cannot be checked is not refused
    (INT, {"type": "string", "pattern": "(?=x)"}, UNKNOWN),
    ({"const": "a"}, {"type": "string", "pattern": "(?=x)"}, UNKNOWN),
    # what has no values that could be shown
    (
        {"$ref": "#/$defs/a", "$defs": {"a": mapping({"a": {"$ref": "#/$defs/a"}}, required=["a"])}},
        STR,
        UNKNOWN,
    ),
]


@pytest.mark.parametrize(("source", "target", "answer"), DECISIONS)
def test_decisions(source: Json, target: Json, answer: Answer) -> None:
    found = assignable(of_schema(source), of_schema(target))
    assert found.answer is answer
    if answer in {NO, PARTLY}:
        assert validate(source, found.witness) == []
        assert validate(target, found.witness) != []


def test_many_properties_beside_each_other_are_no_depth() -> None:
    names = [f"p{index}" for index in range(100)]
    source = closed({name: {"const": index} for index, name in enumerate(names)}, *names)
    assert assignable(of_schema(source), of_schema(closed(dict.fromkeys(names, number()), *names))).answer is YES


def test_many_values_that_are_excluded_beside_each_other_are_no_depth() -> None:
    names = [f"p{index}" for index in range(100)]
    source = closed({name: {"const": index} for index, name in enumerate(names)}, *names)
    target = closed({name: {"not": {"const": -index - 1}} for index, name in enumerate(names)}, *names)
    assert assignable(of_schema(source), of_schema(target)).answer is YES


def test_what_was_assumed_meanwhile_is_not_taken_for_proven() -> None:
    """`list` fits where `node` does, which it does not: found out for `node` first, then asked for `list` alone."""

    def definitions(value: Json) -> Json:
        return {
            "node": closed({"list": {"$ref": "#/$defs/list"}, "v": value}, "list", "v"),
            "list": array(items={"$ref": "#/$defs/node"}),
        }

    source = {
        **closed({"x": {"$ref": "#/$defs/node"}, "y": {"$ref": "#/$defs/list"}}, "x", "y"),
        "$defs": definitions(INT),
    }
    target = {
        "anyOf": [closed({"x": {"$ref": "#/$defs/node"}, "y": True}, "x", "y"),
                  closed({"x": True, "y": {"$ref": "#/$defs/list"}}, "x", "y")],
        "$defs": definitions(STR),
    }  # fmt: skip
    found = assignable(of_schema(source), of_schema(target))
    assert found.answer in {PARTLY, UNKNOWN}
    assert validate(target, {"x": {"list": [], "v": 1}, "y": [{"list": [], "v": 1}]}) != []


def test_the_first_thing_that_is_wrong_is_told() -> None:
    target = of_schema(mapping({"a": STR, "b": STR}))
    assert assignable(literal({"a": 1, "b": 2}), target).path == ("a",)
    found = assignable(of_schema(closed({"a": INT, "b": INT}, "a", "b")), target)
    assert (found.path, found.reason) == (("a",), "is an integer, but a string is wanted")


def test_a_number_between_the_steps_is_told_of_the_step() -> None:
    assert assignable(literal(0.5), of_schema(number(multipleOf=1))).reason == "is 0.5, but a multiple of 1 is wanted"


def test_the_value_that_shows_it_is_not_null_where_there_is_another() -> None:
    found = assignable(of_schema({"type": ["null", "object"]}), of_schema(STR))
    assert (found.answer, found.witness) == (NO, {})
    assert found.reason == "is null or an object, but a string is wanted"


def test_a_pattern_that_is_not_checked_takes_nothing_else_with_it() -> None:
    schema = {"properties": {"a": {"pattern": "(?=x)"}, "b": {"const": "("}, "c": {"pattern": "^x"}}}
    assert validate(schema, {"a": "y"}) == []
    assert [each.path for each in validate(schema, {"b": "x", "c": "y"})] == [("b",), ("c",)]


def optional(inner: Json) -> Json:
    return mapping({"o": inner})


ANY_KIND = ["array", "boolean", "integer", "number", "object", "string"]
MANY = [{"const": f"a{number}"} for number in range(9)], [{"const": f"b{number}"} for number in range(9)]

MORE: list[tuple[Json, Json, Answer]] = [
    (array(prefixItems=[STR, STR]), array(prefixItems=[STR, INT]), PARTLY),
    (array(contains=STR, minItems=2), array(contains=STR), YES),
    (array(contains=mapping({"a": INT}), minItems=2), array(contains=mapping({"a": INT})), YES),
    (
        array(contains={"type": "string", "minLength": 1}, minItems=2),
        array(contains={"minLength": 1, "type": "string"}),
        YES,
    ),
    ({"type": ["array", "integer"]}, number(multipleOf=1), PARTLY),
    ({"enum": [1, 2], "minimum": 0}, STR, NO),
    ({"const": "a0"}, {"allOf": [{"anyOf": MANY[0]}, {"anyOf": MANY[1]}]}, NO),
    ({"const": [1]}, {"const": [2]}, NO),
    ({"const": [1]}, {"const": [1, 2]}, NO),
    (mapping({"a": INT}, required=["a"]), mapping(dependentRequired={"a": ["b"]}), PARTLY),
    (mapping(required=["a"]), mapping(dependentRequired={"a": ["b"]}), PARTLY),
    (array(items=STR), array(items=False), UNKNOWN),
    (optional(closed({})), optional(mapping(required=["a"])), PARTLY),
    (optional(mapping({"b": INT}, required=["b"])), optional(closed({})), PARTLY),
    (optional(mapping({"B": INT}, required=["B"])), optional(mapping(propertyNames={"pattern": "^[a-z]"})), PARTLY),
    (closed({}), mapping({"a": INT}, required=["a"], unevaluatedProperties=False), NO),
    (
        mapping({"a": {"type": [*ANY_KIND, "null"]}}, required=["a"]),
        mapping({"a": {"type": ANY_KIND}}, required=["a"]),
        PARTLY,
    ),
]


@pytest.mark.parametrize(("source", "target", "answer"), MORE)
def test_more_decisions(source: Json, target: Json, answer: Answer) -> None:
    assert assignable(of_schema(source), of_schema(target)).answer is answer


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ({"const": 1.5}, number(multipleOf=1), "is 1.5, but a multiple of 1 is wanted"),
        ({"type": ["string", "integer"]}, STR, "may be an integer, but a string is wanted"),
    ],
)
def test_reasons(source: Json, target: Json, reason: str) -> None:
    assert assignable(of_schema(source), of_schema(target)).reason == reason
