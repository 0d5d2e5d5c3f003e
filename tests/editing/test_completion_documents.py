"""Documents that are only just begun, and documents of others."""

import pytest

from tests.editing.completing import ask
from wf_engine.checks import diagnostics
from wf_engine.editing import completion
from wf_engine.editing.items import Kind
from wf_engine.workspace import Workspace


@pytest.mark.parametrize("source", ["$0", "\n\n$0", "work$0", "# a comment\n$0", "---\n$0", "\ufeff$0", "$0\n\n"])
def test_an_empty_document_of_ours_may_become_a_workflow_or_a_task(source):
    asked = ask(source)
    assert asked.labels[:2] == ["workflow", "task"]
    assert "kind: Workflow\n" in asked.chosen("workflow")
    assert "work\n" not in asked.chosen("workflow")


def test_the_file_name_says_which_comes_first():
    assert ask("$0", path="new.task.yaml").labels[:2] == ["task", "workflow"]


def test_behind_a_document_another_may_begin():
    first = ask("$0").chosen("task")
    assert ask(f"{first}---\n$0").labels[:2] == ["workflow", "task"]


@pytest.mark.parametrize("kind", ["workflow", "task"])
def test_what_is_begun_is_sound_yaml_with_the_language_it_promises(kind):
    text = ask("$0").chosen(kind)
    found = diagnostics(Workspace.of({"new.workflow.yaml": text}), "new.workflow.yaml")
    assert [each.code for each in found] == (["WF301"] if kind == "workflow" else [])


@pytest.mark.parametrize(
    ("source", "some"),
    [
        ("apiVersion: workflow.io/v1\n$0", {"kind", "metadata", "spec"}),
        ("apiVersion: workflow.io/v1\nki$0", {"kind"}),
        ("kind: Workflow\n$0", {"apiVersion", "metadata"}),
        ("kind: $0\nmetadata: {name: x}", {"Workflow", "WorkflowTask"}),
        ("apiVersion: $0\nkind: Workflow", {"workflow.io/v1"}),
        ("apiVersion: work$0\nkind: Workflow", {"workflow.io/v1"}),
        ("apiVersion: workflow.io/v1\nkind: WorkflowTask\nspec:\n  $0", {"http", "type"}),
        ("kind: WorkflowTask\nspec:\n  $0", {"http", "type"}),
    ],
)
def test_a_document_whose_head_is_not_whole(source, some):
    assert some <= set(ask(source).labels)


def test_without_a_kind_the_file_name_says_what_it_is():
    assert "http" in ask("spec:\n  $0", path="new.task.yaml").labels
    assert "tasks" in ask("spec:\n  $0", path="new.workflow.yaml").labels


@pytest.mark.parametrize("path", ["main.workflow.yaml", "values.yaml"])
@pytest.mark.parametrize(
    "source", ["apiVersion: v1\nkind: Pod\nspec:\n  $0", "apiVersion: apps/v1\n$0", "apiVersion: a$0"]
)
def test_documents_of_others_get_nothing(path, source):
    assert ask(source, path=path).labels == []


@pytest.mark.parametrize("source", ["$0", "kind: Workflow\n$0", "tasks:\n  - $0"])
def test_a_file_that_does_not_say_that_it_is_ours_gets_nothing(source):
    assert ask(source, path="values.yaml").labels == []


def test_unless_somebody_says_so():
    workspace = Workspace.of({"untitled:1": ""})
    assert [item.kind for item in completion(workspace, "untitled:1", 0, ours=True).items][:2] == [Kind.SNIPPET] * 2
    assert completion(workspace, "untitled:1", 0).items == ()
    assert completion(workspace, "gone.yaml", 0).items == ()


def test_of_several_documents_the_one_at_the_cursor_counts():
    source = "apiVersion: v1\nkind: Pod\nspec:\n  a: 1\n---\napiVersion: workflow.io/v1\nkind: Workflow\nspec:\n  $0"
    assert "tasks" in ask(source).labels
    source = "apiVersion: v1\nkind: Pod\nspec:\n  $0\n---\napiVersion: workflow.io/v1\nkind: Workflow\nspec: {}\n"
    assert ask(source).labels == []
