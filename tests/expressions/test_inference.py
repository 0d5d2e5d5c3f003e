"""The static types of expressions, and what is found wrong in them (language §6)."""

import pytest

from tests.expressions.scopes import SCOPE, Names, inferred
from wf_engine.expressions import infer, infer_template, parse_expression, parse_template
from wf_engine.text import Span
from wf_engine.types import ANY, describe


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        # literals, lists and maps of literals are their values
        ("1", "1"),
        ("-2.5", "-2.5"),
        ("'a'", '"a"'),
        ("null", "null"),
        ("[1, 'a', [true]]", '[1, "a", [true]]'),
        ("{a: 1, a: 2}", '{"a": 2}'),
        ("[]", "[]"),
        ("[input.id, input.name]", "list of (integer or string)"),
        ("{a: input.id, b: {c: null}}", '{a: integer, b: {"c": null}}'),
        # paths
        ("input.id", "integer"),
        ("input['name']", "string"),
        ("input.user.email", "string"),
        ("tasks.fetch-user.output.id", "integer"),
        ("tasks['fetch-user'].status", '"succeeded" or "skipped"'),
        ("input.list[0].email", "string"),
        ("input.list[input.id].email", "string"),
        ("input.words[0]", "string"),
        ("input.words?.[0]", "string or null"),
        ("input.any.a[0].b", "any"),
        ("input.spoken.a ?? ''", "string"),
        ("input.spoken.other", "integer"),
        ("input.free.what.ever", "any"),
        ("input.user[input.name]", "any"),
        ("env.HOST", "string"),
        ("secrets.TOKEN", "string"),
        ("forEach.item.email", "string"),
        ("forEach.$parent.item", "string"),
        ("execution.id", "string"),
        # nothing
        ("input.maybe ?? 1", "string or 1"),
        ("input?.maybe", "string or null"),
        ("input.gone ?? 'x'", "string"),
        ("input.gone ?? input.id", "integer or string"),
        ("input.id ?? 'x'", "integer"),
        ("input.any ?? 'x'", "any"),
        ("input.user.address?.city", "string or null"),
        ("tasks.maybe.output?.email", "string or null"),
        ("tasks.maybe.output?.address.city ?? 'x'", "string"),
        ("tasks.maybe.output.nick ?? tasks.fetch-user.output.nick ?? 'x'", "string"),
        ("null ?? 1", "1"),
        ("env.NOPE ?? 'x'", '"x"'),
        ("env?.NOPE", "null"),
        ("default(input.maybe, 1)", "string or 1"),
        ("input.maybe | default(1)", "string or 1"),
        ("coalesce(input.maybe, input.gone, 2)", "string or 2"),
        ("coalesce(input.maybe, input.gone)", "string or null"),
        # operators
        ("input.id + 1", "integer"),
        ("input.id + 1.5", "number"),
        ("input.id / 2", "number"),
        ("input.id % 2 * 3 - 1", "integer"),
        ("input.name + 'a'", "string"),
        ("input.any + input.any", "number or string"),
        ("input.any + 'a'", "string"),
        ("-input.price", "number"),
        ("!input.flag", "boolean"),
        ("input.id < 3 && input.flag || input.name == 'x'", "boolean"),
        ("'x' in input.words", "boolean"),
        ("input.flag ? input.id : 'x'", 'integer or "x"'),
        ("input.flag ? input.id : input.id", "integer"),
        # functions
        ("length(input.words)", "integer"),
        ("upper(input.name)", "string"),
        ("input.name | split(',') | first", "string or null"),
        ("first(input.list) ?? {}", None),
        ("unique(input.words)", "list of string"),
        ("flatten([input.words, [1]])", "list of (string or 1)"),
        ("keys(input.user)", "list of string"),
        ("values(input.user)", "list"),
        ("sum(input.numbers)", "number"),
        ("sum([1, 2])", "integer"),
        ("min(input.numbers)", "number"),
        ("max(input.words)", "string"),
        ("round(input.price)", "integer"),
        ("round(input.price, 2)", "number"),
        ("abs(input.id)", "integer"),
        ("toJson(input.user)", "string"),
        ("fromJson(input.name).a", "any"),
    ],
)
def test_types(text, type_):
    inference = inferred(text)
    assert inference.findings == ()
    if type_ is not None:
        assert describe(inference.type) == type_


