"""What is read without the parser is read as the parser reads it: the same nodes at the same places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.expressions import walk
from wf_engine.expressions.parser import Parser
from wf_engine.expressions.plain_paths import plain_path, plain_template
from wf_engine.text import Span

_PIECES = ["a", "in", "true", "null", "tasks", "fetch-user", "a--1", "$parent", "input", "outputs", "output", "forEach"]
_PIECES += [".", ".", ".", ".", " ", "\t", "\n", "-", "é", "1", "?.", "[0]", "workflow", "}}", "{{", "_", "\u2028"]


def nodes(expr):
    return [
        (type(node).__name__, node.span, getattr(node, "name", None), getattr(node, "name_span", None))
        for node in walk(expr)
    ]


def by_the_parser(text, span):
    parser = Parser(text, span)
    tree = parser.parse()
    return tree, parser.problem, parser.old


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_a_plain_path_is_what_the_parser_makes_of_it(text):
    span = Span(2, 2 + len(text))
    around = f"{{{{{text}}}}}"
    found = plain_path(around, span)
    if found is not None:
        tree, problem, old = by_the_parser(around, span)
        assert problem is None
        assert not old
        assert nodes(found) == nodes(tree)


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_a_plain_template_ends_where_its_path_does(text):
    around = f"{{{{{text}}}}} and {{{{more}}}}"
    found = plain_template(around, 2)
    if found is not None:
        tree, closed = found
        assert around[closed : closed + 2] == "}}"
        expected, problem, _ = by_the_parser(around, Span(2, closed))
        assert problem is None
        assert nodes(tree) == nodes(expected)


@pytest.mark.parametrize(
    "text", ["a", "input.userId", " tasks.fetch-user.output.x \n", "forEach.$parent.item", "a.in.true"]
)
def test_paths_are_plain(text):
    assert plain_path(text, Span(0, len(text))) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "true",
        "in",
        "null.a",
        "a.",
        ".a",
        "a..b",
        "a. b",
        "a.1",
        "a?.b",
        "é",
        "aé",
        "a.é",
        "workflow.input",
        "a - b",
        "a-",
    ],
)
def test_anything_else_is_not(text):
    assert plain_path(text, Span(0, len(text))) is None
