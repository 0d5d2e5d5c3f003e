"""Broken expressions: one good problem each, at the narrowest place, and a tree that completion can use."""

import pytest

from wf_engine.expressions import (
    Call,
    Member,
    Missing,
    Name,
    parse_expression,
    parse_template,
    unparse,
    walk,
)

CASES = [
    # text, what the tree says, where the problem stands, a part of its message
    ("tasks.", "tasks.", ".", "a name is missing"),
    ("tasks.a.output. | upper", "tasks.a.output. | upper", ".", "a name is missing"),
    ("tasks..a", "tasks..a", ".", "a name is missing"),
    ("a?.", "a?.", "?.", "a name is missing"),
    ("a.[0]", "a.[0]", ".", "a name is missing"),
    ("a.0", "a[0]", "0", "goes in brackets"),
    ("a.'k'", "a['k']", "'k'", "goes in brackets"),
    ("f(a, ", "f(a, …)", "(", "never closed"),
    ("f(a,)", "f(a, …)", ",", "an argument is missing"),
    ("f(,a)", "f(…, a)", "(", "missing after `(`"),
    ("f(a b)", "f(a, b)", "b", "`,` is missing"),
    ("f(a", "f(a)", "(", "never closed"),
    ("[1 2]", "[1, 2]", "2", "`,` is missing"),
    ("[1, 2", "[1, 2]", "[", "never closed"),
    ("(a", "a", "(", "never closed"),
    ("(a]", "a", "]", "unexpected"),
    ("a)", "a", ")", "closes nothing"),
    ("a[", "a[…]", "[", "missing after `[`"),
    ("a[]", "a[…]", "[", "missing after `[`"),
    ("()", "…", "(", "missing after `(`"),
    ("a +", "a + …", "+", "missing after `+`"),
    ("a + * b", "a + … * b", "*", "missing before `*`"),
    ("* b", "… * b", "*", "missing before `*`"),
    ("in b", "… in b", "in", "missing before `in`"),
    ("a |", "a | ", "|", "a function's name is missing"),
    ("| upper", "… | upper", "|", "missing before `|`"),
    ("a b", "a", "b", "operator is missing before `b`"),
    ("a 'b'", "a", "'b'", "operator is missing"),
    ("x | f + 1", "x | f", "+", "unexpected"),
    ("a ? b", "a ? b : …", "b", "`:` and a value"),
    ("a ? : b", "a ? … : b", "?", "missing after `?`"),
    ("{a 1}", "{a: 1}", "a", "`:` and a value are missing"),
    ("{a: }", "{a: …}", ":", "missing after `:`"),
    ("{a}", "{a: …}", "a", "`:` and a value are missing"),
    ("{1: 2}", "{}", "1", "no key"),
    ("{a: 1 b: 2}", "{a: 1, b: 2}", "b", "`,` is missing"),
    ("{a: 1", "{a: 1}", "{", "never closed"),
    ("{{ a ", "a", "{{", "never closed"),
    ("{{ a }", "a", "}", "unexpected"),
    ("a = 1", "a == 1", "=", "no operator"),
    ("a & b", "a && b", "&", "no operator"),
    ("a and b or c", "a && b || c", "and", "no operator"),
    ("not a", "not", "a", "operator is missing"),
    ("a < b < c", "(a < b) < c", "<", "cannot be chained"),
    ("a.length()", "a | length", "length", "no methods"),
    ("(a)(b)", "a | (b)", "(", "Only a function can be called"),
    ("'abc", "'abc'", "'", "never closed"),
    ("'a\\qb'", "'aqb'", "\\q", "no escape"),
    ("'\\u12'", "'u12'", "\\u", "no escape"),
    ("'\\ud83d!'", "'\N{REPLACEMENT CHARACTER}!'", "\\ud83d", "half of a character"),
    ("'\\u0041\\ude00'", "'A\N{REPLACEMENT CHARACTER}'", "\\ude00", "half of a character"),
    ("a @ b", "a", "@", "no meaning"),
    ("#", "…", "#", "no meaning"),
    ("a.größe", "a.größe", "größe", "no name"),
    ("“a”", "a", "“", "no meaning"),
    ("1e999", "0", "1e999", "too large"),
    ("a ;", "a", ";", "no meaning"),
]


