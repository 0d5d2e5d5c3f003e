"""Which files see what a workflow gives."""

from tests.analysis.test_types import chain
from tests.checks.rich import FILES
from tests.support import TASKS, workflow
from wf_engine.analysis import sees_outputs_of
from wf_engine.workspace import Workspace


def test_directly() -> None:
    workspace = Workspace.of(FILES)
    assert sees_outputs_of(workspace, "rich.workflow.yaml", "child-2.workflow.yaml")
    # no version means the highest, but which one that is may change
    assert sees_outputs_of(workspace, "rich.workflow.yaml", "child-1.workflow.yaml")
    assert not sees_outputs_of(workspace, "child-1.workflow.yaml", "rich.workflow.yaml")
    assert not sees_outputs_of(workspace, "rich.workflow.yaml", "tasks.task.yaml")
    assert not sees_outputs_of(workspace, "none.yaml", "rich.workflow.yaml")


def test_through_others() -> None:
    files = chain(3, "taskRef: send-mail")
    workspace = Workspace.of(
        {**files, "tasks.task.yaml": TASKS, "a.workflow.yaml": workflow("tasks:\n  - {id: s, workflowRef: w0}")}
    )
    assert sees_outputs_of(workspace, "a.workflow.yaml", "w3.workflow.yaml")
    assert not sees_outputs_of(workspace, "w3.workflow.yaml", "a.workflow.yaml")


def test_in_a_circle() -> None:
    workspace = Workspace.of(chain(2, "workflowRef: w0"))
    assert sees_outputs_of(workspace, "w0.workflow.yaml", "w0.workflow.yaml")
