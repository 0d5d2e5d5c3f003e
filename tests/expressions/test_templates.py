"""Where templates begin and end, and what stands around them (language §5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.expressions import Embedded, parse_template, render, unparse


def parts(text):
    template = parse_template(text)
    return [part if isinstance(part, str) else ("expr", unparse(part.expr)) for part in template.parts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("plain } text { }}", ["plain } text { }}"]),
        ("{{ a }}", [("expr", "a")]),
        ("x {{ a }}-{{b}} y", ["x ", ("expr", "a"), "-", ("expr", "b"), " y"]),
        (r"\{{ a }}", ["{{ a }}"]),
        (r"\\{{ a }}", ["\\", ("expr", "a")]),
        (r"\\\{{ a }}", ["\\{{ a }}"]),
        (r"\\\\{{ a }}", ["\\\\", ("expr", "a")]),
        (r"C:\dir\ {{ a }}", ["C:\\dir\\ ", ("expr", "a")]),
        ("{{ '}}' }}!", [("expr", "'}}'"), "!"]),
        ('{{ "\\"}}" }}!', [("expr", "'\"}}'"), "!"]),
        ("{{ {a: {b: 1}} }}!", [("expr", "{a: {b: 1}}"), "!"]),
        ("{{ {a: {b: 1}}}}!", [("expr", "{a: {b: 1}}"), "!"]),
        ("{{ [a, (b)] }}}", [("expr", "[a, b]"), "}"]),
        ("{{ {{a}} }}!", [("expr", "a"), "!"]),
        ("{{ f(a }} and {{ b }}", [("expr", "f(a)"), " and ", ("expr", "b")]),
        ("{{ 'a }} and {{ b }}", [("expr", "'a '"), " and ", ("expr", "b")]),
        ("a {{ b + c", ["a ", ("expr", "b + c")]),
    ],
)
def test_a_template_ends_at_the_first_braces_outside_its_strings_and_brackets(text, found):
    assert parts(text) == found


def test_a_template_knows_where_it_stands():
    text = "ab{{ c }}d"
    embedded = parse_template(text).parts[1]
    assert isinstance(embedded, Embedded)
    assert text[slice(*embedded.span)] == "{{ c }}"
    assert text[slice(*embedded.inner)] == " c "
    assert text[slice(*embedded.expr.span)] == "c"


@pytest.mark.parametrize(
    ("text", "single", "templates", "literal"),
    [
        ("{{ a }}", True, True, None),
        ("{{ a }} ", False, True, None),
        (" {{ a }}", False, True, None),
        ("{{a}}{{b}}", False, True, None),
        (r"\\{{ a }}", False, True, None),
        ("text", False, False, "text"),
        (r"\{{ a }}", False, False, "{{ a }}"),
        ("", False, False, ""),
    ],
)
def test_a_string_that_is_exactly_one_template_is_single(text, single, templates, literal):
    template = parse_template(text)
    assert (template.single is not None) is single
    assert template.has_templates is templates
    assert template.literal == literal


@given(st.text(alphabet="a{}\\ 'x", max_size=12))
def test_text_without_opening_braces_means_itself(text):
    template = parse_template(text)
    if "{{" not in text:
        assert render(template, {}) == text


def test_templates_are_equal_by_text():
    assert parse_template("{{ a }}") == parse_template("{{ a }}")
    assert parse_template("{{ a }}") != parse_template("{{ b }}")
    assert len({parse_template("{{ a }}"), parse_template("{{ a }}")}) == 1
