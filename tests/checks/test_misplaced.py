"""WF201: `spec` and `tasks` one level too deep, where YAML reads them as entries of the field before."""

from tests.support import check_fix, dedented, workflow

STEPS = """
    tasks:
      - {id: a, taskRef: get-user, input: {id: "{{input.user}}"}}
      - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
"""


def test_spec_inside_metadata():
    right = dedented(workflow("input: {user: {type: string, required: true}}\n" + dedented(STEPS)))
    wrong = right.replace("spec:\n", "  spec:\n  ^^^^ WF201 `spec` stands inside `metadata`: it belongs beside it\n")
    check_fix(wrong, right)


def test_spec_with_all_below_it_inside_metadata():
    check_fix(
        """
        apiVersion: workflow.io/v1
        kind: Workflow
        metadata:
          name: main
          spec:
          ^^^^ WF201 `spec` stands inside `metadata`
            tasks:
              - {id: a, taskRef: get-user, input: {id: "größe"}}
        """,
        """
        apiVersion: workflow.io/v1
        kind: Workflow
        metadata:
          name: main
        spec:
            tasks:
              - {id: a, taskRef: get-user, input: {id: "größe"}}
        """,
    )


def test_tasks_inside_input():
    check_fix(
        workflow("""
        input:
          user: {type: string, required: true}
          tasks:
          ^^^^^ WF201 `tasks` stands inside `input`: it belongs beside it
          - {id: a, taskRef: get-user, input: {id: "{{input.user}}"}}
          - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
    """),
        workflow("""
        input:
          user: {type: string, required: true}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.user}}"}}
          - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
    """),
    )
