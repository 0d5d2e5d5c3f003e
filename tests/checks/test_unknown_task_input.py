"""WF505: an input that the task refuses."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_input():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {to: "ä", count: 1, bdoy: x}}
                                                                       ^^^^ WF505 Did you mean `body`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {to: "ä", count: 1, body: x}}
        """),
    )


def test_a_workflow_takes_no_unknown_inputs():
    child = workflow(
        """
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
    """,
        "child",
    )
    check_diagnostics(
        workflow("""
            tasks:
              - {id: a, workflowRef: child, input: {id: "1", größe: 2}}
                                                             ^^^^^ WF505 its inputs are id
        """),
        {"child.workflow.yaml": child},
    )
