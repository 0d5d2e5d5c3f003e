"""The grammar's edges: what ends where, what a broken bracket swallows, how trees are printed (language §5)."""

import pytest

from wf_engine.expressions import ExpressionError, conjuncts, evaluate, parse_expression, parse_template, unparse


def problem(text):
    (found,) = parse_expression(text).problems
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("true ? 'a' | upper : 'b'", "`:` and a value"),
        ("(1 }}", "`}` is unexpected"),
        ("[1 } 2]", "unexpected"),
        ("{a: 1 ) b: 2}", "unexpected"),
        ("1 < 2 == true", "chained"),
        ("1 in [1] in [true]", "chained"),
        ("true && 1 < 2 < 3", "chained"),
        ("1 + 2 < 3 < 4", "chained"),
    ],
)
def test_what_the_grammar_has_not(text, said):
    assert said in problem(text).message + (problem(text).hint or "")
    with pytest.raises(ExpressionError):
        evaluate(parse_expression(text), {})


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("(1 ] ( ( 2 ) ) ) + 3", "1 + 3"),
        ("(1 ] [ { {{ 2 }} } ] ) + 3", "1 + 3"),
        ("[1 } (2, 3) , 4] + 5", "[1] + 5"),
        ("f(1 } f(2) ) + 3", "f(1) + 3"),
        ("(1 : 2) + 3", "1 + 3"),
        ("(1 : ( 2 3 ) 4) + 5", "1 + 5"),
        ("a.f(1,)", "a | f(1, …)"),
        ("{a: 1 ) {b: 2} } ?? 3", "{a: 1} ?? 3"),
    ],
)
def test_a_broken_bracket_ends_where_it_closes(text, tree):
    assert unparse(parse_expression(text).root) == tree


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("not x", "Write `!x` for `not x`."),
        ("yes x", "A text stands in quotes: 'some text'."),
        ("a x", "A text stands in quotes: 'some text'."),
        ("x | f + 1", "What a function gives is used further in parentheses: `(x | f) + 1`."),
        ("a.0", "Write `[0]`."),
        ("a?.0", "Write `?.[0]`."),
        ("“a”", "Strings stand in straight quotes: 'text' or \"text\"."),
        ("1 # 2", None),
    ],
)
def test_what_to_do(text, hint):
    assert problem(text).hint == hint


@pytest.mark.parametrize(
    "text",
    [
        "(true ? false : true) ? 1 : 2",
        "true ? (1 | toString) : 2",
        "true ? false ? 1 : 2 : 3",
        "(1 | toString) ?? 2",
        "(null ?? true) && false",
        "(1 < 2) == true",
        "1 - (2 - 3)",
        "-(1 + 2)",
        "(-1).a",
        "!(true && false)",
        "- -1",
        "[1][0]",
        "({a: 1}).a",
        "(1 ?? 2)?.a",
    ],
)
def test_what_is_printed_says_the_same_with_the_parentheses_that_it_needs(text):
    tree = parse_expression(text).root
    printed = unparse(tree)
    assert printed.replace(" ", "").replace("({a:1})", "{a:1}") == text.replace(" ", "").replace("({a:1})", "{a:1}")
    assert unparse(parse_expression(printed).root) == printed


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("round(1.25, (1))", 1.3),
        ("[1, (2), [3], {a: 4}]", [1, 2, [3], {"a": 4}]),
        ("[(1), (2),]", [1, 2]),
        ("{a: (1), 'b': [2],}", {"a": 1, "b": [2]}),
        ("1 -2", -1),
        ("false || false", False),
        ("false || false || true", True),
        ("true && true && false", False),
        ("true && true", True),
        ("1 - -2", 3),
        ("1-2", -1),
        ("[1] == [1]", True),
        ("'a' in 'abc' && !('d' in 'abc')", True),
        ("{in: 1, null: 2, true: 3}['null']", 2),
        ("{a: {b: {c: 1}}}.a.b.c", 1),
        ("{{ {a: {b: 1}} }}.a.b", 1),
        ("true ? 1 : false ? 2 : 3", 1),
        ("false ? 1 : false ? 2 : 3", 3),
        ("null ?? false ? 1 : 2", 2),
        ("2 + 3 * 4 % 5 - 6 / 3", 2),
        ("!true == false", True),
        ("-2 * -3", 6),
    ],
)
def test_how_tightly_operators_bind_and_brackets_hold(text, result):
    assert evaluate(parse_expression(text), {}) == result


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a # b", "`#` has no meaning in an expression."),
        ("a | f != 1", "`!=` is unexpected."),
        ("a | f(1,)", "After `,`, an argument is missing."),
        ("(a?.)", "After `?.`, a name is missing."),
        (r"'\ud800'", r"`\ud800` is half of a character; a pair such as `\ud83d\ude00` makes one."),
    ],
)
def test_what_is_wrong_with_a_text(text, message):
    assert [problem.message for problem in parse_expression(text).problems] == [message]


@pytest.mark.parametrize(
    "text",
    [
        "a ?? (b ?? c)",
        "a ?? (b ? c : d)",
        "a ?? b ? c : d",
        "a ? b : (c | f)",
    ],
)
def test_the_canonical_spelling(text):
    assert unparse(parse_expression(text).root) == text


def test_only_and_joins_conditions():
    found = conjuncts(parse_expression("a != b && c % 2 == 0").root)
    assert [unparse(each) for each in found] == ["a != b", "c % 2 == 0"]


def test_an_expression_far_back_in_a_text_is_not_long():
    assert parse_template("x" * 100_001 + "{{ a + b }}").problems == ()


def test_only_outputs_of_a_loop_are_an_old_spelling():
    assert parse_expression("tasks.x.forEach.input").old == ()
