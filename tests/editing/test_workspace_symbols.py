"""Workspace symbols: by a few letters, the best first, where they stand told later."""

import pytest

from tests.editing.naming import CHILD, MAIN, TASK, texts
from tests.support import workflow, workspace_of
from wf_engine.editing import located, workspace_symbols
from wf_engine.workspace import Workspace

WORKSPACE = Workspace.of(texts())


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("child", ("child", "workflow", "default", CHILD)),
        ("chd", ("child", "workflow", "default", CHILD)),
        ("get-user", ("get-user", "task", "people", TASK)),
        ("GETU", ("get-user", "task", "people", TASK)),
        ("fetch", ("fetch-user", "step", "main", MAIN)),
        ("deep", ("deep", "step", "main", MAIN)),
        ("addr", ("address", "input", "main", MAIN)),
    ],
)
def test_the_best_comes_first_and_leads_to_its_name(query, first):
    found = workspace_symbols(WORKSPACE, query)[0]
    assert (found.name, found.kind, found.container, found.path) == first
    where = located(WORKSPACE, found)
    assert where is not None
    assert WORKSPACE.files[where.path].text.slice(where.span) == found.name


def test_no_letters_give_everything_and_strange_ones_nothing():
    assert {each.kind for each in workspace_symbols(WORKSPACE, "")} == {"workflow", "task", "step", "input"}
    assert workspace_symbols(WORKSPACE, "zzz") == ()


def test_what_is_gone_leads_nowhere():
    (found,) = workspace_symbols(WORKSPACE, "fetch-user")
    assert located(WORKSPACE.without(MAIN), found) is None
    assert located(WORKSPACE.with_text(MAIN, workflow("tasks: []")), found) is None


def test_a_broken_document_gives_what_is_left_of_it():
    workspace = workspace_of(
        workflow("input: {größe: {type: string}}\ntasks:\n  - id: one\n    taskRef: x\n  - id: [two\n  - id: three\n")
    )
    assert [each.name for each in workspace_symbols(workspace, "three")] == ["three"]
    assert [each.name for each in workspace_symbols(workspace, "größe")] == ["größe"]
