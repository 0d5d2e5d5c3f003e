"""WF316: a mock that answers for nothing."""

import pytest

from tests.support import check_diagnostics, workflow
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace

CHILD = workflow(
    """
    input: {ids: {type: array, items: {type: string}, required: true}}
    tasks:
      - id: block
        forEach: {items: "{{input.ids}}"}
        tasks:
          - {id: inner, taskRef: get-user, input: {id: "1"}, fallback: {taskRef: get-user, input: {id: "2"}}}
      - {id: sub, workflowRef: grandchild}
    """,
    "child",
)
FILES = {
    "child.workflow.yaml": CHILD,
    "grandchild.workflow.yaml": workflow('tasks:\n  - {id: deep, taskRef: get-user, input: {id: "1"}}\n', "grandchild"),
}
HEAD = "apiVersion: workflow.io/v1\nkind: WorkflowTest\nmetadata: {name: t}\nspec:\n  workflow: child\n  cases:\n"


@pytest.mark.parametrize(
    "name", ["get-user", "default/get-user", "block.inner", '"block[3].inner~fallback"', "sub.deep", "sub"]
)
def test_tasks_and_paths_of_steps(name: str) -> None:
    check_diagnostics(f"{HEAD}    - {{name: a, mocks: {{{name}: {{status: 500}}}}}}\n", FILES)


@pytest.mark.parametrize("name", ["get-usr", "inner", "block.deep", "sub.inner", "other/get-user"])
def test_others(name: str) -> None:
    files = {**FILES, "main.wftest.yaml": f"{HEAD}    - {{name: a, mocks: {{{name}: {{status: 500}}}}}}\n"}
    found = diagnostics(Workspace.of(files | {"t.task.yaml": TASK}), "main.wftest.yaml")
    assert [each.code for each in found] == ["WF316"]


TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec: {type: http, http: {method: GET, url: "https://example.com/"}}
"""
