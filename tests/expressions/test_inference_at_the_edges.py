"""Types and findings at the edges of what is known (language §5, §6)."""

import pytest

from tests.expressions.scopes import Names
from wf_engine.expressions import RawUrl, evaluate_parts, infer, parse_expression, parse_template, render
from wf_engine.expressions.errors import ExpressionError
from wf_engine.expressions.findings import candidates
from wf_engine.expressions.printing import shown
from wf_engine.types import ANY, describe, of_schema

SCOPE = Names(
    {
        "input": of_schema(
            {
                "type": "object",
                "properties": {
                    "n": {"type": "integer"},
                    "m": {"type": ["integer", "null"]},
                    "s": {"type": "string"},
                    "t": {"type": ["string", "null"]},
                    "b": {"type": "boolean"},
                    "none": {"type": "null"},
                    "l": {"type": "array", "items": {"type": ["string", "null"]}},
                    "names": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                    "o": {"type": "object", "properties": {"k": {"enum": ["a", "b"]}}, "required": ["k"]},
                    "any": True,
                },
                "required": ["n", "m", "s", "t", "b", "none", "l", "names", "o", "any"],
                "additionalProperties": False,
            }
        )
    },
    {"env": {"HOST": of_schema({"type": "string"})}},
)


def inferred(text):
    return infer(parse_expression(text), SCOPE)


TYPES = [
    ("input.t ?? input.m ?? true", "integer, string or true"),
    ("input.t ?? input.m", "integer, string or null"),
    ("input.n ?? input.s", "integer"),
    ("input.o.k == 'a' ? input.o.k : 'z'", '"a" or "z"'),
    ("input.o.k != 'a' ? input.o.k : 'z'", '"b" or "z"'),
    ("input.l[input.n] != null ? input.l[input.m ?? 0] : ''", "string or null"),
    ("input.l[0] != null ? input.l[0] : 1", "string or 1"),
    ("input.l[0] != null ? input.l[1] : 1", "string, null or 1"),
    ("input.none?.[0]", "null"),
    ("input.none?.a.b", "null"),
    ("input.none ?? 1", "1"),
    ("true + 1", "any"),
    ("1 + true", "any"),
    ("true < 1", "any"),
    ("1 - 'a'", "any"),
    ("'a' - 1", "any"),
    ("sum(input.names)", "any"),
    ("sum([])", "integer"),
    ("max(input.names)", "string"),
    ("round(input.n + 0.5, 1)", "number"),
    ("round(input.n, 1)", "integer"),
    ("round(input.n + 0.5)", "integer"),
    ("-input.n", "integer"),
    ("abs(input.n) + floor(1.5)", "integer"),
    ("input.n / 2", "number"),
    ("flatten([input.l, input.names])", "list of (string or null)"),
    ("flatten([input.n, input.names])", "list of (integer, string or list of string)"),
    ("first(input.names)", "string or null"),
    ("unique(input.names)", "list of string"),
    ("values({a: 1})", "list"),
    ("keys(input.o)", "list of string"),
    ("input.any.x[0] + 1", "number"),
    ("input.b && input.m != null && input.m > 1", "boolean"),
    ("[input.n, input.s][0]", "integer or string"),
    ("{a: input.n}.a", "integer"),
    ("[1, 2][0]", "1 or 2"),
    ("coalesce(input.t, input.m, 'x')", "integer or string"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_"), TYPES)
def test_types(text, type_):
    assert describe(inferred(text).type) == type_


FINDINGS = [
    ("1 / 0", [("operand", "0", "nothing can be divided by zero.")]),
    ("input.n % 0", [("operand", "0", "nothing can be divided by zero.")]),
    ("input.n / 0.0", [("operand", "0.0", "nothing can be divided by zero.")]),
    ("input.n / 1", []),
    ("0 / input.n", []),
    ("input.none?.[0]", []),
    ("input.l[-1]", [("operand", "-1", "An index is a whole number from 0 up, not -1.")]),
    ("input.l[1.5]", [("operand", "1.5", "An index is a whole number from 0 up, not 1.5.")]),
    ("input.l[-0]", []),
    ("input.l['a']", [("operand", "'a'", "`a` is no index: `input.l` is a list.")]),
    ("input.l[input.s]", [("operand", "input.s", "An index of a list is a number; this is string.")]),
    ("input.o[input.n]", [("operand", "input.n", "A key of a map is a string; this is integer.")]),
    ("input.s[input.n]", [("operand", "input.n", "`input.s` is string; only maps and lists have something inside.")]),
    ("input.m + 1", [("nullable_read", "input.m", "`input.m` may be null.")]),
    ("input.m + input.m", [("nullable_read", "input.m", "`input.m` may be null.")]),
    ("input.m != null && input.m > 1", []),
    ("input.m == null || input.m > 1", []),
    ("input.m != null || input.m > 1", [("nullable_read", "input.m", "`input.m` may be null.")]),
    ("(input.m != null && input.b) && input.m > 1", []),
    ("input.b && input.m != null && input.b && input.m > 1", []),
    ("input.m == null ? 0 : input.m + 1", []),
    ("!(input.m == null) ? input.m + 1 : 0", []),
    ("(input.m ?? 0) + 1", []),
    ("-input.o", [("operand", "input.o", '`-` wants a number; this is {k: "a" or "b"}.')]),
    ("input.zz", [("unknown_property", "zz", None)]),
    ("upper(input.l)", [("operand", "input.l", None)]),
    ("join(input.l, 1)", [("operand", "1", None)]),
    ("'a' in input.n", [("operand", "input.n", None)]),
    ("1 in input.s", [("operand", "1", None)]),
    ("1 in input.l", []),
    ("1 < 'a'", [("operand", "1 < 'a'", None)]),
    ("input.n ? 1 : 2", [("operand", "input.n", None)]),
    ("nope(1)", [("unknown_function", "nope", None)]),
    ("round(1, 2, 3)", [("arity", "round", None)]),
    ("inputs.n", [("unknown_root", "inputs", None)]),
    ("inputs.n['x' - 1]", [("unknown_root", "inputs", None), ("operand", "'x'", None)]),
    ("env.HOST", []),
    ("env.NOPE ?? 'x'", []),
    ("env.NOPE?.a", []),
    ("env.NOPE.a?.b", [("unknown_member", "NOPE", None)]),
    ("env.NOPE", [("unknown_member", "NOPE", None)]),
]


@pytest.mark.parametrize(("text", "findings"), FINDINGS)
def test_findings(text, findings):
    found = inferred(text).findings
    assert [(each.kind, text[each.span.start : each.span.end]) for each in found] == [each[:2] for each in findings]
    for each, (_, _, message) in zip(found, findings, strict=True):
        assert message is None or each.message == message


def test_one_mistake_is_found_once_however_much_is_built_on_it():
    found = inferred("(true + 1 - 'a' + upper(1 + 'b')) == 3")
    assert [each.kind for each in found.findings] == ["operand", "operand", "operand"]
    assert inferred("true + 1").type == ANY


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("nam", ["name", "names", "x"], ("name", "names")),
        ("zzzz", ["name", "x"], ()),
        ("name-x", ["name", "x"], ("name - x",)),
    ],
)
def test_what_may_have_been_meant_is_listed_best_first(name, known, meant):
    from wf_engine.expressions.findings import candidates

    assert candidates(name, known)[: len(meant)] == meant


