"""WF607: a workflow that runs itself."""

from tests.support import check_diagnostics, workflow


def test_directly():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, description: größe, workflowRef: main}
                                                     ^^^^ WF607 This workflow would run itself without end:
    """),
    )


def test_through_others_and_in_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, workflowRef: one}
                                     ^^^ WF607 This workflow would run itself without end: main → one → two
    """),
        {
            "one.workflow.yaml": workflow("tasks: [{id: a, workflowRef: two}]", "one"),
            "two.workflow.yaml": workflow("tasks: [{id: a, workflowRef: main}]", "two"),
        },
    )


def test_a_circle_further_down_is_said_there():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, workflowRef: one}
    """),
        {"one.workflow.yaml": workflow("tasks: [{id: a, workflowRef: one}]", "one")},
    )


def test_what_it_needs_is_not_said_beside():
    check_diagnostics(
        workflow("""
        input: {a: {type: string, required: true}}
        tasks:
          - {id: again, workflowRef: main}
                                     ^^^^ WF607
          - {id: user, taskRef: get-user, input: {id: "{{input.a}}"}}
    """),
    )
