"""*Nothing*: a missing key, an index out of range, a key of null (language §5)."""

import pytest

from wf_engine.expressions import ExpressionError, evaluate, parse_expression

SCOPE = {
    "input": {
        "user": {"email": "a@b.c", "id": 1, "name": "Ann", "count": 5},
        "gone": None,
        "list": [10, 20],
        "text": "x",
    },
    "tasks": {"skipped": {"output": None, "status": "skipped", "response": None}},
    "env": {},
}


def value(text):
    return evaluate(parse_expression(text), SCOPE)


def error(text):
    with pytest.raises(ExpressionError) as caught:
        value(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        # `?.` turns nothing on its left, or from its own key, into null and ends the rest of its chain
        ("input.user?.nope", None),
        ("input.gone?.a", None),
        ("input.gone?.a.b.c[0]", None),
        ("input.nope?.a", None),
        ("input.nope?.a.b", None),
        ("input.list?.[5]", None),
        ("input.list[5]?.a", None),
        ("input?.nope.a.b", None),
        ("input.gone?.[1 / 0]", None),
        ("tasks.skipped.output?.x", None),
        # the whole chain left of `??`
        ("input.nope ?? 1", 1),
        ("input.nope.a.b ?? 1", 1),
        ("input.gone.a[0].b ?? 1", 1),
        ("input.list[5] ?? 1", 1),
        ("input.gone ?? 1", 1),
        ("input.user.id ?? 1 / 0", 1),
        ("input.a ?? input.b.c ?? input.list[9] ?? 'end'", "end"),
        ("(input.nope) ?? 1", 1),
        ("{{ input.nope }} ?? 1", 1),
        ("env.NOPE ?? 'x'", "x"),
        ("tasks.nope.output ?? 'x'", "x"),
        ("false ?? true", False),
        # each argument of `default` and `coalesce`
        ("default(input.nope.a, 2)", 2),
        ("input.nope.a | default(2)", 2),
        ("default(input.gone, input.nope)", None),
        ("coalesce(input.nope, input.gone, input.user.id, 1 / 0)", 1),
        ("coalesce(input.nope)", None),
        ("default(input.user.id, 1 / 0)", 1),
        ("input.gone | coalesce(input.x.y, 3) | toString", "3"),
    ],
)
def test_nothing_is_null_where_the_text_says_so(text, result):
    assert value(text) == result
    assert type(value(text)) is type(result)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        (
            "input.user.emial",
            "`emial` is not there; the keys are: count, email, id, name. Did you mean `email`?",
            "emial",
        ),
        ("input.nope.a?.b", "`nope` is not there", "nope"),
        ("input.user?.email.a", "`input.user?.email` is a string", "a"),
        ("input.gone.a", "`input.gone` is null, so there is no `a` in it.", "a"),
        ("tasks.skipped.output.x", "`tasks.skipped.output` is null, so there is no `x` in it.", "x"),
        ("tasks.skipped.response.status", "is null", "status"),
        ("input.list[2]", "There is no item 2; the list has 2 items.", "2"),
        ("[1][1]", "the list has 1 item.", "1"),
        ("{}.a", "`a` is not there; there are none.", "a"),
        ("input['no pe']", "`no pe` is not there", "'no pe'"),
        # only chains are forgiven, not what stands inside other operations
        ("input.nope + 1 ?? 2", "`nope` is not there", "nope"),
        ("upper(input.nope) ?? 2", "`nope` is not there", "nope"),
        ("[input.nope] ?? 2", "`nope` is not there", "nope"),
        ("input.list[input.nope] ?? 2", "`nope` is not there", "nope"),
        ("input.gone ?? input.nope", "`nope` is not there", "nope"),
        ("toString(default(input.nope + 'x', 1))", "`nope` is not there", "nope"),
        ("input.user?.nope + 1", "not null and a number", "input.user?.nope + 1"),
    ],
)
def test_anywhere_else_nothing_is_an_error_that_lists_what_there_is(text, message, place):
    found = error(text)
    assert message in found.message
    assert text[found.span.start : found.span.end] == place


@pytest.mark.parametrize("text", ["input.user.nope", "input.list[9]", "input.gone.a"])
def test_the_error_says_how_to_allow_for_it(text):
    assert "??" in error(text).hint
    assert "?." in error(text).hint


@pytest.mark.parametrize("ending", ["", " ?? 1"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("input.list[-1]", "whole number from 0 up, not -1"),
        ("input.list[0.5]", "whole number from 0 up, not 0.5"),
        ("input.list?.[-1]", "whole number from 0 up"),
        ("input.list.first", "`first` is no index: `input.list` is a list."),
        ("input.list?.first", "`first` is no index"),
        ("input.list['0']", "`0` is no index"),
        ("input.list[true]", "An index is a number, not a boolean"),
        ("input.user[0]", "A key of a map is a string, not a number"),
        ("input.text.a", "`input.text` is a string"),
        ("input.text[0]", "`input.text` is a string"),
        ("input.user.id?.a", "`input.user.id` is a number"),
    ],
)
def test_a_wrong_key_is_an_error_even_where_nothing_is_forgiven(text, message, ending):
    assert message in error(text + ending).message


def test_a_dash_in_an_unknown_name_may_have_been_a_minus():
    assert "Did you mean `count - 1`?" in error("input.user.count-1").message
    assert "Did you mean `input - x`?" in error("input-x").message


def test_long_lists_of_keys_are_cut_off():
    scope = {"input": {f"key{number:03}": 1 for number in range(100)}}
    with pytest.raises(ExpressionError) as caught:
        evaluate(parse_expression("input.zzz"), scope)
    assert caught.value.message.endswith("key018, key019 and 80 more.")


def test_a_variable_that_is_not_set_is_set_in_the_configuration():
    found = error("env.API")
    assert found.message == "There is no variable `API`; there are none."
    assert found.hint == 'Set it under `[env]` in wf.toml: `API = "…"`.'
