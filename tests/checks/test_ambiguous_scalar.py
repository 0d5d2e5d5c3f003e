"""WF102: values that YAML readers take differently."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_word_that_some_readers_take_for_a_boolean():
    check_fix(
        workflow("""
            description: yes
                         ^^^ WF102
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
        """),
        workflow("""
            description: "yes"
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_an_octal_number_as_an_input():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: send-mail
            input: {to: "ä", count: 0777}
                                    ^^^^ WF102
    """)
    )


def test_a_key():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            on: true
            ^^ WF102
            input: {id: "1"}
    """)
    )
