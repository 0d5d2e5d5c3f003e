"""What is of the right kind in some runs and of a wrong one in others (language §6, *partly*)."""

import pytest

from tests.expressions.scopes import USER, Names, inferred
from wf_engine.types import INTEGER, NULL, STRING, array_of, describe, literal, nullable, object_of, of_schema, union

SCOPE = Names(
    {
        "input": object_of(
            {
                "id": INTEGER,
                "name": STRING,
                "gone": nullable(STRING),
                "mixed": union(STRING, INTEGER),
                "switch": of_schema({"type": ["boolean", "string"]}),
                "mixes": array_of(union(STRING, INTEGER)),
                "holes": array_of(nullable(STRING)),
                "user": union(USER, literal("nobody")),
                "users": union(array_of(USER), STRING),
                "listed": of_schema({"enum": ["a", 1, None]}),
                "open": of_schema({"minimum": 1}),
                "any": of_schema(True),
                "none": NULL,
                "word": of_schema({"enum": ["a", "b"]}),
            }
        )
    }
)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("input.mixed * 2", "input.mixed", "`input.mixed` may be a string; `*` wants a number."),
        ("2 - input.mixed", "input.mixed", "may be a string"),
        ("input.mixed + 1", "input.mixed", "`input.mixed` may be a string; `+` adds two numbers or joins two strings."),
        ("'a' + input.mixed", "input.mixed", "may be a number"),
        ("input.mixed < 'a'", "input.mixed", "may be a number; `<` compares two numbers or two strings."),
        ("input.mixed + input.mixed", "input.mixed + input.mixed", "One side may be a number and the other a string"),
        ("input.switch && true", "input.switch", "may be a string; `&&` wants a boolean."),
        ("true || input.switch", "input.switch", "may be a string"),
        ("!input.switch", "input.switch", "`!` wants a boolean"),
        ("input.switch ? 1 : 2", "input.switch", "may be a string"),
        ("upper(input.mixed)", "input.mixed", "may be a number; `upper` wants a string."),
        ("sum(input.mixes)", "input.mixes", "An item of `input.mixes` may be a string; `sum` wants a list of number."),
        ("max(input.holes)", "input.holes", "An item of `input.holes` may be null"),
        ("input.user.id", "input.user", "`input.user` may be a string; only a map has a key such as `id`."),
        ("input.user?.id", "input.user", "may be a string"),
        ("input.users[0]", "input.users", "may be a string; only maps and lists have something inside."),
        ("input.mixes[input.mixed]", "input.mixed", "may be a string; what stands here has to be a number."),
        ("'a' in input.listed", "input.listed", "may be a number"),
        ("input.mixed in input.name", "input.mixed", "may be a number"),
    ],
)
def test_a_value_of_several_kinds(text, place, message):
    found = [each for each in inferred(text, scope=SCOPE).findings if each.kind != "nullable_read"]
    assert [each.kind for each in found] == ["possible_operand"]
    assert text[found[0].span.start : found[0].span.end] == place
    assert message in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "input.any * 2",
        "input.open * 2",
        "upper(input.any)",
        "input.any.x",
        "input.any + input.mixed",
        "input.mixed == 1",
        "toString(input.mixed)",
        "length(input.users)",
        "input.mixed ?? 1",
        "input.id in input.mixes",
        "sum([1, 2])",
        "input.user != 'nobody' && input.user.id > 1",
        "input.user == 'nobody' ? 0 : input.user.id",
        "input.word != 'a' && input.word + 'x' == 'bx'",
    ],
)
def test_nothing_is_said_where_no_kind_is_named_or_every_kind_fits(text):
    assert inferred(text, scope=SCOPE).findings == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("input.gone + 1", ["operand"]),
        ("input.gone + 'a'", ["nullable_read"]),
        ("input.gone * 2", ["operand"]),
        ("input.listed * 2", ["nullable_read", "possible_operand"]),
        ("input.none + 1", ["operand"]),
    ],
)
def test_what_never_works_is_said_once(text, kinds):
    assert [each.kind for each in inferred(text, scope=SCOPE).findings] == kinds


@pytest.mark.parametrize(
    ("condition", "text", "type_"),
    [
        ("input.word != 'a'", "input.word", '"b"'),
        ("input.word == 'a'", "input.word", '"a"'),
        ("input.listed != null", "input.listed", '"a" or 1'),
        ("input.listed != 1", "input.listed", '"a" or null'),
        ("input.user != 'nobody'", "input.user.id", "integer"),
        ("input.name != 'x'", "input.name", "string"),
        ("input.name == 'x'", "input.name", "string"),
    ],
)
def test_a_comparison_narrows_what_is_compared(condition, text, type_):
    assert describe(inferred(text, [condition], SCOPE).type) == type_
