"""A place in a file as people see it."""

import pytest

from wf_engine.cli.snippets import snippet
from wf_engine.cli.terminal import width_of
from wf_engine.text import Location, Span, Text


def shown(text: str, start: int, end: int) -> list[str]:
    return [line.plain for line in snippet(Location("/x/w.yaml", Span(start, end)), Text(text), "")]


def test_carets_stand_under_the_range():
    assert shown("a: 1\nbc: def\n", 9, 12)[1:] == ["  |", "2 | bc: def", "  |     ^^^"]


def test_an_empty_range_has_one_caret():
    assert shown("ab", 2, 2)[2:] == ["1 | ab", "  |   ^"]


def test_the_end_of_the_text_can_be_shown():
    assert shown("ab\n", 3, 3)[2:] == ["2 | ", "  | ^"]


def test_the_gutter_is_as_wide_as_the_number():
    assert shown("\n" * 99 + "xy", 99, 101)[1:] == ["    |", "100 | xy", "    | ^^"]


def test_a_range_over_lines_shows_the_first():
    assert shown("ab: |\n  c\n  d\n", 0, 9)[2:] == ["1 | ab: |", "  | ^^^^^"]


def test_tabs_are_four_cells():
    assert shown("\tab", 1, 3)[2:] == ["1 |     ab", "  |     ^^"]


def test_wide_characters_take_two_cells():
    assert shown("日本: x", 4, 5)[2:] == ["1 | 日本: x", "  |       ^"]
    assert shown("日本: x", 0, 2)[3] == "  | ^^^^"


def test_what_cannot_be_seen_is_made_visible():
    assert shown("a\x1b\u202eb", 3, 4)[2:] == ["1 | a␛<U+202E>b", "  |           ^"]


@pytest.mark.parametrize("start", [0, 5, 150, 500_000, 999_999])
def test_a_very_long_line_is_cut_around_the_range(start):
    lines = shown("x" * start + "abc" + "y" * (1_000_000 - start), start, start + 3)
    assert width_of(lines[2]) <= 165
    assert lines[2][lines[3].index("^") :].startswith("abc")
    assert lines[3].strip(" |") == "^^^"
    assert ("…" in lines[2][:5]) == (start > 160)


def test_a_range_longer_than_the_line_has_room_for_is_cut():
    lines = shown("z" * 5000, 10, 4000)
    assert max(map(len, lines)) <= 165
    assert lines[3].count("^") > 100
