"""JSONPath: RFC 9535 in samples, what is refused and why, linear time, and the types of what is selected."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.expressions.errors import LimitError
from wf_engine.expressions.values import equal
from wf_engine.transforms import NOTHING, PathError, parse_path, path_type, reachable
from wf_engine.types import describe, of_schema

STORE: Any = {
    "book": [
        {"category": "reference", "author": "Rees", "price": 8.95},
        {"category": "fiction", "author": "Waugh", "price": 12.99},
        {"category": "fiction", "author": "Melville", "isbn": "0-553", "price": 8.99},
    ],
    "first-name": "Ada",
    "o": {"j": {"1": 7}, "": None},
    "a": [3, 5, {"k": 1}, [False, None, 0], "é😀"],
}
SAMPLES: list[tuple[str, list[Any]]] = [
    ("$", [STORE]),
    ("$['first-name']", ["Ada"]),
    ('$["first-name"]', ["Ada"]),
    ("$ ['a'] [0]", [3]),
    ("$.a[-1]", ["é😀"]),
    ("$.a[9]", []),
    ("$.a[-9]", []),
    ("$.a[0:2]", [3, 5]),
    ("$.a[::-2]", ["é😀", {"k": 1}, 3]),
    ("$.a[0:0:0]", []),
    ("$.a[4:1:-1]", ["é😀", [False, None, 0], {"k": 1}]),
    ("$.a[0, -1, 0]", [3, "é😀", 3]),
    ("$.book[*].author", ["Rees", "Waugh", "Melville"]),
    ("$.o[*]", [{"1": 7}, None]),
    ("$.o['']", [None]),
    ("$.o.j['1']", [7]),
    ("$..author", ["Rees", "Waugh", "Melville"]),
    ("$.a..[0]", [3, False]),
    ("$.book[?@.isbn].author", ["Melville"]),
    ("$.book[?!@.isbn].author", ["Rees", "Waugh"]),
    ("$.book[?@.price < 10 && @.category == 'fiction'].author", ["Melville"]),
    ("$.book[?@.price == $.book[0].price || @.author == 'Waugh'].author", ["Rees", "Waugh"]),
    ("$.book[?@['price'] > 8.95].price", [12.99, 8.99]),
    ("$.book[?match(@.author, '[A-M].*')].author", ["Melville"]),
    ("$.book[?search(@.author, 'e')].author", ["Rees", "Melville"]),
    ("$.book[?match(@.author, 'e')].author", []),
    ("$.book[?length(@.author) == 4].author", ["Rees"]),
    ("$.book[?count(@.*) > 3].author", ["Melville"]),
    ("$.book[?value(@..isbn) == '0-553'].author", ["Melville"]),
    ("$.book[?@.nothing == @.none].author", ["Rees", "Waugh", "Melville"]),
    ("$.book[?@.nothing == null].author", []),
    ("$.a[?@ == 0]", []),
    ("$.a[3][?@ == false]", [False]),
    ("$.a[3][?@]", [False, None, 0]),
    ("$.a[?@ == true]", []),
    ("$.a[?length(@) == 2]", ["é😀"]),
    ("$.a[?@ >= 3]", [3, 5]),
    ("$.a[?match(@, 'é.')]", ["é😀"]),
    ("$.a[?(@ > 3 && @ < 9)]", [5]),
    ("$.a[0][0]", []),
    ("$['first-name'][0]", []),
]


@pytest.mark.parametrize(("text", "selected"), SAMPLES)
def test_what_paths_select(text: str, selected: list[Any]) -> None:
    assert equal(parse_path(text).nodes(STORE), selected)


@pytest.mark.parametrize(
    ("value", "other", "same"),
    [([1], [True], False), ({"a": 1}, {"a": 1.0}, True), ([1, [0]], [1, [False]], False), ("1", 1, False)],
)
def test_equality_is_deep_and_of_types(value: Any, other: Any, same: bool) -> None:
    assert bool(parse_path("$[?@.a == @.b]").nodes([{"a": value, "b": other}])) is same


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "@.a", " $", "$ ", "$.", "$..", "$[", "$]", "$.a[", "$.a[]", "$.a['b]", "$.1", "$.a-b", "$[01]", "$[-0]",
        "$[1.0]", "$[9007199254740992]", "$[?]", "$[?@.a =]", "$[?@.a == ]", "$[?@.a & @.b]", "$[?'a']", "$[?1]",
        "$[?@.a == @.b[*]]", "$[?nothing(@)]", "$[?length(@.*) < 3]", "$[?count(1) > 2]", "$[?match(@.a)]", "$.a b",
        "$[?@.a == {}]", "$[?@.a == [1]]", "$['\\x']", "$.a,b", "$.a;b", "$^", "$.~a", "$[?@.a =~ /x/]", "$[a]",
    ],
)  # fmt: skip
def test_what_is_no_path(text: str) -> None:
    with pytest.raises(PathError) as raised:
        parse_path(text)
    error = raised.value
    assert error.message.endswith(".")
    assert 0 <= error.span.start <= error.span.end <= len(text)


def refusal(text: str) -> PathError | None:
    try:
        parse_path(text)
    except PathError as error:
        return error
    return None


@given(st.text(alphabet="$@.[]*?()'\"&|!=<>:,-0123456789abt \\{}^~#_é", max_size=40))
def test_any_text_is_a_path_or_refused(text: str) -> None:
    for path in (text, f"${text}", f"$[?{text}]"):
        error = refusal(path)
        if error is None:
            parse_path(path).nodes({"a": [1, {"b": "c"}], "t": None})
        else:
            assert 0 <= error.span.start <= error.span.end <= len(path)


def test_one_node_gives_its_value_and_any_other_path_a_list() -> None:
    assert parse_path("$.a[0]").value(STORE) == 3
    assert parse_path("$.none").value(STORE) is NOTHING
    assert parse_path("$.a[0:1]").value(STORE) == [3]
    assert parse_path("$.none[*]").value(STORE) == []


def test_a_text_is_a_value_and_never_read_as_json() -> None:
    assert parse_path("$").value('{"a": 1}') == '{"a": 1}'
    assert parse_path("$.a").value('{"a": 1}') is NOTHING
    assert parse_path("$[?@.a]").nodes(['{"a": 1}']) == []


def test_expressions_take_linear_time() -> None:
    begun = time.perf_counter()
    assert parse_path("$[?search(@, '(a+)+$')]").nodes(["a" * 5000 + "!"]) == []
    assert parse_path("$[?match(@, '(a|a)*b')]").nodes(["a" * 5000]) == []
    assert parse_path("$[?search(@, '(')]").nodes(["("]) == []
    assert time.perf_counter() - begun < 5


def test_filters_inside_filters_end() -> None:
    value = [[[[[0] * 10] * 10] * 10] * 10] * 10
    with pytest.raises(LimitError, match="more than"):
        parse_path("$..[?@..[?@..[?count(@..*) > 0]]]").nodes(value)


@pytest.mark.parametrize("text", ["$" + "[?@" * 400, "$[?" + "(" * 900, "$" + "..*" * 900, "$[?" + "!" * 1500 + "@]"])
def test_deep_and_long_paths_end(text: str) -> None:
    error = refusal(text)
    assert error is None or error.message


def test_a_dot_matches_no_line_end() -> None:
    assert parse_path("$[?match(@, 'a.b')]").nodes(["a\nb", "a\rb", "a b", "a[.]b"]) == ["a b"]
    assert parse_path("$[?match(@, 'a[.]b')]").nodes(["a.b", "axb"]) == ["a.b"]


ORDER = of_schema(
    {
        "type": "object",
        "required": ["id", "lines"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "integer"},
            "note": {"type": ["string", "null"]},
            "ship-to": {"type": "object", "properties": {"city": {"type": "string"}}},
            "lines": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["sku"],
                    "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}},
                    "additionalProperties": False,
                },
            },
        },
    }
)


@pytest.mark.parametrize(
    ("text", "type_", "certain"),
    [
        ("$.id", "integer", True),
        ("$.note", "string or null", False),
        ("$.lines", "list of {sku: string, n?: integer}", True),
        ("$.lines[0].sku", "string", False),
        ("$.lines[*].sku", "list of string", True),
        ("$.lines[*]['sku', 'n']", "list of (integer or string)", True),
        ("$.lines[?@.n > 1].n", "list of integer", True),
        ("$['ship-to'].city", "string", False),
        ("$.lines[0:2]", "list of {sku: string, n?: integer}", True),
        ("$.lines[*].*", "list of (integer or string)", True),
    ],
)
def test_types_of_paths(text: str, type_: str, certain: bool) -> None:
    found = path_type(parse_path(text), ORDER)
    assert (describe(found.type, 3), found.certain, found.missing) == (type_, certain, None)


def test_paths_that_select_nothing_say_why() -> None:
    assert path_type(parse_path("$.lnes"), ORDER).missing == (
        "`lnes` selects nothing: there is no such property. Did you mean `lines`?"
    )
    assert "Take its items with `[*]`." in str(path_type(parse_path("$.lines.sku"), ORDER).missing)
    assert "no list" in str(path_type(parse_path("$.id[0]"), ORDER).missing)


def test_what_can_be_reached_at_a_place_in_a_path() -> None:
    def names(text: str) -> list[str]:
        return [each.path for each in reachable(text, len(text), ORDER)]

    own = ["$.id", "$.note", "$['ship-to']", "$.lines", "$.lines[*]"]
    assert names("$.") == names("") == names("$") == own
    assert names("$.li") == names("$[?") == own
    assert names("$.lines[*].") == ["$.lines[*].sku", "$.lines[*].n"]
    assert names("$.lines[0].s") == ["$.lines[0].sku", "$.lines[0].n"]
    assert names("$['ship-to'].") == ["$['ship-to'].city"]
    assert names("$.lines[") == ["$.lines[*]", "$.lines[0]", "$.lines[*].sku", "$.lines[*].n"]
    assert {"$..sku", "$..city", "$..lines"} <= set(names("$.."))
    assert names("x.") == []
