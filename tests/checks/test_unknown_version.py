"""WF307: a version that there is not."""

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


def test_a_version_that_there_is_not():
    check_fix(
        workflow("""
        tasks:
          - {id: a, description: größe, workflowRef: child@2.0.0}
                                                           ^^^^^ WF307 The workflow `child` has no version
    """),
        workflow("""
        tasks:
          - {id: a, description: größe, workflowRef: child}
    """),
        files=FILES,
    )


def test_a_task_has_no_versions():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user@1.0.0, input: {id: "1"}}
                                      ^^^^^ WF307 A task has no versions, and so no `1.0.0`
    """),
    )


def test_a_version_of_what_has_none():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, workflowRef: plain@1.0.0}
                                       ^^^^^ WF307 The workflow `plain` has no version `1.0.0`; it is not
    """),
        {"plain.workflow.yaml": workflow("tasks: [{id: a, taskRef: send-mail, input: {to: a, count: 1}}]", "plain")},
    )


def test_a_version_that_is_nearly_one_of_them():
    versions = ("1.9.0", "1.10.0", "2.0.0")
    child = 'tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]\n'
    heads = [f"  annotations: {{workflow.io/name: child, workflow.io/version: {each}}}\nspec:\n" for each in versions]
    files = {
        f"{each}.yaml": workflow(child, f"c-{number}").replace("spec:\n", heads[number])
        for number, each in enumerate(versions)
    }
    check_fix(
        workflow("""
            tasks:
              - {id: a, workflowRef: child@1.9}
                                           ^^^ WF307 its versions are 2.0.0, 1.10.0, 1.9.0. Did you mean `1.9.0`?
        """),
        workflow("""
            tasks:
              - {id: a, workflowRef: child@1.9.0}
        """),
        files=files,
    )
    found = check_diagnostics(
        workflow("""
        tasks:
          - {id: a, workflowRef: child@3.0.0}
                                       ^^^^^ WF307 its versions are
    """),
        files,
    )
    assert "Did you mean" not in found[0].message
