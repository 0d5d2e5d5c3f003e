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


def test_what_has_nothing_inside_is_not_also_said_to_be_null_perhaps():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        output: {name: "{{tasks.a.output.manager.name}}"}
                                                 ^^^^ WF501 only maps and lists have something inside
    """)
    )
