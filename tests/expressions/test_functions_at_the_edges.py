"""What functions and operators give at the edges of what they take (language §5)."""

import hashlib
import json

import pytest

from wf_engine.expressions import ExpressionError, evaluate, parse_expression, parse_template, render, resolve


def value(text):
    return evaluate(parse_expression(text), {"input": {"a": None, "l": [1], "s": "x"}})


DATES = [
    ("'2024-05-01', 'yyyy-MM-dd HH:mm:ss.SSS'", "2024-05-01 00:00:00.000"),
    ("'2024-05-01T10:00:00+02:00', 'HH:mm'", "08:00"),
    ("'2024-05-01T10:00:00', 'HH:mm XXX'", "10:00 Z"),
    ("'2024-05-01T10:00:00Z', 'HH:mm xxx', 'Asia/Kolkata'", "15:30 +05:30"),
    ("'2024-05-01T10:00:00Z', 'HH:mm Z', 'America/St_Johns'", "07:30 -0230"),
    ("'2024-05-01T10:00:00Z', 'XXX xxx Z'", "Z +00:00 +0000"),
    ("'2024-03-31T00:59:59Z', 'HH:mm:ss xxx', 'Europe/Zurich'", "01:59:59 +01:00"),
    ("'2024-03-31T01:00:00Z', 'HH:mm:ss xxx', 'Europe/Zurich'", "03:00:00 +02:00"),
    ("'2024-05-01T23:30:00Z', 'd.M.yy', 'Asia/Tokyo'", "2.5.24"),
    ("'2024-05-01T00:05:09.0129Z', 'h hh a m s SSS'", "12 12 AM 5 9 012"),
    ("'2024-05-01T12:00:00Z', 'h hh H a'", "12 12 12 PM"),
    ("'2024-05-01T13:00:00Z', 'h hh H a'", "1 01 13 PM"),
    ("'2024-05-01T11:59:00Z', 'h a'", "11 AM"),
    ("'2024-12-31T00:00:00Z', 'EEEE EEE MMMM MMM'", "Tuesday Tue December Dec"),
    ("'2024-01-07T00:00:00Z', 'EEEE MMMM d'", "Sunday January 7"),
    ("'0987-01-01', 'yyyy yy'", "0987 87"),
    ("'2024-05-01', \"'Week of' d''M 'o''clock'\"", "Week of 1'5 o'clock"),
    ("' 2024-05-01 ', ''", ""),
]