def test_the_mark_of_a_raw_url_stays_at_the_outermost_value():
    def part(text):
        (found,) = evaluate_parts(parse_template(text), {"input": {"a": None}})
        return found

    assert type(part("{{rawUrl('a')}}")) is RawUrl
    assert type(part("{{true ? rawUrl('a') : 'b'}}")) is RawUrl
    assert type(part("{{input.a ?? rawUrl('a')}}")) is RawUrl
    for text in ("{{[rawUrl('a')][0]}}", "{{ {a: rawUrl('a')}.a }}", "{{rawUrl('a') + 'b'}}", "{{upper(rawUrl('a'))}}"):
        assert type(part(text)) is str
    assert type(render(parse_template("{{rawUrl('a')}}"), {})) is str


def test_a_long_expression_is_shown_by_its_end():
    text = "input." + ".".join(["abcdefgh"] * 12)
    found = shown(parse_expression(text).root)
    assert found == "…" + text[-60:]
    assert shown(parse_expression("input.a").root) == "input.a"
    assert shown(parse_expression("a." + "b" * 58).root) == "a." + "b" * 58


def test_a_text_that_gets_too_long_is_the_whole_templates_fault():
    template = parse_template("{{input.a}}-{{input.a}}")
    with pytest.raises(ExpressionError, match="would have more than") as caught:
        render(template, {"input": {"a": "x" * 6_000_000}})
    assert (caught.value.span.start, caught.value.span.end) == (0, len(template.text))
    assert len(render(parse_template("{{replace(input.a, 'x', 'y')}}"), {"input": {"a": "x" * 6_000_000}})) == 6_000_000


