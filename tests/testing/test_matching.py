"""What was expected beside what came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.testing import in_words
from wf_engine.testing.matching import mismatches

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.booleans())
def test_a_value_is_as_itself(value, partial):
    assert list(mismatches("output", value, value, partial=partial)) == []


@given(st.dictionaries(st.text(), JSON), st.dictionaries(st.text(), JSON))
def test_more_is_there_only_partially(expected, more):
    actual = {**more, **expected}
    assert list(mismatches("output", expected, actual, partial=True)) == []
    assert len(list(mismatches("output", expected, actual))) == len(actual.keys() - expected.keys())


@pytest.mark.parametrize(
    ("expected", "actual", "said"),
    [
        (1, 2, "output: 1 was expected, 2 came"),
        (1, True, "output: 1 was expected, true came"),
        ("1", 1, 'output: "1" was expected, 1 came'),
        (None, False, "output: null was expected, false came"),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "output.a.b: 1 was expected, 2 came"),
        ({"a": 1}, {}, "output.a: 1 was expected, and there is nothing"),
        ({}, {"a": 1}, "output.a: nothing was expected, 1 came"),
        ([1, 2], [1], "output: 2 items were expected, 1 came"),
        ([[1]], [[2]], "output[0][0]: 1 was expected, 2 came"),
        ({"a": []}, {"a": {}}, "output.a: [] was expected, {} came"),
    ],
)
def test_where_two_values_part(expected, actual, said):
    (found,) = mismatches("output", expected, actual)
    assert in_words(found) == said


def test_numbers_are_equal_by_value():
    assert list(mismatches("output", {"a": 1}, {"a": 1.0})) == []