@pytest.mark.parametrize(("arguments", "result"), DATES)
def test_dates(arguments, result):
    assert value(f"formatDate({arguments})") == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(-0.5)", -1),
        ("round(0.49999999999999994)", 0),
        ("round(2.675, 2)", 2.68),
        ("round(1250, -2)", 1300),
        ("round(-1250, -2)", -1300),
        ("round(9007199254740993)", 9007199254740993),
        ("round(9007199254740993, 2)", 9007199254740993),
        ("round(1e300, 300)", 1e300),
        ("floor(-0.5)", -1),
        ("ceil(-0.5)", 0),
        ("abs(-9007199254740993)", 9007199254740993),
        ("sum([])", 0),
        ("sum([9007199254740993, 1])", 9007199254740994),
        ("avg([1, 2, 3])", 2),
        ("7 / 2", 3.5),
        ("9007199254740993 / 1", 9007199254740993),
        ("-7 % 3", -1),
        ("7 % -3", 1),
        ("-7.5 % 2", -1.5),
        ("6 % 3", 0),
        ("length('😀é')", 2),
        ("upper('straße')", "STRASSE"),
        ("split('', ',')", [""]),
        ("split('a,', ',')", ["a", ""]),
        ("join([], ',')", ""),
        ("join([1.0, null, true, {a: 1}], ',')", '1,,true,{"a":1}'),
        ("flatten([[], [[]], 1])", [[], 1]),
        ("unique([1, 1.0, true, '1', null, null, [1], [1.0]])", [1, True, "1", None, [1]]),
        ("first([null]) == null && last([]) == null", True),
        ("contains([[1]], [1.0]) && contains('abc', '') && !contains([true], 1)", True),
        ("toString(1.0) + toString(null) + toString([1.0, 'é'])", '1[1,"é"]'),
        ("toNumber(' -1.50 ')", -1.5),
        ("toNumber('9007199254740993')", 9007199254740993),
        ("toBoolean(' FALSE ')", False),
        ("fromJson('[1, 1.0, null]')", [1, 1.0, None]),
        ("urlEncode('a b&c=ü/?~-._')", "a%20b%26c%3D%C3%BC%2F%3F~-._"),
        ("base64Encode('ü') + base64Decode('w7w=')", "w7w=ü"),
        ("sha256('ü')", hashlib.sha256("ü".encode()).hexdigest()),
        ("coalesce(null, input.gone, false, 1)", False),
        ("default(input.a, input.gone)", None),
        ("default('', 1)", ""),
    ],
)
def test_values(text, result):
    assert json.dumps(value(text)) == json.dumps(result)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("formatDate('2024-02-30', 'yyyy')", "is no date"),
        ("formatDate('2024-05-01', 'qq')", "means nothing in a date pattern"),
        ("formatDate('2024-05-01', 'yyyyy')", "means nothing in a date pattern"),
        ("formatDate('2024-05-01', 'yyyy', 'Mars/X')", "There is no time zone"),
        ("formatDate('0001-01-01', 'yyyy', 'America/New_York')", "outside the years"),
        ("round(1.5, 0.5)", "whole number from"),
        ("round(1.5, 301)", "whole number from"),
        ("round(1.5, -301)", "whole number from"),
        ("min([])", "The list is empty"),
        ("max([1, 'a'])", "all numbers or all strings"),
        ("min([true])", "all numbers or all strings"),
        ("sum([1, null])", "one is null"),
        ("split('a', '')", "to look for is empty"),
        ("replace('a', '', 'b')", "to look for is empty"),
        ("toNumber('1,5')", "is no number"),
        ("toNumber('1e999')", "too large"),
        ("toBoolean('yes')", "neither `true` nor `false`"),
        ("fromJson('NaN')", "is no number"),
        ("fromJson('{')", "line 1, column 2"),
        ("base64Decode('w7w')", "not base64"),
        ("base64Decode('/w==')", "not a text in UTF-8"),
        ("contains('abc', 1)", "searched for a string, not a number"),
        ("1 / 0", "zero"),
        ("1.5 % 0.0", "zero"),
        ("1e308 * 10", "too large"),
        ("-1e308 - 1e308", "too large"),
        ("'a' | split", "takes 2 arguments, not 1"),
        ("round()", "takes 1 or 2 arguments, not 0"),
        ("round(1, 2, 3)", "takes 1 or 2 arguments, not 3"),
        ("upper('a', 'b')", "takes 1 argument, not 2"),
        ("coalesce()", "takes at least 1 argument, not 0"),
        ("1 | nope", "There is no function `nope`"),
        ("true ? input.gone : 1", "`gone` is not there"),
        ("false ? 1 : input.gone", "`gone` is not there"),
        ("(true ? input.gone : 1) ?? 2", "`gone` is not there"),
        ("[input.gone] ?? 2", "`gone` is not there"),
        ("(!input.gone) ?? 2", "`gone` is not there"),
        ("upper(input.gone) ?? 2", "`gone` is not there"),
        ("(input.gone | upper) ?? 2", "`gone` is not there"),
        ("input.l[input.gone] ?? 2", "`gone` is not there"),
        ("(input.gone == null) ?? 2", "`gone` is not there"),
        ("default(input.gone + 1, 2)", "`gone` is not there"),
        ("input.l[-1] ?? 2", "whole number from 0 up, not -1"),
        ("input.l[0.5] ?? 2", "whole number from 0 up, not 0.5"),
        ("input.l['a'] ?? 2", "`a` is no index"),
        ("input.l.a ?? 2", "`a` is no index"),
        ("input.s.a ?? 2", "only maps and lists"),
        ("input?.[0]", "A key of a map is a string, not a number"),
        ("input?.a.b", "`input?.a` is null, so there is no `b` in it"),
    ],
)
def test_errors(text, said):
    with pytest.raises(ExpressionError) as caught:
        value(text)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (r"\{{x}}", "{{x}}"),
        (r"\\{{1}}", "\\1"),
        (r"\\\{{1}}", r"\{{1}}"),
        (r"\\\\{{1}}", "\\\\1"),
        (r"a\b\\c", r"a\b\\c"),
        (r"\{{1}}{{2}}\{{3}}", "{{1}}2{{3}}"),
        ("{{'}}'}}", "}}"),
        ("{{'}}'}}{{\"}}\"}}", "}}}}"),
        ("{{ {a: {b: '}}'}} }}", {"a": {"b": "}}"}}),
        ("{{{a: {b: 1}}}}", {"a": {"b": 1}}),
        ("{{ ['}}', (1)] }}", ["}}", 1]),
        ("{{{{1}}}}", 1),
        ("{{1}}}}", "1}}"),
        ("a}}b", "a}}b"),
        ("{{'{{1}}'}}", "{{1}}"),
        ("{{null}}", None),
        ("{{null}}{{null}}", ""),
        (" {{1}}", " 1"),
        ("{{1.0}}", 1.0),
        ("x{{1.0}}{{true}}{{['é', 1.50]}}", 'x1true["é",1.5]'),
        ("{{\n1\t}}", 1),
        ("", ""),
    ],
)
def test_templates(text, result):
    assert json.dumps(render(parse_template(text), {})) == json.dumps(result)


