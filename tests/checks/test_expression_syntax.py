"""WF401: an expression that cannot be read."""

from tests.support import check_diagnostics, workflow


def test_two_words_in_a_row():
    check_diagnostics(
        workflow("""
        input: {size: {type: integer, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{input.size input.size}}"}}
                                                                       ^^^^^ WF401
    """)
    )


def test_in_a_condition():
    check_diagnostics(
        workflow("""
        input: {size: {type: integer, required: true}}
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "input.size >"}
                                        ^ WF401
            input: {id: "1"}
    """)
    )


def test_in_a_block_scalar():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output:
          text: |
            日本語
            {{tasks.a.output.name = 'x'}}
                                  ^ WF401 Write `==`
    """)
    )
