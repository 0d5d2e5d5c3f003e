"""A keystroke costs what it changed (invariant 4): the work it makes is the same at 1,000 and at 10,000 lines."""

from itertools import pairwise

import pytest

from tests.syntax.samples import nested, workflow
from wf_engine.syntax import File, Work
from wf_engine.text import Edit, Span

SMALL, LARGE = 125, 1250
EDITS = {
    "a character of a value": ("      timeout: 30s\n", "30s", "30"),
    "a word without a colon": ("      timeout: 30s\n", "timeout: 30s", "timeo"),
    "a quote that is not closed": ("      description: one more\n", "one more", '"one more'),
    "a bracket that is not closed": ("      description: one more\n", "one more", "[one more"),
    "a brace that is not closed": ("      description: one more\n", "one more", "{one more"),
    "a template that is typed": ("{{input.userId}}", "userId}}", "user"),
    "an id": ("      taskRef: get-user\n", "get-user", "get-users"),
    "a new line": ("      description: one more\n", "one more\n", "one more\n\n"),
    "a new step": ("      timeout: 30s\n", "30s\n", "30s\n    - id: new\n"),
    "a step that goes": ("      timeout: 30s\n    - id", "      timeout: 30s\n    - id", "      id"),
    "a comment": ("      description: one more\n", "one more", "one more # why"),
    "a wrong indentation": ("      description: one more\n", "      d", "    d"),
    "a key in the first column": ("      description: one more\n", "      d", "d"),
    "a tab": ("      description: one more\n", "      d", "\td"),
}
TYPED = {
    "a step": "\n    - id: new\n      taskRef: get-user",
    "a word further out": "\n  ti",
    "a dash further out": "\n  - ",
    "a quoted text": '\n      note: "a b"',
    "a list": "\n      dependsOn: [a, b]",
    "a tab": "\n\tnote: a",
    "a template": '\n      note: "{{input.userId}}"',
    "an anchor and an alias": "\n      note: &x [1]\n      more: *x",
}


def places_of(text: str, anchor: str) -> list[int]:
    return [index for index in range(len(text)) if text.startswith(anchor, index)]


def work_of(text: str, anchor: str, old: str, new: str, where: float) -> Work:
    places = places_of(text, anchor)
    at = places[int(where * (len(places) - 1))] + anchor.index(old)
    return File.parse(text).edited(Edit(Span(at, at + len(old)), new)).work


@pytest.mark.parametrize("where", [0.0, 0.5, 1.0], ids=["begin", "middle", "end"])
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_the_same_work_whatever_the_length(edit: str, where: float) -> None:
    anchor, old, new = EDITS[edit]
    small = work_of(workflow(SMALL), anchor, old, new, where)
    large = work_of(workflow(LARGE), anchor, old, new, where)
    assert small == large
    assert 1 <= large.segments <= 12
    assert large.nodes < 200


def typing(text: str, typed: str, where: float) -> list[Work]:
    places = places_of(text, "      timeout: 30s\n")
    at = places[int(where * (len(places) - 1))] + len("      timeout: 30s")
    file, works = File.parse(text), []
    for char in typed:
        file = file.edited(Edit(Span(at, at), char))
        at += 1
        works.append(file.work)
    return works


@pytest.mark.parametrize("where", [0.0, 0.5, 1.0], ids=["begin", "middle", "end"])
@pytest.mark.parametrize("typed", TYPED)
def test_every_keystroke_of_a_line_makes_the_same_work(typed: str, where: float) -> None:
    small = typing(workflow(SMALL), TYPED[typed], where)
    assert small == typing(workflow(LARGE), TYPED[typed], where)
    assert max(work.segments for work in small) <= 20


@pytest.mark.parametrize("text", [nested(140), nested(1400)], ids=["1,000", "10,000"])
def test_an_edit_in_a_long_item_of_a_list_reads_one_entry_of_it(text: str) -> None:
    at = text.index("x: y\n", len(text) // 4)
    assert File.parse(text).edited(Edit(Span(at, at), "z")).work == Work(1, 6)


def test_a_value_of_an_anchor_is_read_again_where_it_is_used_and_nowhere_else() -> None:
    text = "base: &base {a: 1}\n" + "".join(f"k{number}:\n  a: 1\n" for number in range(400)) + "use: *base\n"
    at = text.index("1}")
    assert File.parse(text).edited(Edit(Span(at, at), "2")).work.segments == 2


def test_a_whole_file_makes_work_for_all_of_it() -> None:
    works = [File.parse(workflow(steps)).work for steps in (SMALL, LARGE)]
    assert all(9 * small.nodes < large.nodes < 11 * small.nodes for small, large in pairwise(works))
