"""What conditions say of what is read under them (language §6)."""

import pytest

from tests.expressions.scopes import Names, inferred
from wf_engine.types import describe, object_of, of_schema


@pytest.mark.parametrize(
    "text",
    [
        "input.gone != null && upper(input.gone) == 'X'",
        "null != input.gone && upper(input.gone) == 'X'",
        "input.gone == null || upper(input.gone) == 'X'",
        "!(input.gone == null) && upper(input.gone) == 'X'",
        "input.gone != null ? upper(input.gone) : 'none'",
        "input.gone == null ? 'none' : upper(input.gone)",
        "!(input.gone != null) ? 'none' : upper(input.gone)",
        "input.gone == 'a' && upper(input.gone) == 'A'",
        "input.flag && input.gone != null && input.id > 1 && upper(input.gone) == 'X'",
        "input.gone == null || input.flag || upper(input.gone) == 'X'",
        "(input.gone != null && input.flag) && upper(input.gone) == 'X'",
        "!(input.gone == null || input.flag) ? upper(input.gone) : ''",
        "(input.gone == 'a' || input.gone == 'b') && upper(input.gone) == 'A'",
        "input?.maybe != null && input.maybe == 'x'",
        "(input.maybe ?? '') != '' || true ? 1 : 2",
        "'maybe' in input && input.maybe == 'x'",
        "input.user.address?.city != null && input.user.address.city == 'x'",
        "input.user.age != null && input.user.age > 3 && input.user.age < 9",
        "input.user['age'] != null ? input.user.age + 1 : 0",
        "input.list[0].age != null && input.list[0].age > 1",
        "tasks.maybe.output != null && tasks.maybe.output.id > 1",
        "tasks.maybe.output?.id != null && tasks.maybe.output.id > 1",
        "tasks.maybe.status == 'succeeded' && tasks.maybe.output.id > 1",
        "'succeeded' == tasks.maybe.status && tasks.maybe.output.id > 1",
        "tasks.maybe.status != 'skipped' && tasks.maybe.output.id > 1",
        "tasks.maybe.status == 'skipped' ? 0 : tasks.maybe.output.id",
        "tasks.either.status == 'succeeded' ? tasks.either.output.email : ''",
        "tasks.either.status != 'skipped' && tasks.either.output.id > 1",
        "input.shape.kind == 'circle' ? input.shape.radius : input.shape.side",
        "input.shape.kind != 'circle' ? input.shape.side : input.shape.radius",
    ],
)
def test_conditions_narrow(text):
    assert inferred(text).findings == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("input.gone != null || upper(input.gone) == 'X'", "nullable_read"),
        ("input.gone == null && upper(input.gone) == 'X'", "nullable_read"),
        ("input.gone == null ? upper(input.gone) : ''", "nullable_read"),
        ("(input.gone != null || input.flag) && upper(input.gone) == 'X'", "nullable_read"),
        ("input.gone != null && input.flag ? '' : upper(input.gone)", "nullable_read"),
        ("(input.gone != null && input.flag) || upper(input.gone) == 'X'", "nullable_read"),
        ("input.gone != 'a' && upper(input.gone) == 'X'", "nullable_read"),
        ("input.gone == input.name && upper(input.gone) == 'X'", "nullable_read"),
        ("(input.gone != null ? 1 : 2) > 1 && upper(input.gone) == 'X'", "nullable_read"),
        ("input.list[0].age != null && input.list[1].age > 1", "nullable_read"),
        ("tasks.maybe.status == 'skipped' && tasks.maybe.output.id > 1", "nullable_read"),
        ("tasks.maybe.status != 'succeeded' && tasks.maybe.output.id > 1", "nullable_read"),
        ("tasks.either.status == 'succeeded' && tasks.maybe.output.id > 1", "nullable_read"),
        ("(input.maybe ?? '') != '' && input.maybe == 'x'", "optional_read"),
        ("input.maybe ?? input.maybe", "optional_read"),
    ],
)
def test_conditions_that_say_nothing_of_it_do_not_narrow(text, kind):
    assert [finding.kind for finding in inferred(text).findings] == [kind]


@pytest.mark.parametrize(
    ("condition", "text", "type_"),
    [
        ("input.gone != null", "input.gone", "string"),
        ("tasks.maybe.status == 'succeeded'", "tasks.maybe.output.email", "string"),
        ("input.flag && tasks.either.status == 'succeeded'", "tasks.either.output.id", "integer"),
        ("tasks.maybe.output != null", "tasks.maybe.output.id", "integer"),
        ("input.user.age > 18", "input.user.age", "integer"),
        ("startsWith(input.maybe, 'a')", "input.maybe", "string"),
        ("input.user.address.city == 'x'", "input.user.address.city", "string"),
        ("input.shape.kind == 'square'", "input.shape.side", "number"),
        ("tasks.either.status == 'skipped'", "tasks.either.output", "null"),
    ],
)
def test_assumed_conditions_narrow(condition, text, type_):
    inference = inferred(text, [condition])
    assert inference.findings == ()
    assert describe(inference.type) == type_


def test_findings_in_an_assumed_condition_are_not_ours():
    assert inferred("input.id", ["nonsense.a > 1", "input.gone + 1"]).findings == ()


def test_several_assumptions_hold_together():
    assert inferred("input.gone + input.maybe", ["input.gone != null", "input?.maybe != null"]).findings == ()


def test_what_has_been_read_once_is_there_the_second_time():
    assert len(inferred("input.maybe == 'a' || input.maybe == 'b'").findings) == 1
    assert len(inferred("(input.flag ? input.maybe : '') + input.maybe").findings) == 2


def test_alternatives_that_are_references_are_told_apart():
    shape = of_schema(
        {
            "oneOf": [{"$ref": "#/$defs/dot"}, {"$ref": "#/$defs/group"}],
            "$defs": {
                "dot": {
                    "type": "object",
                    "properties": {"kind": {"const": "dot"}, "size": {"type": "integer"}},
                    "required": ["kind", "size"],
                    "additionalProperties": False,
                },
                "group": {
                    "type": "object",
                    "properties": {"kind": {"const": "group"}, "parts": {"type": "array", "items": {"$ref": "#"}}},
                    "required": ["kind", "parts"],
                    "additionalProperties": False,
                },
            },
        }
    )
    scope = Names({"input": object_of({"shape": shape})})
    found = inferred("input.shape.kind == 'dot' ? input.shape.size : input.shape.parts", scope=scope)
    assert found.findings == ()
    assert describe(found.type, 1).startswith("integer or list of")
