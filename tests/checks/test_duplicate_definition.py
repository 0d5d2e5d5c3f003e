"""WF306: two definitions of the same kind, namespace, name and version."""

from tests.support import MAIN, check_diagnostics, workflow, workspace_of
from wf_engine.checks import diagnostics

STEPS = """
    tasks:
      - {id: a, taskRef: get-user, input: {id: "1"}}
"""


def test_each_points_at_the_other():
    other = workflow(STEPS)
    found = check_diagnostics(
        workflow(STEPS).replace("name: main", "name: main\n        ^^^^ WF306 is defined in `other.yaml` too"),
        {"other.yaml": other},
    )
    assert [each.location.path for each in found[0].related] == ["other.yaml"]
    back = diagnostics(workspace_of(workflow(STEPS), {"other.yaml": other}), "other.yaml")
    assert [(each.code, each.related[0].location.path) for each in back] == [("WF306", MAIN)]


def test_in_one_file():
    check_diagnostics("""
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: größe}
                         ^^^^^ WF204
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
        ---
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: ping}
                         ^^^^ WF306 further down in this file
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
        ---
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: ping}
                         ^^^^ WF306 further up in this file
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
    """)


def test_versions_tell_them_apart():
    version = "name: main\n  annotations: {workflow.io/version: 1.0.0}"
    check_diagnostics(workflow(STEPS), {"other.yaml": workflow(STEPS).replace("name: main", version)})


TEST = """
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {name: probe}
spec:
  workflow: main
  cases:
    - {name: runs, expect: {status: failed}}
"""


def test_two_tests_of_one_name():
    marked = TEST.replace(
        "probe}\n", "probe}\n                 ^^^^^ WF306 the test `probe` is defined in `other.wftest.yaml`\n"
    )
    other = TEST.replace("main", "shop/main").replace("name: probe", "name: probe, namespace: shop")
    files = {"main.yaml": workflow(STEPS), "third.wftest.yaml": other}
    check_diagnostics(marked, {**files, "other.wftest.yaml": TEST})
    check_diagnostics(TEST, files)
