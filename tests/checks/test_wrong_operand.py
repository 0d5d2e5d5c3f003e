"""WF501: an operator or function applied to a value it does not take."""

from tests.support import check_diagnostics, workflow


def test_an_operator():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: "größe {{tasks.a.output.name - 1}}"
                         ^^^^^^^^^^^^^^^^^^^ WF501
    """)
    )


def test_a_function():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{upper(5)}}"}}
                                                            ^ WF501
    """)
    )
