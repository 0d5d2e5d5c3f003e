"""Hostile expressions: nothing crashes, nothing is read twice, nothing grows without bound."""

import inspect
import sys
from contextlib import suppress

import pytest

from wf_engine.expressions import (
    ExpressionError,
    evaluate,
    infer,
    parse_expression,
    parse_template,
    references,
    render,
    unparse,
)
from wf_engine.text import Span
from wf_engine.types import ANY

LONG = {
    "sums": "1+" * 20000 + "1",
    "members": "input" + ".a" * 20000,
    "indexes": "input" + "[0]" * 20000,
    "pipes": "'a'" + "|trim" * 19000,
    "alternatives": "input.a??" * 11000 + "1",
    "conditions": "input.a&&" * 5000 + "input.b||" * 5000 + "true",
    "comparisons": "input.a != null && " * 5000 + "true",
    "list": "[" + "1,'a'," * 16000 + "]",
    "map": "{" + "a: 1," * 19000 + "}",
    "arguments": "coalesce(" + "input.a," * 12000 + "1)",
    "text": "'" + "a" * 99990 + "'",
    "opened": "[(" * 20000,
    "closed": ")" * 20000,
    "minus": "-" * 20000,
    "dashes": "a" + "-" * 20000,
    "quotes": "'" * 20001,
    "backslashes": "\\" * 20000,
    "no characters": "@" * 20000,
    "branches": "a?" * 20000,
    "braces": "{{" * 20000,
    "entries": "{a:" * 20000,
    "digits": "9" * 100000,
    "fraction": "0." + "1" * 99990,
    "dots": "." * 20000,
}
LONGER = {name: (text * 50)[:1_000_000] for name, text in LONG.items()}
"""Longer than the limit."""


class NoNames:
    """A scope in which there is an input of any type and nothing else."""

    def roots(self):
        return ["input"]

    def root(self, name):
        return ANY if name == "input" else None

    def keyed(self, name):
        return False

    def member(self, root, name):
        return None

    def members(self, root):
        return []


def span_of_error(expression):
    """Where its evaluation fails; all of it where it does not."""
    try:
        evaluate(expression, {"input": {"a": None, "b": False}})
    except ExpressionError as error:
        return error.span
    return Span(0, len(expression.text))


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_expressions_go_through_every_door(text):
    expression = parse_expression(text)
    assert len(expression.problems) <= 1
    unparse(expression.root)
    references(expression.root)
    infer(expression, NoNames())
    span = span_of_error(expression)
    assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize("text", LONGER.values(), ids=LONGER.keys())
def test_a_megabyte_is_refused_before_it_is_read(text):
    expression = parse_expression(text)
    (problem,) = expression.problems
    assert 0 <= problem.span.start <= problem.span.end <= len(text)
    assert infer(expression, NoNames()).findings == ()
    assert unparse(expression.root) == "…"
    with pytest.raises(ExpressionError):
        evaluate(expression, {})


def test_the_longest_expression_that_is_read():
    text = "1" + " + 1" * 24_999
    assert parse_expression(text + " " * 3).problems == ()
    assert evaluate(parse_expression(text), {}) == 25_000
    (problem,) = parse_expression(text + " + 1").problems
    assert problem.message == "The expression is longer than 100,000 characters."
    assert parse_template("{{ " + text + " }}{{ 1 }}").problems == ()


BROKEN = {
    "unclosed brackets": "{{ ( }} " * 20000,
    "unclosed quotes": "{{ ' }} " * 20000,
    "opening braces": "{{" * 20000,
    "escaped braces": "\\{{" * 20000,
    "backslashes": "\\" * 200000 + "{{ 1 }}",
    "templates": "{{ 1 }}" * 20000,
    "nested braces": "{{ {{ }} " * 20000,
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_long_templates_go_through_every_door(text):
    template = parse_template(text)
    try:
        render(template, {})
    except ExpressionError:
        assert template.problems


def nested(height, body):
    return body() if height == 0 else nested(height - 1, body)


@pytest.mark.parametrize(
    "text",
    [
        "[1 == " * 100 + "1" + "]" * 100,
        "toString(1 == " * 100 + "1" + ")" * 100,
        "{a: 1 + 2 * length(" * 50 + "'a'" + ")}" * 50,
        "true ? 1 + (" * 49 + "1" + ") : 0" * 49,
        "(true || false && 1 == 2 + 3 * " * 39 + "1" + ")" * 39,
        "[0][0 * " * 99 + "0" + "]" * 99,
    ],
)
def test_the_deepest_expressions_do_not_exhaust_the_stack_of_a_caller_that_is_deep_itself(text):
    def everything():
        expression = parse_expression(text)
        unparse(expression.root)
        infer(expression, NoNames())
        with suppress(ExpressionError):
            results.append(evaluate(expression, {"input": [0], "true": True}))

    results = []
    nested(max(0, 250 - len(inspect.stack())), everything)
    assert len(results) == 1
    assert sys.getrecursionlimit() == 1000


def error(text, **roots):
    with pytest.raises(ExpressionError) as caught:
        evaluate(parse_expression(text), roots)
    return caught.value.message


LARGE = "x" * (6 * 1024 * 1024)


@pytest.mark.parametrize(
    "text",
    [
        "a + a",
        "join([a, a], '')",
        "join(split(a, 'y'), a) + a + a",
        "replace(a, 'x', 'xx')",
        "toJson([a, a])",
        "toString({k: a, l: a})",
        "base64Encode(a) + a",
        "urlEncode(replace(a, 'x', '/'))",
    ],
)
def test_strings_end_at_ten_mebibytes(text):
    assert "10,485,760 characters" in error(text, a=LARGE)


def test_a_string_with_templates_ends_there_too():
    with pytest.raises(ExpressionError, match="10,485,760 characters"):
        render(parse_template("{{ a }}{{ a }}"), {"a": LARGE})


def test_a_value_that_holds_itself_many_times_over_is_not_written_out():
    doubled = ["0123456789"]
    for _ in range(60):
        doubled = [doubled, doubled]
    assert "10,485,760 characters" in error("toJson(a)", a=doubled)


def test_lists_end_at_a_million_items():
    assert "1,000,000 items" in error("split(a, 'x')", a=LARGE)
    assert "1,000,000 items" in error("flatten([a, a])", a=[0] * 600_000)


def test_a_value_nested_without_end_is_an_error():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert "nested too deeply" in error("toJson(a)", a=deep)
    assert "nested too deeply" in error("[a] == [b]", a=deep, b=[deep])
    assert "nested too deeply" in error("fromJson(a)", a="[" * 100_000)
    with pytest.raises(ExpressionError, match="nested too deeply"):
        render(parse_template("x{{ a }}"), {"a": deep})