def test_texts_are_equal_where_they_are_read_alike():
    assert parse_template("a") == parse_template("a")
    assert parse_template("a") != parse_template("b")
    assert parse_expression("a") == parse_expression("a")
    assert parse_expression("a") != parse_template("a")
    assert len({parse_template("a"), parse_template("a"), parse_expression("a")}) == 2


ENUM = {"enum": ["x", "y"]}
NARROWED = Names(
    {
        "input": of_schema(
            {
                "type": "object",
                "properties": {
                    "m": {"type": ["string", "null"]},
                    "flag": {"type": ["boolean", "null"]},
                    "kind": ENUM,
                    "sort": ENUM,
                    "status": {"type": "string"},
                    "any": True,
                    "items": {
                        "type": "array",
                        "items": {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]},
                    },
                    "a": {
                        "type": ["object", "null"],
                        "properties": {
                            "b": {
                                "type": ["object", "null"],
                                "properties": {"c": {"type": "integer"}},
                                "required": ["c"],
                            }
                        },
                        "required": ["b"],
                    },
                    "u": {
                        "anyOf": [
                            {
                                "type": "object",
                                "properties": {"kind": {"const": "a"}, "x": {"type": "string"}},
                                "required": ["kind", "x"],
                                "additionalProperties": False,
                            },
                            {
                                "type": "object",
                                "properties": {"y": {"type": "number"}},
                                "required": ["y"],
                                "additionalProperties": False,
                            },
                        ]
                    },
                    "strings": {"type": "array", "items": {"type": "string"}},
                    "flags": {"type": "array", "items": {"type": "boolean"}},
                },
                "required": ["m", "flag", "kind", "sort", "status", "any", "items", "a", "u", "strings", "flags"],
                "additionalProperties": False,
            }
        )
    },
    {
        "tasks": {
            "a": of_schema(
                {
                    "type": "object",
                    "properties": {
                        "output": {"type": ["object", "null"], "properties": {"k": {"type": "integer"}},
                                   "required": ["k"]},
                        "status": {"enum": ["succeeded", "skipped"]},
                    },
                    "required": ["output", "status"],
                }
            )
        }
    },
)  # fmt: skip

FOUND = [
    ("(input.items | first).b", ["nullable_read"], "integer"),
    ("length(upper(input.m)) + length(input.m)", ["nullable_read"], "integer"),
    ("input.a?.b != 'x' ? input.a.b : null", ["nullable_read"], "{c: integer} or null"),
    ("input.a?.b?.c != null ? input.a.b.c : 0", [], "integer"),
    ("input.kind == 'x' ? input.sort : 'x'", [], '"x" or "y"'),
    ("input.status == 'succeeded' ? input.m : ''", [], "string or null"),
    ("(input.flag ?? false) ? true : input.flag", [], "boolean or null"),
    ("input.kind == 'x' && input.sort == 'y' ? 1 : input.kind", [], '1, "x" or "y"'),
    ("input.any == 'x' ? input.any : 'x'", [], "any"),
    ("input.u?.kind == 'a' ? input.u.x : ''", [], "string"),
    ("[][0]", [], "any"),
    ("tasks.a", ["forbidden_root_use"], "any"),
    ("sum(input.strings)", ["possible_operand"], "number"),
    ("min(input.flags)", ["operand"], "any"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds", "words"), FOUND)
def test_what_is_found_and_typed(text, kinds, words):
    found = infer(parse_expression(text), NARROWED)
    assert ([finding.kind for finding in found.findings], describe(found.type)) == (kinds, words)


def test_what_a_null_is_read_from_is_named():
    (finding,) = infer(parse_expression("(input.items | first).b"), NARROWED).findings
    assert finding.data["target"] == "input.items | first"


def test_a_skipped_step_is_named():
    (finding,) = infer(parse_expression("tasks.a.output.k"), NARROWED).findings
    assert finding.data["step"] == "a"


@pytest.mark.parametrize(("text", "words"), [("input.m ?? 1", "string or 1"), ("input.a?.b?.c", "integer or null")])
def test_the_type_of_the_whole_is_noted(text, words):
    expression = parse_expression(text)
    assert describe(infer(expression, NARROWED).types[expression.root.span]) == words


def test_the_nearest_names_are_on_offer():
    assert candidates("kind", ["kinds", "kin"]) == ("kinds", "kin")
    assert candidates("name", ["nama", "nams", "namz", "namy"]) == ("nama", "nams", "namz")
