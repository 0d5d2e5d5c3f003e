"""WF105: an alias without an anchor before it."""

from tests.support import check_diagnostics, workflow


def test_no_such_anchor():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: *inputs
                   ^^^^^^^ WF105
    """)
    )


def test_an_anchor_before_it_is_fine():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: &inputs {id: "1"}
          - id: b
            taskRef: get-user
            input: *inputs
    """)
    )


def test_a_mistake_behind_an_anchor_is_said_once():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "1"}
        output:
          one: &text "{{tasks.b.output}}"
                              ^ WF407
          two: *text
    """)
    )
