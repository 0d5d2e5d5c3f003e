"""WF509: a value that may not fit where it goes."""

from tests.support import check_diagnostics, workflow


def test_an_input_that_may_be_null():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - {id: b, taskRef: send-mail, input: {count: 1, to: "{{tasks.a.output.manager}}"}}
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF509
    """)
    )


def test_a_condition_that_may_be_null():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {count: 1, to: "ä"}}
          - id: b
            taskRef: get-user
            condition: {if: "tasks.a.output?.sent"}
            input: {id: "1"}
          - id: c
            taskRef: get-user
            condition: {if: "tasks.b.output?.age"}
                            ^^^^^^^^^^^^^^^^^^^^^ WF502
            input: {id: "1"}
          - id: d
            taskRef: get-user
            condition: {if: "tasks.c.output?.address.city == 'x' ? null : true"}
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF509
            input: {id: "1"}
    """)
    )
