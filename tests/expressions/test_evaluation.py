"""What expressions and templates evaluate to (language §5)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.expressions import (
    ExpressionError,
    RawUrl,
    evaluate,
    evaluate_parts,
    parse_expression,
    parse_template,
    render,
    resolve,
)

SCOPE = {
    "input": {
        "id": 7,
        "price": 2.5,
        "name": "Ann",
        "flag": True,
        "gone": None,
        "list": [1, 2.0, "x", None],
        "map": {"a": 1, "b-c": {"d": 2}},
        "count": 3,
    },
    "tasks": {
        "fetch-user": {
            "output": {"email": "a@b.c", "id": 1, "name": "Ann"},
            "status": "succeeded",
            "response": {"status": 200, "headers": {"content-type": "text/plain"}},
        },
        "skipped": {"output": None, "status": "skipped", "response": None},
    },
    "env": {"HOST": "h"},
    "secrets": {"T": "top"},
}


def value(text, scope=SCOPE):
    return evaluate(parse_expression(text), scope)


def error(text, scope=SCOPE):
    with pytest.raises(ExpressionError) as caught:
        value(text, scope)
    return caught.value


def blamed(text, scope=SCOPE):
    span = error(text, scope).span
    return text[span.start : span.end]


def same(first, second):
    """Equality that tells 1 from true and from 1.0."""
    return json.dumps(first) == json.dumps(second)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("input.id", 7),
        ("input['id']", 7),
        ("input.map.b-c.d", 2),
        ("input.list[0]", 1),
        ("input.list[input.list[0]]", 2.0),
        ("input.list[1.0]", 2.0),
        ("input.list[3]", None),
        ("input.gone", None),
        ("tasks.fetch-user.output.email", "a@b.c"),
        ("tasks['fetch-user'].status", "succeeded"),
        ("tasks.fetch-user.response.headers.content-type", "text/plain"),
        ("tasks.skipped.output", None),
        ("env.HOST + secrets.T", "htop"),
        ("[input.id, {a: input.flag}]", [7, {"a": True}]),
        ("{a: 1, a: 2}", {"a": 2}),
        ("input.flag ? 'y' : 1 / 0", "y"),
        ("!input.flag ? 1 / 0 : 'n'", "n"),
        ("input.name | upper | split('N')", ["A", "", ""]),
        ("{{input.id}} > 1 && {{input.flag}}", True),
    ],
)
def test_values(text, result):
    assert same(value(text), result)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 == 1.0", True),
        ("'1' == 1", False),
        ("true == 1", False),
        ("false == 0", False),
        ("null == false", False),
        ("null == null", True),
        ("[1, {a: 2.0}] == [1.0, {a: 2}]", True),
        ("[true] == [1]", False),
        ("{a: 1} == {a: true}", False),
        ("{a: 1, b: 2} == {b: 2, a: 1}", True),
        ("{a: 1} == {a: 1, b: 2}", False),
        ("{a: null} == {b: null}", False),
        ("[1, 2] == [2, 1]", False),
        ("'' == null", False),
        ("[] == {}", False),
        ("1 != '1'", True),
        ("9007199254740993 == 9007199254740992.0", False),
    ],
)
def test_equality_compares_type_and_value(text, result):
    assert value(text) is result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 < 2", True),
        ("2 <= 2.0", True),
        ("'a' < 'b'", True),
        ("'B' < 'a'", True),
        ("3 > 4", False),
        ("'a' >= 'a'", True),
    ],
)
def test_order_of_two_numbers_or_two_strings(text, result):
    assert value(text) is result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2", 3),
        ("'a' + 'b'", "ab"),
        ("9007199254740993 + 1", 9007199254740994),
        ("6 / 3", 2),
        ("7 / 2", 3.5),
        ("9007199254740993 / 1", 9007199254740993),
        ("7 % 3", 1),
        ("-7 % 3", -1),
        ("7 % -3", 1),
        ("-7 % -3", -1),
        ("-7.5 % 2", -1.5),
        ("2 * 3.5", 7.0),
        ("-(1 - 3)", 2),
        ("10 - 2 - 3", 5),
    ],
)
def test_arithmetic(text, result):
    assert same(value(text), result)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("2 in [1, 2.0]", True),
        ("'2' in [2]", False),
        ("true in [1]", False),
        ("[1] in [[1.0]]", True),
        ("'a' in input.map", True),
        ("'z' in input.map", False),
        ("'nn' in input.name", True),
        ("'' in input.name", True),
        ("false && 1 / 0 == 1", False),
        ("true || 1 / 0 == 1", True),
        ("true && false || true", True),
        ("!true", False),
    ],
)
def test_membership_and_logic(text, result):
    assert value(text) is result


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("1 + 'a'", "`+` adds two numbers or joins two strings", "1 + 'a'"),
        ("null + 1", "not null and a number", "null + 1"),
        ("true + true", "not a boolean and a boolean", "true + true"),
        ("[1] + [2]", "not a list and a list", "[1] + [2]"),
        ("'3' * 2", "`*` wants two numbers", "'3' * 2"),
        ("true - 1", "`-` wants two numbers", "true - 1"),
        ("-'a'", "`-` wants a number", "'a'"),
        ("-true", "`-` wants a number", "true"),
        ("1 < '2'", "two numbers or two strings", "1 < '2'"),
        ("true < false", "two numbers or two strings", "true < false"),
        ("[1] < [2]", "two numbers or two strings", "[1] < [2]"),
        ("null >= null", "two numbers or two strings", "null >= null"),
        ("1 && true", "`&&` wants booleans, not a number", "1"),
        ("true && 'x'", "`&&` wants booleans, not a string", "'x'"),
        ("null || true", "`||` wants booleans, not null", "null"),
        ("!0", "`!` wants booleans", "0"),
        ("'' ? 1 : 2", "`? :` wants booleans", "''"),
        ("1 in 2", "`in` wants a list, a map or a string", "1 in 2"),
        ("1 in 'a1'", "searched for a string", "1 in 'a1'"),
        ("1 in {a: 1}", "asked for a key with a string", "1 in {a: 1}"),
        ("1 / 0", "Division by zero", "1 / 0"),
        ("1 % 0", "Division by zero", "1 % 0"),
        ("1 / 0.0", "Division by zero", "1 / 0.0"),
        ("1e308 * 10", "too large", "1e308 * 10"),
        ("1e308 + 1e308", "too large", "1e308 + 1e308"),
        ("f(1)", "no function `f`", "f"),
        ("uper('a')", "Did you mean `upper`?", "uper"),
        ("upper()", "`upper` takes 1 argument, not 0", "upper"),
        ("round(1, 2, 3)", "takes 1 or 2 arguments, not 3", "round"),
        ("coalesce()", "at least 1", "coalesce"),
        ("upper(1)", "`upper` wants a string here, not a number", "1"),
        ("1 | upper", "`upper` wants a string here, not a number", "1"),
        ("length(1)", "a string, a list or a map", "1"),
        ("active", "`active` is not known here; there are: env, input, secrets, tasks", "active"),
        ("inptu.id", "Did you mean `input`?", "inptu"),
    ],
)
def test_type_errors_say_what_is_wrong_and_where(text, message, place):
    assert message in error(text).message
    assert blamed(text) == place


def test_an_unknown_bare_word_is_answered_quote_it():
    assert error("active == 1").hint == "If the text is meant, quote it: 'active'."


def test_integers_end_where_the_other_numbers_end():
    factors = " * ".join(["10"] * 308)
    assert value(factors) == 10**308
    assert "too large" in error(factors + " * 10").message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tasks", "`tasks` has to be followed by the id of a step"),
        ("toJson(secrets)", "`secrets` has to be followed by"),
        ("env[input.name]", "`env` has to be followed by"),
        ("forEach ?? 1", "`forEach` has to be followed by"),
        ("tasks.fetch-user", "followed by `.output`, `.status` or `.response`"),
        ("tasks.fetch-user[input.name]", "followed by `.output`, `.status` or `.response`"),
    ],
)
def test_some_roots_cannot_be_read_whole_or_by_a_computed_key(text, message):
    assert message in error(text).message


def test_text_that_cannot_be_read_is_not_evaluated():
    assert "operator is missing" in error("input.id input.name").message
    assert blamed("input.id input.name") == "input"
    with pytest.raises(ExpressionError, match="never closed"):
        render(parse_template("a {{ input.id"), SCOPE)
    (part,) = parse_template("{{ input.id + }}").parts
    with pytest.raises(ExpressionError, match="missing"):
        evaluate(part.expr, SCOPE)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{ input.id }}", 7),
        ("{{ input.gone }}", None),
        ("{{ input.map }}", {"a": 1, "b-c": {"d": 2}}),
        (" {{ input.id }}", " 7"),
        ("{{ input.name }}{{ input.id }}", "Ann7"),
        ("<{{ input.gone }}>", "<>"),
        ("<{{ input.flag }}>", "<true>"),
        ("<{{ [1, 2.0, 'ü', null, {a: 'x y'}] }}>", '<[1,2,"ü",null,{"a":"x y"}]>'),
        ("<{{ 2.0 }}>", "<2>"),
        ("<{{ 2.5 }}>", "<2.5>"),
        ("<{{ -0.0 }}>", "<0>"),
        ("<{{ 1e20 }}>", "<100000000000000000000>"),
        ("<{{ 1e300 }}>", "<1e+300>"),
        ("<{{ 9007199254740993 }}>", "<9007199254740993>"),
        (r"\{{ input.id }} {{ input.id }}", "{{ input.id }} 7"),
        (r"\\{{ input.id }}", "\\7"),
        ("{{ '{{ input.id }}' }}", "{{ input.id }}"),
        ("x{{ '{{ input.id }}' }}", "x{{ input.id }}"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_templates(text, result):
    assert same(render(parse_template(text), SCOPE), result)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=10,
)


@given(JSON)
def test_a_value_in_a_string_is_json_that_reads_back_equal(inserted):
    text = render(parse_template("{{ input }} "), {"input": inserted})[:-1]
    if isinstance(inserted, str):
        assert text == inserted
    elif inserted is None:
        assert text == ""
    else:
        assert evaluate(
            parse_expression("fromJson(input.text) == input.value"), {"input": {"text": text, "value": inserted}}
        )


@given(JSON, JSON)
def test_equality_is_that_of_canonical_json(first, second):
    def canonical(item):
        if isinstance(item, float) and item.is_integer():
            return int(item)
        if isinstance(item, list):
            return list(map(canonical, item))
        return {key: canonical(inner) for key, inner in item.items()} if isinstance(item, dict) else item

    expected = json.dumps(canonical(first), sort_keys=True) == json.dumps(canonical(second), sort_keys=True)
    assert value("a == b", {"a": first, "b": second}) is expected
    assert value("a == b", {"a": first, "b": json.loads(json.dumps(first))}) is True
    assert value("a in [b, a]", {"a": first, "b": second}) is True
    assert value("length(unique([a, b, a]))", {"a": first, "b": second}) == (1 if expected else 2)


def test_a_tree_is_resolved_and_each_expression_recorded():
    tree = {
        "whole": parse_template("{{ input.id }}"),
        "text": parse_template("{{input.name}} is {{ input.id }}"),
        "deep": [1, {"if": parse_expression("{{ input.id }} > 1 ")}, "plain", parse_template(r"\{{ x }}")],
        "{{ key }}": None,
    }
    recorded = []
    resolved = resolve(tree, SCOPE, lambda text, found: recorded.append((text, found)))
    assert resolved == {
        "whole": 7,
        "text": "Ann is 7",
        "deep": [1, {"if": True}, "plain", "{{ x }}"],
        "{{ key }}": None,
    }
    assert recorded == [("input.id", 7), ("input.name", "Ann"), ("input.id", 7), ("{{ input.id }} > 1", True)]


def test_an_error_in_a_tree_says_where_in_the_tree():
    tree = {"a": [0, {"b": parse_template("x {{ input.nope }}")}]}
    with pytest.raises(ExpressionError) as caught:
        resolve(tree, SCOPE)
    assert caught.value.path == ("a", 1, "b")
    assert caught.value.span == (11, 15)


def test_raw_url_marks_a_value_for_whoever_encodes_it_and_is_plain_text_elsewhere():
    template = parse_template("https://h/{{ input.name }}/{{ input.gone ?? rawUrl('a/b') }}")
    assert [type(part) for part in evaluate_parts(template, SCOPE)] == [str, str, str, RawUrl]
    assert render(template, SCOPE) == "https://h/Ann/a/b"
    for text in ("rawUrl('a')", "[rawUrl('a')][0]", "{k: rawUrl('a')}.k", "true ? rawUrl('a') : 1"):
        assert type(value(text)) is str
        assert type(render(parse_template("{{ " + text + " }}"), SCOPE)) is str
        assert type(resolve([parse_template("{{ " + text + " }}")], SCOPE)[0]) is str


def test_evaluation_changes_nothing_and_reads_no_attributes():
    before = json.dumps(SCOPE)
    assert "not there" in error("input.map.items").message
    assert "is a string" in error("input.name.__class__").message
    assert "is a list" in error("input.list.append").message
    assert json.dumps(SCOPE) == before
