"""The grammar of language §5: what each text means, and where each part of it stands."""

import pytest
from hypothesis import given

from tests.expressions.shapes import TEXTS, TREES, shape
from wf_engine.expressions import (
    Call,
    Member,
    Missing,
    ObjectExpr,
    conjuncts,
    equivalent,
    parse_expression,
    parse_template,
    references,
    unparse,
    walk,
)


def parsed(text):
    expression = parse_expression(text)
    assert expression.problems == (), text
    return expression.root


def explicit(text):
    """The canonical spelling with parentheses around every operation."""
    match shape(parsed(text)):
        case nested:
            return _explicit(nested)


def _explicit(node):
    match node:
        case ("literal", _, value):
            return repr(value)
        case ("name", name):
            return name
        case ("member", target, name, optional):
            return f"{_explicit(target)}{'?.' if optional else '.'}{name}"
        case ("index", target, index, optional):
            return f"{_explicit(target)}{'?.' if optional else ''}[{_explicit(index)}]"
        case ("call", name, args, _):
            return f"{name}({', '.join(map(_explicit, args))})"
        case ("unary", op, operand):
            return f"({op}{_explicit(operand)})"
        case ("binary", op, left, right):
            return f"({_explicit(left)} {op} {_explicit(right)})"
        case ("conditional", test, then, otherwise):
            return f"({_explicit(test)} ? {_explicit(then)} : {_explicit(otherwise)})"
        case ("coalesce", left, right):
            return f"({_explicit(left)} ?? {_explicit(right)})"
        case ("list", items):
            return f"[{', '.join(map(_explicit, items))}]"
        case ("object", entries):
            return f"{{{', '.join(f'{key}: {_explicit(value)}' for key, value in entries)}}}"
    raise AssertionError(node)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a + b * c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b % c * d", "(((a / b) % c) * d)"),
        ("a + b < c - d", "((a + b) < (c - d))"),
        ("a == b && c != d || e", "(((a == b) && (c != d)) || e)"),
        ("a || b && c", "(a || (b && c))"),
        ("a ?? b || c", "(a ?? (b || c))"),
        ("a ?? b ?? c", "((a ?? b) ?? c)"),
        ("a ?? b ? c : d", "((a ?? b) ? c : d)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ? b ? c : d : e", "(a ? (b ? c : d) : e)"),
        ("a ? b : c | f", "f((a ? b : c))"),
        ("a | f | g(b, c)", "g(f(a), b, c)"),
        ("a | f()", "f(a)"),
        ("f(a | g, b)", "f(g(a), b)"),
        ("[a | g, b ? c : d]", "[g(a), (b ? c : d)]"),
        ("(a | f) + 1", "(f(a) + 1)"),
        ("!a.b", "(!a.b)"),
        ("-a + b", "((-a) + b)"),
        ("!-!a", "(!(-(!a)))"),
        ("a - -b", "(a - (-b))"),
        ("'x' in a.b && c", "(('x' in a.b) && c)"),
        ("a + b in c", "((a + b) in c)"),
        ("a.b.c[d].e", "a.b.c[d].e"),
        ("a?.b?.[0].c", "a?.b?.[0].c"),
        ("a ?[b] : c", "(a ? [b] : c)"),
        ("f(a)[0].b", "f(a)[0].b"),
        ("(a + b).c", "(a + b).c"),
        ("{a: 1, 'b c': [2,], \"d\": {},}", "{a: 1, b c: [2], d: {}}"),
        ("[]", "[]"),
        ("[a, b,]", "[a, b]"),
        ("f()", "f()"),
        ("f (a)", "f(a)"),
        ("a\n  .b\n  ?? c", "(a.b ?? c)"),
    ],
)
def test_operators_bind_as_the_grammar_says(text, meaning):
    assert explicit(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("tasks.fetch-user.output", "tasks.fetch-user.output"),
        ("a-b", "a-b"),
        ("a--b-1", "a--b-1"),
        ("a -b", "(a - b)"),
        ("a- b", "(a - b)"),
        ("a - b", "(a - b)"),
        ("a -1", "(a - 1)"),
        ("a-1", "a-1"),
        ("5-3", "(5 - 3)"),
        ("(a)-b", "(a - b)"),
        ("$parent.x", "$parent.x"),
        ("_a1", "_a1"),
    ],
)
def test_a_dash_inside_a_name_belongs_to_it(text, meaning):
    assert explicit(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a.in", "a.in"),
        ("a.true.null", "a.true.null"),
        ("a?.false", "a?.false"),
        ("{in: 1, true: 2, null: 3}", "{in: 1, true: 2, null: 3}"),
        ("true", "True"),
        ("null == false", "(None == False)"),
        ("a in in-stock", "(a in in-stock)"),
        ("truer", "truer"),
        ("a | in", "in(a)"),
    ],
)
def test_words_are_words_only_where_an_operand_or_operator_is_due(text, meaning):
    assert explicit(text) == meaning


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("007", 7),
        ("12345678901234567890123", 12345678901234567890123),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("2.5E-1", 0.25),
        ("1E+2", 100.0),
        ("0" * 5000 + "1", 1),
    ],
)
def test_numbers(text, value):
    literal = parsed(text)
    assert literal.value == value
    assert type(literal.value) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'a \"b\"'", 'a "b"'),
        ('"it\'s"', "it's"),
        (r"'it\'s'", "it's"),
        (r'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t'),
        (r"'\u00e9\u20AC'", "é€"),
        (r"'\ud83d\ude00'", "😀"),
        ("'ünï\nline'", "ünï\nline"),
        ("''", ""),
        ("'}}'", "}}"),
    ],
)
def test_strings_have_the_escapes_of_json_and_of_the_single_quote(text, value):
    assert parsed(text).value == value


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("{{a}} > 1 && {{b}}", "((a > 1) && b)"),
        ("{{ a }}", "a"),
        ("f({{ a }}, [{{b}}])", "f(a, [b])"),
        ("{{ {a: {b: 1}} }}", "{a: {b: 1}}"),
        ("{{{a: 1}}}", "{a: 1}"),
        ("{{ {{a}} + 1 }}", "(a + 1)"),
        ("{{a}}.b", "a.b"),
    ],
)
def test_braces_may_stand_around_any_part_of_an_expression(text, meaning):
    assert explicit(text) == meaning


