"""The functions of language §5."""

import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.expressions import FUNCTIONS, ExpressionError, Parameter, evaluate, parse_expression

NAMES = [
    "length",
    "contains",
    "startsWith",
    "endsWith",
    "lower",
    "upper",
    "trim",
    "split",
    "join",
    "replace",
    "keys",
    "values",
    "first",
    "last",
    "flatten",
    "unique",
    "sum",
    "min",
    "max",
    "avg",
    "round",
    "floor",
    "ceil",
    "abs",
    "toString",
    "toNumber",
    "toBoolean",
    "toJson",
    "fromJson",
    "default",
    "coalesce",
    "formatDate",
    "urlEncode",
    "rawUrl",
    "base64Encode",
    "base64Decode",
    "sha256",
]


def value(expression, **roots):
    return evaluate(parse_expression(expression), roots)


def error(expression, **roots):
    with pytest.raises(ExpressionError) as caught:
        value(expression, **roots)
    return caught.value


def test_the_table_holds_the_functions_of_the_language():
    assert sorted(FUNCTIONS) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_true_and_shows_the_function(name):
    function = FUNCTIONS[name]
    assert f"{name}(" in function.example
    assert value(function.example) is True


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_is_one_sentence_and_the_signature_names_the_parameters(name):
    function = FUNCTIONS[name]
    assert function.name == name
    assert function.documentation.endswith(".")
    assert function.documentation.count(". ") == 0
    assert function.signature.startswith(f"{name}(")
    assert all(parameter.name in function.signature for parameter in function.parameters)


