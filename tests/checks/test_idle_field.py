"""WF209: a field that has no effect where it stands."""

from tests.support import check_diagnostics, workflow


def test_an_output_beside_a_task():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "ä"}
            output: {name: x}
            ^^^^^^ WF209 `output` has no effect beside `taskRef`
    """)
    )


def test_an_input_of_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            input: {id: "1"}
            ^^^^^ WF209 `input` has no effect here
            tasks:
              - {id: b, taskRef: get-user, input: {id: "1"}}
    """)
    )


def test_the_input_of_a_block_may_be_that_of_its_fallback():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            input: {id: "1"}
            tasks:
              - {id: b, taskRef: get-user, input: {id: "1"}}
            fallback: {taskRef: get-user}
    """)
    )