def spans(text, root):
    return [(type(node).__name__, text[node.span.start : node.span.end]) for node in walk(root)]


def test_every_node_knows_where_it_stands():
    text = " (a.b + 2)  * -f( x ) "
    assert spans(text, parsed(text)) == [
        ("Binary", "(a.b + 2)  * -f( x )"),
        ("Binary", "a.b + 2"),
        ("Member", "a.b"),
        ("Name", "a"),
        ("Literal", "2"),
        ("Unary", "-f( x )"),
        ("Call", "f( x )"),
        ("Name", "x"),
    ]
    text = "[{a: 1}, x?.['k'] ?? (y | up)] | f(2)"
    assert spans(text, parsed(text)) == [
        ("Call", text),
        ("ListExpr", "[{a: 1}, x?.['k'] ?? (y | up)]"),
        ("ObjectExpr", "{a: 1}"),
        ("Literal", "1"),
        ("Coalesce", "x?.['k'] ?? (y | up)"),
        ("Index", "x?.['k']"),
        ("Name", "x"),
        ("Literal", "'k'"),
        ("Call", "y | up"),
        ("Name", "y"),
        ("Literal", "2"),
    ]


def test_names_and_keys_have_spans_of_their_own():
    text = "{k: a . name | up}"
    root = parsed(text)
    assert isinstance(root, ObjectExpr)
    call = root.entries[0].value
    assert isinstance(call, Call)
    member = call.args[0]
    assert isinstance(member, Member)
    found = [root.entries[0].key_span, member.name_span, call.name_span]
    assert [text[start:end] for start, end in found] == ["k", "name", "up"]


def test_references_are_the_names_that_are_read_of_roots():
    root = parsed("tasks.a.output + tasks['b-c'].output + tasks?.d.status + f(env.HOST) + input[x].y + input.z.w")
    assert references(root) == {
        ("tasks", "a"),
        ("tasks", "b-c"),
        ("tasks", "d"),
        ("env", "HOST"),
        ("input", "z"),
    }


def test_conjuncts_are_the_conditions_that_have_to_hold_together():
    found = conjuncts(parsed("a && (b && !c) && (d || e && f)"))
    assert [unparse(part) for part in found] == ["a", "b", "!c", "d || e && f"]


def test_equivalent_expressions_differ_in_spelling_only():
    assert equivalent(parsed("a . b == ( 'x' )"), parsed('{{a.b}}=="x"'))
    assert not equivalent(parsed("a.b == 'x'"), parsed("a?.b == 'x'"))
    assert not equivalent(parsed("1"), parsed("'1'"))


@given(TREES)
def test_a_printed_tree_reads_as_the_same_tree(tree):
    text = unparse(tree)
    again = parse_expression(text)
    assert again.problems == ()
    assert shape(again.root) == shape(tree)
    assert unparse(again.root) == text


@given(TREES)
def test_the_text_of_a_node_is_that_node(tree):
    text = unparse(tree)
    for node in walk(parse_expression(text).root):
        alone = parse_expression(text[node.span.start : node.span.end])
        assert alone.problems == ()
        assert equivalent(alone.root, node)


def check_spans(root, start, end):
    assert start <= root.span.start <= root.span.end <= end
    pending = [root]
    while pending:
        node = pending.pop()
        at = node.span.start
        for child in node.children():
            assert at <= child.span.start <= child.span.end <= node.span.end
            at = child.span.end
        if isinstance(node, Member | Call):
            assert node.span.start <= node.name_span.start <= node.name_span.end <= node.span.end
        pending += node.children()


@given(TEXTS)
def test_any_text_is_read_as_an_expression(text):
    expression = parse_expression(text)
    check_spans(expression.root, 0, len(text))
    assert len(expression.problems) <= 1
    for problem in expression.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message.endswith(".")
    if any(isinstance(node, Missing) for node in walk(expression.root)):
        assert expression.problems


@given(TEXTS)
def test_any_text_is_read_as_a_template(text):
    template = parse_template(text)
    at = 0
    for part in template.parts:
        if isinstance(part, str):
            continue
        assert at <= part.span.start < part.inner.start <= part.inner.end <= part.span.end <= len(text)
        check_spans(part.expr, part.inner.start, part.inner.end)
        at = part.span.end
    assert len(template.problems) <= sum(not isinstance(part, str) for part in template.parts)
