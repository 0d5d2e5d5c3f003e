"""WF315: a test of a workflow that there is not."""

from tests.support import check_diagnostics, workflow

TEST = """
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {name: t}
spec:
  workflow: %s
  cases: [{name: a}]
"""
CHILD = {"child.workflow.yaml": workflow('tasks:\n  - {id: a, taskRef: get-user, input: {id: "1"}}\n', "child")}


def test_the_name_is_pointed_at() -> None:
    check_diagnostics(TEST % "chld\n            ^^^^ WF315 Did you mean `child`?", CHILD)
    check_diagnostics(TEST % "child@1.0.0\n            ^^^^^^^^^^^ WF315", CHILD)


def test_one_that_is_there() -> None:
    check_diagnostics(TEST % "child", CHILD)
    check_diagnostics(TEST % "default/child", CHILD)


def test_structure() -> None:
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTest
        metadata: {name: t}
        spec:
          workflow: child
          cases:
            - name: a
              expct: {status: ended}
              ^^^^^ WF201 Did you mean `expect`?
            - nme: b
              ^^^ WF201
            - name: c
              mocks: {get-user: {status: 999}}
                                         ^^^ WF204
              expect: {status: done, steps: {a: {attempts: many}}}
                               ^^^^ WF204
                                                           ^^^^ WF203
        """,
        CHILD,
    )
