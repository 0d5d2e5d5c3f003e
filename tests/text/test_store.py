"""The text store agrees with a reference that splits the whole text anew, whatever the edits."""

import random
import re

import pytest

from wf_engine.text import Edit, Position, Span, Text

ALPHABET = "ab\n\r\u2028\u0085\x0c \U0001f600\ud800"


def lines_of(value: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", value)


def agrees(text: Text, value: str) -> None:
    lines = lines_of(value)
    assert text.value == value
    assert len(text) == len(value)
    assert [text.line(number) for number in range(text.line_count)] == lines
    for offset in range(len(value) + 1):
        if value[offset - 1 : offset + 1] != "\r\n":  # inside a line end there is no position
            position = text.position(offset)
            assert position.line == len(lines_of(value[:offset])) - 1
            assert text.offset(position) == offset


@pytest.mark.parametrize("seed", range(40))
def test_random_edits(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wf_engine.text.store._CHUNK", 8)  # many chunks, so that edits cross them
    chance = random.Random(seed)
    value = "".join(chance.choices(ALPHABET, k=chance.randrange(80)))
    text = Text(value)
    for _ in range(30):
        start = chance.randint(0, len(value))
        end = chance.randint(start, min(len(value), start + chance.choice([0, 1, 3, 30])))
        new = "".join(chance.choices(ALPHABET, k=chance.choice([0, 1, 2, 40])))
        value = value[:start] + new + value[end:]
        text = text.replace(Edit(Span(start, end), new))
        agrees(text, value)
        assert text.slice(Span(start, start + len(new))) == new


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c"])
def test_what_str_splitlines_takes_for_a_line_end_is_none(mark: str) -> None:
    assert Text(f"a{mark}b\nc").line_count == 2


def test_positions_outside_the_text_are_its_ends() -> None:
    text = Text("ab\ncd")
    assert text.offset(Position(0, 99)) == 2
    assert text.offset(Position(9, 0)) == 5
    assert text.offset(Position(-1, 0)) == 0
    assert text.position(99) == Position(1, 2)
    assert text.position(-1) == Position(0, 0)


def test_an_edit_past_the_end_adds_at_the_end() -> None:
    assert Text("ab").replace(Edit(Span(5, 9), "c")).value == "abc"


def test_an_edit_that_ends_before_it_begins_inserts() -> None:
    assert Text("abc").replace(Edit(Span(2, 1), "-")).value == "ab-c"


def test_a_large_text_is_edited_across_its_chunks() -> None:
    value = "".join(f"line {number}\r\n" for number in range(5000))
    text = Text(value)
    for start, end, new in ((10_000, 30_000, ""), (8_191, 8_192, "\r"), (4_096, 4_097, ""), (0, 0, "\n")):
        value = value[:start] + new + value[end:]
        text = text.replace(Edit(Span(start, end), new))
    lines = lines_of(value)
    assert text.value == value
    assert [text.line(number) for number in range(0, text.line_count, 97)] == lines[::97]
    assert all(
        text.offset(text.position(at)) == at for at in range(0, len(value), 1009) if value[at - 1 : at + 1] != "\r\n"
    )


def test_an_edit_leaves_the_old_text_as_it_was() -> None:
    old = Text("one\ntwo\n")
    new = old.replace(Edit(Span(4, 7), "2"))
    assert (old.value, new.value) == ("one\ntwo\n", "one\n2\n")


def test_a_line_end_that_is_completed_by_an_edit_is_one() -> None:
    assert Text("a\rb").replace(Edit(Span(2, 2), "\n")).line_count == 2


@pytest.mark.parametrize("seed", range(3))
def test_whether_a_word_stands_anywhere_is_known_after_every_edit(seed: int) -> None:
    rng = random.Random(seed)
    text = Text("a line of a text\n" * 1_000)
    seen = set()
    for _ in range(300):
        at = rng.randrange(len(text) + 1)
        found = text.value.find("xy")
        removed = (
            Span(found, found + 1) if found >= 0 and rng.random() < 0.6 else Span(at, at + rng.choice([0, 0, 1, 30]))
        )
        text = text.replace(Edit(removed, rng.choice(["", "x", "y", "xy", "\n", "x\ny"])))
        if rng.random() < 0.7:
            seen.add(text.mentions("xy"))
            assert text.mentions("xy") is ("xy" in text.value)
    assert seen == {True, False}