@pytest.mark.parametrize(
    ("text", "kind", "place", "message"),
    [
        ("active", "unknown_root", "active", "`active` is not known here; there are: env, execution, forEach, input"),
        ("inptu.id", "unknown_root", "inptu", "Did you mean `input`?"),
        ("input-x", "unknown_root", "input-x", "Did you mean `input - x`?"),
        ("upper", "unknown_root", "upper", "`upper` is not known here"),
        ("error.message", "unknown_root", "error", "`error` cannot be read in this place; there are: env"),
        ("payload.a.b + 1", "unknown_root", "payload", "cannot be read in this place"),
        ("uper(input.name)", "unknown_function", "uper", "There is no function `uper`. Did you mean `upper`?"),
        ("input.name | uper", "unknown_function", "uper", "Did you mean `upper`?"),
        (
            "tasks.fetch-usr.output.a",
            "unknown_member",
            "fetch-usr",
            "There is no step `fetch-usr` here; there are: either",
        ),
        (
            "env.HOSST",
            "unknown_member",
            "HOSST",
            "There is no variable `HOSST` here; there are: HOST. Did you mean `HOST`?",
        ),
        ("secrets['TOKN']", "unknown_member", "'TOKN'", "There is no secret `TOKN`"),
        ("forEach.itm", "unknown_member", "itm", "There is no loop variable `itm`"),
        ("tasks.nope.output ?? 1", "unknown_member", "nope", "There is no step `nope`"),
        ("input.nmae", "unknown_property", "nmae", "There is no input `nmae`; the inputs are: any, closed, count"),
        (
            "input.closed.emial",
            "unknown_property",
            "emial",
            "There is no `emial` in `input.closed`; the keys are: count, email.",
        ),
        ("input.closed.emial ?? 1", "unknown_property", "emial", "Did you mean `email`?"),
        ("input.closed?.emial", "unknown_property", "emial", "Did you mean `email`?"),
        ("input.closed['emial']", "unknown_property", "'emial'", "Did you mean `email`?"),
        ("input.count-1", "unknown_property", "count-1", "Did you mean `count - 1`?"),
        ("tasks.fetch-user.result", "unknown_property", "result", "the keys are: output, response, status."),
        (
            "input.user.emial",
            "undeclared_property",
            "emial",
            "The schema of `input.user` does not declare `emial`; it declares",
        ),
        ("tasks", "forbidden_root_use", "tasks", "`tasks` has to be followed by the id of a step: `tasks.ID.output`."),
        ("toJson(secrets)", "forbidden_root_use", "secrets", "the name of a secret"),
        ("env[input.name]", "forbidden_root_use", "input.name", "cannot be computed"),
        ("tasks[input.name].output", "forbidden_root_use", "input.name", "cannot be computed"),
        (
            "tasks.fetch-user",
            "forbidden_root_use",
            "fetch-user",
            "has to be followed by `.output`, `.status` or `.response`",
        ),
        ("tasks.fetch-user[input.name]", "forbidden_root_use", "input.name", "has to be followed by"),
        ("upper()", "arity", "upper", "`upper` takes 1 argument, not 0."),
        ("input.name | upper(1)", "arity", "upper", "`upper` takes 1 argument, not 2."),
        ("round(1, 2, 3)", "arity", "round", "takes 1 or 2 arguments, not 3"),
        ("coalesce()", "arity", "coalesce", "at least 1 argument, not 0"),
        ("input.id + input.name", "operand", "input.id + input.name", "two strings; this is integer and string."),
        ("input.words + 1", "operand", "input.words", "`+` wants a number or a string; this is list of string."),
        ("input.flag * 2", "operand", "input.flag", "`*` wants a number; this is boolean."),
        ("input.id < 'a'", "operand", "input.id < 'a'", "compares two numbers or two strings"),
        ("-input.name", "operand", "input.name", "`-` wants a number; this is string."),
        ("!input.id", "operand", "input.id", "`!` wants a boolean; this is integer."),
        ("input.id && input.flag", "operand", "input.id", "`&&` wants a boolean"),
        ("input.flag || input.id", "operand", "input.id", "`||` wants a boolean"),
        ("input.name ? 1 : 2", "operand", "input.name", "wants a boolean; this is string."),
        ("1 in input.id", "operand", "input.id", "wants a list, a map or a string"),
        ("1 in input.name", "operand", "1", "before a map or a string, wants a string"),
        ("upper(input.id)", "operand", "input.id", "`upper` wants a string; this is integer."),
        ("input.id | upper", "operand", "input.id", "`upper` wants a string"),
        ("avg(input.words)", "operand", "input.words", "`avg` wants a list of number; this is list of string."),
        ("max([true])", "operand", "[true]", "`max` wants a list of number or string; this is [true]."),
        ("sum(['a'])", "operand", "['a']", "`sum` wants a list of number"),
        ("input.words.first", "operand", "first", "`first` is no index: `input.words` is a list."),
        ("input.words['0']", "operand", "'0'", "no index"),
        ("input.words[input.name]", "operand", "input.name", "An index of a list is a number; this is string."),
        ("input.words[-1]", "operand", "-1", "An index is a whole number from 0 up, not -1."),
        ("input.words[0.5]", "operand", "0.5", "An index is a whole number from 0 up, not 0.5."),
        ("input.words[-1] ?? 'x'", "operand", "-1", "An index is a whole number"),
        ("input.user[0]", "operand", "0", "A key of a map is a string; this is 0."),
        ("input.name.a", "operand", "a", "`input.name` is string; only maps and lists have something inside."),
        ("input.name[0]", "operand", "0", "only maps and lists"),
        ("null + 1", "operand", "null", "`+` wants a number or a string; this is null."),
        (
            "input.maybe",
            "optional_read",
            "maybe",
            "`maybe` may be missing from `input`: its schema does not require it.",
        ),
        ("input.user.nick + 'x'", "optional_read", "nick", "`nick` may be missing from `input.user`"),
        ("input.user['nick']", "optional_read", "'nick'", "`nick` may be missing"),
        ("input.gone?.a ?? 1", "operand", "a", "`input.gone` is string"),
        ("input.gone + 'x'", "nullable_read", "input.gone", "`input.gone` may be null."),
        ("upper(input.gone)", "nullable_read", "input.gone", "`input.gone` may be null."),
        ("input.user.age > 3", "nullable_read", "input.user.age", "may be null"),
        ("first(input.list).email", "nullable_read", "first(input.list)", "`first(input.list)` may be null."),
        ("tasks.maybe.output.email", "nullable_read", "tasks.maybe.output", "is null where step `maybe` was skipped."),
        (
            "tasks.either.output.email",
            "nullable_read",
            "tasks.either.output",
            "is null where step `either` was skipped.",
        ),
        ("input?.maybe + 'x'", "nullable_read", "input?.maybe", "may be null"),
        ("null.x", "nullable_read", "null", "`null` may be null"),
        ("tasks.maybe.output?.email | upper", "nullable_read", "tasks.maybe.output?.email", "may be null"),
    ],
)
def test_findings(text, kind, place, message):
    (finding,) = inferred(text).findings
    assert finding.kind == kind
    assert text[finding.span.start : finding.span.end] == place
    assert message in finding.message