@pytest.mark.parametrize(("text", "tree", "place", "message"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_expression_has_one_problem_and_a_tree(text, tree, place, message):
    expression = parse_expression(text)
    (problem,) = expression.problems
    assert unparse(expression.root) == tree
    assert text[problem.span.start : problem.span.end] == place
    assert message in problem.message


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_expression_is_missing_as_a_whole(text):
    expression = parse_expression(text)
    assert isinstance(expression.root, Missing)
    assert expression.root.span == (0, len(text))
    assert [problem.message for problem in expression.problems] == ["An expression is missing here."]


def test_a_missing_name_has_a_place_of_no_width_behind_the_dot():
    text = "{{ tasks.a.output. | upper }}"
    (part,) = parse_template(text).parts
    call = part.expr
    assert isinstance(call, Call)
    member = call.args[0]
    assert isinstance(member, Member)
    assert member.name == ""
    assert member.name_span == (18, 18)
    assert member.span == (3, 18)
    assert unparse(member.target) == "tasks.a.output"


def test_a_missing_argument_has_a_place_behind_the_comma():
    text = "{{ f(a, }}"
    (part,) = parse_template(text).parts
    call = part.expr
    assert isinstance(call, Call)
    name, missing = call.args
    assert isinstance(name, Name)
    assert isinstance(missing, Missing)
    assert missing.span == (7, 7)


@pytest.mark.parametrize(
    ("text", "problem", "kind"),
    [
        ("{{ }}", "{{ }}", "syntax"),
        ("{{}}", "{{}}", "syntax"),
        ("a {{ b", "{{", "unclosed"),
        ("a {{ f(b", "{{", "unclosed"),
        ("{{ tasks.", "{{", "unclosed"),
        ("{{ f(a }} b", "(", "unclosed"),
        ("{{ 'a }} b", "'", "unclosed"),
        ("{{ tasks. }}", ".", "syntax"),
        ("{{ " + "(" * 101 + "a" + ")" * 101 + " }}", "a", "depth"),
    ],
)
def test_a_broken_template_has_one_problem(text, problem, kind):
    (found,) = parse_template(text).problems
    assert text[found.span.start : found.span.end] == problem
    assert found.kind == kind


def test_each_template_of_a_string_has_its_own_problem():
    text = "{{ a. }} and {{ b }} and {{ c + }}"
    places = [text[problem.span.start : problem.span.end] for problem in parse_template(text).problems]
    assert places == [".", "+"]


def test_what_stands_behind_a_break_is_still_in_the_tree():
    root = parse_expression("f(tasks. , tasks.b.output) + {a: , b: tasks.c.output}.b").root
    names = {node.name for node in walk(root) if isinstance(node, Member)}
    assert {"b", "c", "output"} <= names


@pytest.mark.parametrize(
    ("open_", "close"),
    [("(", ")"), ("[", "]"), ("f(", ")"), ("{a: ", "}"), ("a[", "]"), ("{{", "}}"), ("!", ""), ("-", "")],
)
def test_nesting_up_to_100_is_read_and_more_is_an_error(open_, close):
    assert parse_expression(open_ * 100 + "a" + close * 100).problems == ()
    (problem,) = parse_expression(open_ * 101 + "a" + close * 101).problems
    assert problem.kind == "depth"
    assert "100" in problem.message


@pytest.mark.parametrize(
    "text", ["a ? b : " * 100 + "c", "(1 + " * 100 + "1" + ")" * 100, "[1 + " * 100 + "1" + "]" * 100]
)
def test_operators_inside_the_nesting_do_not_count(text):
    assert parse_expression(text).problems == ()
    assert parse_expression("a ? b : " * 101 + "c").problems[0].kind == "depth"
