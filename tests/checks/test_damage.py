"""One break of the text says one thing, two at most, and what stands elsewhere is still understood."""

import pytest

from tests import shop
from tests.checks.rich import FILES
from tests.support import errors
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace

WORKSPACES = [
    (FILES, ["rich.workflow.yaml"]),
    (shop.FILES, [path for path in shop.FILES if path.startswith("workflows")]),
]
DAMAGE = {
    "a word": "word",
    "an unclosed quote": 'x: "abc',
    "an open bracket": "x: [a",
    "an open brace": "x: {a: b",
    "a tab": "\tx: 1",
    "an unknown alias": "x: *nope",
    "a second colon": "a: b: c",
    "an at sign": "x: @a",
    "a percent sign": "%",
    "a bracket that closes nothing": "]",
}


def damaged(text: str, number: int, damage: str) -> str:
    """The text with a line more, at the indentation of the line that it stands before."""
    lines = text.splitlines(keepends=True)
    indent = len(lines[number]) - len(lines[number].lstrip())
    return "".join([*lines[:number], " " * indent + damage + "\n", *lines[number:]])


@pytest.mark.parametrize("what", sorted(DAMAGE))
def test_one_break_says_at_most_two_things(what: str) -> None:
    for files, paths in WORKSPACES:
        workspace = Workspace.of(files)
        for path in paths:
            lines = files[path].splitlines()
            for number in range(4, len(lines), 5):
                if not lines[number].strip():
                    continue
                text = damaged(files[path], number, DAMAGE[what])
                found = diagnostics(workspace.with_text(path, text), path)
                assert 1 <= len(found) <= 2, (path, number + 1, [f"{each.code} {each.message}" for each in found])
                assert errors(found)


@pytest.mark.parametrize("what", sorted(DAMAGE))
def test_a_mistake_in_another_step_is_still_found(what: str) -> None:
    path = "rich.workflow.yaml"
    text = FILES[path].replace("taskRef: send-mail\n      condition", "taskRef: send-male\n      condition")
    number = next(number for number, line in enumerate(text.splitlines()) if "id: route" in line) + 1
    found = diagnostics(Workspace.of({**FILES, path: damaged(text, number, DAMAGE[what])}), path)
    assert "WF301" in errors(found)
