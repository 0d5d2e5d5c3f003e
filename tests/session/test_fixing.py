"""Fixes applied together."""

from wf_engine.checks import diagnostics
from wf_engine.session.fixing import mended
from wf_engine.workspace import Workspace

TASK = """apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec:
  type: http
  inputSchema: {type: object, required: [id], properties: {id: {type: string}}, additionalProperties: false}
  http: {method: GET, url: "https://example.com/{{input.id}}"}
"""
WORKFLOW = """apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: w}
spec:
  tasks:
    - id: a
      taskRef: get-usr
      input: {ids: "1"}
    - id: a
      taskref: get-user
      input: {id: "1"}
"""


def test_a_fix_may_uncover_the_next():
    workspace = Workspace.of({"t.yaml": TASK, "w.yaml": WORKFLOW})
    before = {each.code for each in diagnostics(workspace, "w.yaml")}
    after = mended(workspace, ["w.yaml"])
    assert "WF301" in before
    assert "WF505" not in before, "what is wrong with the input of an unknown task cannot be told"
    assert diagnostics(after.workspace, "w.yaml") == ()
    assert after.applied >= 4
    assert after.workspace.files["t.yaml"] is workspace.files["t.yaml"]


def test_what_is_not_asked_for_is_left_alone():
    workspace = Workspace.of({"t.yaml": TASK, "w.yaml": WORKFLOW, "v.yaml": WORKFLOW.replace("name: w", "name: v")})
    after = mended(workspace, ["w.yaml"]).workspace
    assert after.files["v.yaml"] is workspace.files["v.yaml"]


def test_without_a_fix_nothing_changes():
    workspace = Workspace.of({"t.yaml": TASK})
    after = mended(workspace, ["t.yaml"])
    assert (after.applied, after.workspace.files["t.yaml"].text.value) == (0, TASK)


def test_mending_what_is_mended_changes_nothing():
    workspace = mended(Workspace.of({"t.yaml": TASK, "w.yaml": WORKFLOW}), ["w.yaml"]).workspace
    assert mended(workspace, ["w.yaml"]).applied == 0