@pytest.mark.parametrize(
    ("text", "name", "candidates", "data"),
    [
        ("inptu.id", "inptu", ("input",), {}),
        ("tasks.mabe.output", "mabe", ("maybe",), {"root": "tasks"}),
        ("input.closed.emial", "emial", ("email",), {"root": "input", "target": "input.closed"}),
        ("input.count-1", "count-1", ("count - 1", "count"), {"root": "input", "target": "input"}),
        ("tasks.fetch-user.output.emial", "emial", ("email",), {"root": "tasks", "target": "tasks.fetch-user.output"}),
        ("rond(1)", "rond", ("round",), {}),
        ("zzz", "zzz", (), {}),
    ],
)
def test_a_finding_names_what_may_have_been_meant_best_first(text, name, candidates, data):
    (finding,) = inferred(text).findings
    assert finding.name == name
    assert finding.candidates[: len(candidates)] == candidates
    assert bool(finding.candidates) == bool(candidates)
    assert finding.data == data


def test_hints_say_what_to_do():
    assert inferred("active").findings[0].hint == "If the text is meant, quote it: 'active'."
    assert inferred("upper").findings[0].hint == "`upper` is a function: write `upper(…)`."
    assert inferred("input.maybe").findings[0].hint == "Write `?.maybe`, or add `?? other`."
    assert inferred("round()").findings[0].hint == "It is `round(n: number, digits: number = 0) → number`."
    assert "tasks.maybe.status == 'succeeded'" in inferred("tasks.maybe.output.id").findings[0].hint


