"""WF302: a reference to a workflow that there is not."""

from tests.support import check_diagnostics, check_fix, workflow

CHILD = """
apiVersion: workflow.io/v1
kind: Workflow
metadata:
  name: child-{number}
  annotations: {{workflow.io/name: child, workflow.io/version: {version}}}
spec:
  tasks:
    - {{id: a, taskRef: get-user, input: {{id: "1"}}}}
  output: {{name: "{{{{tasks.a.output.name}}}}"}}
"""
FILES = {f"{n}.workflow.yaml": CHILD.format(number=n, version=v) for n, v in enumerate(("1.9.0", "1.10.0"))}


def test_a_misspelt_name():
    check_fix(
        workflow("""
            tasks:
              - {id: a, description: größe, workflowRef: chld}
                                                         ^^^^ WF302 Did you mean `child`?
        """),
        workflow("""
            tasks:
              - {id: a, description: größe, workflowRef: child}
        """),
        files=FILES,
    )


def test_a_version_that_there_is():
    check_diagnostics(
        workflow("""
            tasks:
              - {id: a, workflowRef: child@1.9.0}
        """),
        FILES,
    )


def test_a_task_of_that_name():
    found = check_diagnostics(
        workflow("""
        tasks:
          - {id: a, workflowRef: get-user}
                                 ^^^^^^^^ WF302 There is no workflow `get-user`
    """)
    )
    assert found[0].hint == "There is a task of this name: write `taskRef: get-user`"
