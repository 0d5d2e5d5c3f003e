"""A keystroke costs what it changed (invariant 4): the work it makes is the same at 1,000 and at 10,000 lines."""

import pytest

from tests.syntax.samples import workflow
from wf_engine.syntax import File, Work
from wf_engine.text import Edit, Span

SMALL, LARGE = 125, 1250
EDITS = {
    "a character of a value": ("      timeout: 30s\n", "30s", "30"),
    "a word without a colon": ("      timeout: 30s\n", "timeout: 30s", "timeo"),
    "a quote that is not closed": ("      description: one more\n", "one more", '"one more'),
    "a bracket that is not closed": ("      description: one more\n", "one more", "[one more"),
    "a template that is typed": ("{{input.userId}}", "userId}}", "user"),
    "an id": ("      taskRef: get-user\n", "get-user", "get-users"),
    "a new line": ("      description: one more\n", "one more\n", "one more\n\n"),
    "a new step": ("      timeout: 30s\n", "30s\n", "30s\n    - id: new\n"),
    "a comment": ("      description: one more\n", "one more", "one more # why"),
}


def work_of(text: str, anchor: str, old: str, new: str, where: float) -> Work:
    places = [index for index in range(len(text)) if text.startswith(anchor, index)]
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


def test_a_whole_file_makes_work_for_all_of_it() -> None:
    assert File.parse(workflow(LARGE)).work.nodes > 9 * File.parse(workflow(SMALL)).work.nodes