def test_signatures():
    assert FUNCTIONS["round"].signature == "round(n: number, digits: number = 0) → number"
    assert FUNCTIONS["contains"].signature == "contains(where: list | string, x: any) → boolean"
    assert FUNCTIONS["coalesce"].signature == "coalesce(x…: any) → any"
    assert (
        FUNCTIONS["formatDate"].signature == "formatDate(text: string, pattern: string, zone: string = 'UTC') → string"
    )


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("length('aé😀')", 3),
        ("length([])", 0),
        ("contains([1, 2], 2.0)", True),
        ("contains([1], true)", False),
        ("contains('abc', '')", True),
        ("lower('ÄÖ')", "äö"),
        ("upper('ß')", "SS"),
        ("trim('\\n\\t a\\u00a0')", "a"),
        ("split('', ',')", [""]),
        ("split('a--b', '--')", ["a", "b"]),
        ("join([], ',')", ""),
        ("join(['a', null, 2.0, [1]], ',')", "a,,2,[1]"),
        ("replace('aaa', 'a', 'b')", "bbb"),
        ("replace('a.b', '.', '$1')", "a$1b"),
        ("keys({})", []),
        ("values({a: [1]})", [[1]]),
        ("first([null])", None),
        ("last([1, 2])", 2),
        ("flatten([])", []),
        ("flatten([[], [1], 2])", [1, 2]),
        ("unique([1, true, 1.0, 'a', 'a', [1], [1.0], null, null])", [1, True, "a", [1], None]),
        ("unique([{a: 1, b: 2}, {b: 2, a: 1}])", [{"a": 1, "b": 2}]),
        ("sum([])", 0),
        ("sum([1, 2.5])", 3.5),
        ("min([2, 1.5])", 1.5),
        ("max(['b', 'a'])", "b"),
        ("avg([1, 2, 3])", 2),
        ("avg([9007199254740993, 9007199254740993])", 9007199254740993),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(0.5)", 1),
        ("round(2.675, 2)", 2.68),
        ("round(1234.5, -2)", 1200),
        ("round(1250, -2)", 1300),
        ("round(7, 3)", 7),
        ("round(1e300, 2)", 1e300),
        ("floor(2)", 2),
        ("ceil(2.1)", 3),
        ("abs(-2.5)", 2.5),
        ("toString(null)", ""),
        ("toString(true)", "true"),
        ("toNumber('12')", 12),
        ("toNumber(' -1.5e2 ')", -150.0),
        ("toNumber(3)", 3),
        ("toBoolean(' TRUE ')", True),
        ("toBoolean(false)", False),
        ("toJson('a\"ü')", '"a\\"ü"'),
        ("toJson({a: [1, 2.0, null]})", '{"a":[1,2,null]}'),
        ('fromJson(\' {"a": [1, 2.5, "x"]} \')', {"a": [1, 2.5, "x"]}),
        ("fromJson('123456789012345678901234567890')", 123456789012345678901234567890),
        ("fromJson('\"\\\\ud83d\\\\ude00\"')", "😀"),
        ("default(false, 1)", False),
        ("coalesce(null, 0)", 0),
        ("urlEncode('a+b&c=~-_.é')", "a%2Bb%26c%3D~-_.%C3%A9"),
        ("rawUrl(12)", "12"),
        ("base64Encode('ü')", "w7w="),
        ("base64Decode('w7w=')", "ü"),
        ("sha256('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ],
)
def test_values(text, result):
    found = value(text)
    assert json.dumps(found) == json.dumps(result)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("formatDate('2024-01-05', 'd.M.yy')", "5.1.24"),
        ("formatDate('2024-01-05T13:04:09.0875Z', 'HH:mm:ss.SSS H h hh a m s')", "13:04:09.087 13 1 01 PM 4 9"),
        ("formatDate('2024-01-05T00:30:00Z', 'hh a')", "12 AM"),
        ("formatDate('2024-01-05T12:30:00Z', 'h a')", "12 PM"),
        ("formatDate('2024-01-05', 'EEE EEEE MMM MMMM')", "Fri Friday Jan January"),
        ("formatDate('2024-07-01T12:00:00+02:00', 'yyyy-MM-dd HH:mm XXX xxx Z')", "2024-07-01 10:00 Z +00:00 +0000"),
        ("formatDate('2024-07-01T12:00:00Z', 'HH:mm XXX', 'America/St_Johns')", "09:30 -02:30"),
        ("formatDate('2024-07-01', '''at'' d ''o''''clock''')", "at 1 o'clock"),
        ("formatDate('2024-07-01', \"yyyy'T'HH\")", "2024T00"),
        ("formatDate('2024-07-01', \"''yy\")", "'24"),
        ("formatDate('2024-07-01', 'yyyy年MM月')", "2024年07月"),
    ],
)
def test_dates(text, result):
    assert value(text.replace("''at'' d ''o''''clock''", "\\'at\\' d \\'o\\'\\'clock\\'")) == result


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("split('a', '')", "empty", "''"),
        ("replace('a', '', 'b')", "empty", "''"),
        ("contains('a', 1)", "searched for a string", "1"),
        ("sum([1, 'a'])", "one is a string", "[1, 'a']"),
        ("sum([true])", "one is a boolean", "[true]"),
        ("sum([1e308, 1e308])", "too large", "sum"),
        ("min([])", "The list is empty", "[]"),
        ("max([1, 'a'])", "all numbers or all strings", "[1, 'a']"),
        ("max([true])", "all numbers or all strings", "[true]"),
        ("avg([])", "The list is empty", "[]"),
        ("round(1.5, 0.5)", "whole number", "0.5"),
        ("round(1.5, 1e9)", "from -300 to 300", "1e9"),
        ("toNumber('1,5')", "no number", "'1,5'"),
        ("toNumber('')", "no number", "''"),
        ("toNumber('0x10')", "no number", "'0x10'"),
        ("toNumber('NaN')", "no number", "'NaN'"),
        ("toNumber('1e999')", "too large", "toNumber"),
        ("toNumber('٣')", "no number", "'٣'"),
        ("toNumber(true)", "a string or a number", "true"),
        ("toBoolean('yes')", "neither `true` nor `false`", "'yes'"),
        ("toBoolean(1)", "a string or a boolean", "1"),
        ("fromJson('{')", "not JSON", "'{'"),
        ("fromJson('NaN')", "not JSON", "'NaN'"),
        ("fromJson('-Infinity')", "not JSON", "'-Infinity'"),
        ("fromJson('1e999')", "too large", "fromJson"),
        ("fromJson('\"\\\\ud800\"')", "half of a character", "'\"\\\\ud800\"'"),
        ("base64Decode('?')", "not base64", "'?'"),
        ("base64Decode('/w==')", "UTF-8", "'/w=='"),
        ("formatDate('yesterday', 'yyyy')", "no date", "'yesterday'"),
        ("formatDate('2024-13-01', 'yyyy')", "no date", "'2024-13-01'"),
        ("formatDate('2024-01-01', 'YYYY')", "`YYYY` means nothing", "'YYYY'"),
        ("formatDate('2024-01-01', 'yyyy', 'Mars/Base')", "no time zone", "'Mars/Base'"),
        ("formatDate('2024-01-01', 'yyyy', '../etc')", "no time zone", "'../etc'"),
        ("formatDate('2024-01-01', 'yyyy', 'America')", "no time zone", "'America'"),
        ("formatDate('0001-01-01', 'yyyy', 'America/New_York')", "years 1 to 9999", "'0001-01-01'"),
        ("keys([1])", "`keys` wants a map here, not a list", "[1]"),
        ("[1] | keys", "`keys` wants a map here, not a list", "[1]"),
        ("join('a', ',')", "`join` wants a list here, not a string", "'a'"),
    ],
)
def test_errors_blame_the_argument(text, message, place):
    found = error(text)
    assert message in found.message
    assert text[found.span.start : found.span.end] == place


@pytest.mark.parametrize("name", ["urlEncode", "base64Encode", "sha256", "base64Decode"])
def test_half_a_surrogate_pair_cannot_be_encoded(name):
    assert "half of a character" in error(f"{name}(x)", x="a\ud800").message


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-20, 20))
def test_rounding_is_that_of_the_decimal_number_that_is_written(number, digits):
    rounded = value("round(n, digits)", n=number, digits=digits)
    unit = Decimal(1).scaleb(-digits)
    exact = Decimal(repr(number))
    away = (abs(exact) / unit).quantize(0, ROUND_HALF_UP) if abs(exact) / unit < 10**25 else abs(exact) / unit
    assert float(rounded) == float((away * unit).copy_sign(exact))


@given(st.text(), st.text(min_size=1))
def test_splitting_and_joining_are_inverse(text, separator):
    assert value("split(text, sep) | join(sep)", text=text, sep=separator) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_encodings_read_back(text):
    assert value("base64Encode(text) | base64Decode", text=text) == text
    assert value("toJson(text) | fromJson", text=text) == text


@pytest.mark.parametrize(("count", "problem"), [(1, "takes at least 2 arguments, not 1"), (2, None), (5, None)])
def test_the_last_parameter_may_take_any_number_of_arguments(count, problem):
    parameters = (Parameter("first", ("string",)), Parameter("rest", ("string",), variadic=True))
    function = replace(FUNCTIONS["upper"], parameters=parameters)
    found = function.arity_problem(count)
    assert found is problem if problem is None else problem in found
