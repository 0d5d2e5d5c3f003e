"""A keystroke checks what it changed, not what there is (invariant 4): counted, not timed."""

from functools import cache

import pytest

from tests.checks.long import STEP_TASK, long_workflow
from wf_engine.checks import diagnostics, units
from wf_engine.text import Edit, Span
from wf_engine.workspace import Workspace

PATH = "long.workflow.yaml"
SIZES = (125, 1250)


@cache
def clean(size: int) -> Workspace:
    return Workspace.of({PATH: long_workflow(size), "get-user.task.yaml": STEP_TASK})


def checked(size: int, old: str = "", new: str = "", behind: str = "") -> Workspace:
    """A workspace of which everything has been checked, after an edit that is not counted."""
    workspace = clean(size)
    diagnostics(workspace, PATH)
    text = workspace.files[PATH].text.value
    at = text.index(old, text.index(behind))
    workspace = workspace.edited(PATH, Edit(Span(at, at + len(old)), new)) if new else workspace
    diagnostics(workspace, PATH)
    return workspace


def typed(workspace: Workspace, marker: str, old: str, new: str) -> tuple[Workspace, list[int]]:
    """Puts `new` in the place of the first `old` behind `marker`, letter by letter; the units run after each."""
    text = workspace.files[PATH].text.value
    at = text.index(old, text.index(marker))
    edits = [Edit(Span(at, at + len(old)), "")]
    edits += [Edit(Span(at + number, at + number), letter) for number, letter in enumerate(new)]
    counts = []
    for edit in edits:
        workspace = workspace.edited(PATH, edit)
        todo = units(workspace, workspace.files[PATH].documents[0])[1]
        for unit in todo:
            unit.run()
        counts.append(len(todo))
    return workspace, counts


def places(size: int) -> tuple[int, int, int]:
    """The second step, one in the middle and the last but one."""
    return 1, size // 2, size - 2


EDITS = {
    "a timeout": ("timeout: 30s", "timeout: 5m"),
    "a description": ("one more", "größe"),
    "a comment": ("# step", "# Schritt"),
    "a template": (".output.email}}", ".output.emial}} x"),
    "a condition": ("timeout: 30s", "condition: {if: \"input.userId != ''\"}"),
    "a new step": (
        "timeout: 30s",
        'timeout: 1s\n    - id: fresh\n      taskRef: get-user\n      input: {id: "{{input.userId}}"}',
    ),
    "a task": ("taskRef: get-user", "taskRef: get-usr"),
    "a dependency": ("timeout: 30s", "dependsOn: [task-0]"),
    "a cycle": ("timeout: 30s", "dependsOn: [task-1, none]"),
}


@pytest.mark.parametrize("what", sorted(EDITS))
@pytest.mark.parametrize("where", range(3))
def test_units_after_an_edit(what: str, where: int) -> None:
    counts = [typed(checked(size), f"- id: task-{places(size)[where]}\n", *EDITS[what])[1] for size in SIZES]
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 4


@pytest.mark.parametrize("where", range(3))
def test_units_after_the_edit_of_an_id(where: int) -> None:
    counts = []
    for size in SIZES:
        number = places(size)[where]
        # the same number of letters at both sizes
        old, new = f"id: task-{number}\n", "id: other-name\n"
        counts.append(typed(checked(size), f"- {old}", old, new)[1])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 4


BREAKS = {
    "a word without a colon": ("description: one more", "description one more"),
    "an unclosed quote": ("one more", '"one more'),
    "an open bracket": ("one more", "[one more"),
    "an open brace": ("one more", "{one more"),
    "a lone dash": ("one more", "one more\n      - "),
    "a wrong indentation": ("      description: one more", "   description: one more"),
    "an unquoted template": ("one more", "{{one}}"),
    "an unknown alias": ("one more", "*more"),
    "a tab": ("      description", "\t  description"),
    "no id": ("id: task-", "di: task-"),
}


@pytest.mark.parametrize("what", sorted(BREAKS))
def test_units_after_an_edit_in_a_broken_document(what: str) -> None:
    counts = []
    for size in SIZES:
        workspace = checked(size, *BREAKS[what], behind=f"- id: task-{size // 2}\n")
        later = f"# step {size // 2 + 10}\n"
        found = typed(workspace, later, "timeout: 30s", "timeout: 5m")[1]
        found += typed(workspace, later, ".output.email", ".output.mail")[1]
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 4


def test_units_after_an_edit_of_what_all_steps_rest_on() -> None:
    """A change that no step can see checks none of them again; one that all can see, all."""
    workspace = checked(50)
    same = workspace.with_text("get-user.task.yaml", STEP_TASK.replace("GET", "HEAD"))
    other = workspace.with_text(
        "get-user.task.yaml", STEP_TASK.replace("prev: {type: string}", "prev: {type: integer}")
    )
    assert len(units(other, other.files[PATH].documents[0])[1]) == 51
    unseen = workspace.with_text("other.task.yaml", STEP_TASK.replace("get-user", "other"))
    assert len(units(unseen, unseen.files[PATH].documents[0])[1]) == 1
    assert len(units(same, same.files[PATH].documents[0])[1]) <= 51


def test_an_unknown_id_far_away_is_looked_at_again_only_where_ids_change() -> None:
    counts = []
    for size in SIZES:
        workspace = checked(size, "tasks.task-3.output", "tasks.tsk-3.output")
        marker = f"# step {size // 2}\n"
        counts.append(
            [
                *typed(workspace, marker, "timeout: 30s", "timeout: 5m")[1],
                *typed(workspace, f"- id: task-{size - 2}\n", f"task-{size - 2}\n", "x\n")[1],
            ]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 5