LIMITS = [
    ("join(['', '123456', '1234'], '')", True),
    ("join(['123456', '', '', ''], '')", True),
    ("join(['', '12345', '123456'], '')", False),
    ("join(['1234', '12345'], '-')", True),
    ("join(['12345', '12345'], '-')", False),
    ("flatten([1, 2, [3, 4]])", True),
    ("flatten([1, 2, [3, 4, 5]])", False),
    ("replace('aaaa', 'a', 'xyz')", False),
    ("replace('aa', 'a', 'xyzxy')", True),
    ("'12345' + '12345'", True),
    ("'123456' + '123456'", False),
    ("toJson('12345678')", True),
    ("toJson('123456789')", False),
]


@pytest.mark.parametrize(("text", "fits"), LIMITS)
def test_lengths_are_counted_exactly(monkeypatch, text, fits):
    monkeypatch.setattr("wf_engine.expressions.values.MAX_TEXT", 10)
    monkeypatch.setattr("wf_engine.expressions.values.MAX_ITEMS", 4)
    if fits:
        value(text)
    else:
        with pytest.raises(ExpressionError, match="would have more than"):
            value(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("([{}] | first).c.d.e ?? 'none'", "none"),
        ("-1 % 2", -1),
        (r"'\ud7ff\ue000'", "\ud7ff\ue000"),
        ("formatDate('2024-05-01T00:00:00.999999Z', 'SSS')", "999"),
    ],
)
def test_more_values(text, result):
    assert value(text) == result


FAULTS = [
    ("[1] | contains(input.zz)", "zz", "`zz` is not there", "Where it may be missing"),
    ("tasks.a.foo", "a", "has to be followed by `.output`", None),
    ("tasks.zz.output", "zz", "`zz` is not there", "Where it may be missing"),
    ("[1][-1]", "-1", "from 0 up, not -1", "The last item is `last(list)`."),
    ("[1][0.5]", "0.5", "from 0 up, not 0.5", None),
    ("1 + 'a'", "1 + 'a'", "adds two numbers", "Insert both into one string"),
    ("-100 * 1" + "0" * 307, None, "too large", None),
    ("toString(input.huge)", None, "too many digits", None),
    ("a-b", "a-b", "Did you mean `a - b`?", "If the text is meant"),
    (f"formatDate('2024-05-01', '{'-' * 1001}')", f"'{'-' * 1001}'", "longer than 1000", None),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), FAULTS)
def test_faults_are_blamed_on_their_place(text, place, message, hint):
    scope = {"input": {"huge": 10**5000}, "tasks": {}, "a": 1}
    with pytest.raises(ExpressionError) as raised:
        evaluate(parse_expression(text), scope)
    error = raised.value
    assert message in error.message
    assert (error.hint or "").startswith(hint or "")
    assert (error.hint is None) == (hint is None)
    if place is not None:
        assert text[error.span.start : error.span.end] == place


def test_a_pattern_of_the_greatest_length_is_taken():
    assert value(f"formatDate('2024-05-01', '{'-' * 1000}')") == "-" * 1000


def test_the_first_problem_of_a_template_is_raised():
    with pytest.raises(ExpressionError, match="Something is missing after"):
        render(parse_template("{{ 1 + }} {{ # }}"), {})


def test_an_expression_is_recorded_without_its_braces():
    told = []
    resolve(parse_expression("{{ a + 1 }}"), {"a": 1}, lambda text, found: told.append((text, found)))
    assert told == [("a + 1", 2)]