@pytest.mark.parametrize(
    "text",
    [
        "active.a.b[0] + 1 > 2",
        "upper(uper(input.name)) + input.name",
        "tasks.nope.output.a.b ?? 1",
        "input.nmae.first.second | upper | length",
        "(input.id + input.name) * 2",
        "!(input.words.first)",
        "input.maybe + input.maybe",
        "input.user.nick + 'x' + upper(input.user.nick)",
        "input.gone + input.gone",
        "tasks.maybe.output.email + tasks.maybe.output.email",
        "sum(upper(input.id))",
        "[active, 1][0].x",
        "{a: active}.a.b",
    ],
)
def test_one_cause_is_found_once(text):
    assert len(inferred(text).findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "tasks.",
        "tasks.fetch-user.",
        "input.user.",
        "input.list[",
        "input.words[].a",
        "input. | upper",
        "",
        "{a: }",
        "env.",
    ],
)
def test_what_is_missing_in_the_text_is_no_finding(text):
    assert inferred(text).findings == ()


def test_completion_finds_the_type_before_a_missing_name():
    text = "tasks.maybe.output.address."
    inference = infer(parse_expression(text), SCOPE)
    assert describe(inference.types[Span(0, len("tasks.maybe.output.address"))]) == "{city?: string}"


def test_every_node_has_its_type():
    text = "upper(input.name) + 'x'"
    types = {text[span.start : span.end]: describe(type_) for span, type_ in inferred(text).types.items()}
    assert types.pop("input").startswith("{id: integer")
    assert types == {"input.name": "string", "upper(input.name)": "string", "'x'": '"x"', text: "string"}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("{{ input.id }}", "integer"),
        ("{{ input.id }}!", "string"),
        ("{{ input.gone }} ", "string"),
        ("text", '"text"'),
        (r"\{{ x }}", '"{{ x }}"'),
        ("", '""'),
    ],
)
def test_templates(text, type_):
    inference = infer_template(parse_template(text), SCOPE)
    assert describe(inference.type) == type_
    assert inference.findings == ()


def test_the_findings_of_a_template_stand_in_its_text():
    text = "{{ input.id }} and {{ input.nmae }} and {{ activ }}"
    places = [text[f.span.start : f.span.end] for f in infer_template(parse_template(text), SCOPE).findings]
    assert places == ["nmae", "activ"]


def test_findings_end_somewhere():
    text = " + ".join(f"x{number}" for number in range(500))
    assert len(inferred(text).findings) == 50


def test_a_root_that_is_not_in_the_scope_is_unknown_though_the_language_has_it():
    (finding,) = inferred("tasks.a.output.b", scope=Names({"input": ANY})).findings
    assert (finding.kind, finding.name) == ("unknown_root", "tasks")


def test_an_index_that_is_computed_may_be_any_number():
    assert inferred("input.list[-input.id]").findings == ()
    assert [each.kind for each in inferred("input.list[-1]").findings] == ["operand"]
