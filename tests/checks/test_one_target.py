"""WF206: nothing, or more than one thing, to run."""

from tests.support import check_diagnostics, workflow


def test_two_targets():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            transform: {jsonPath: $}
            ^^^^^^^^^ WF206 `taskRef` and `transform` cannot stand together
            input: {id: "1"}
    """)
    )


def test_no_target():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            ^^ WF206 This step runs nothing
            description: größe
    """)
    )


def test_a_case_without_a_target():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: "'ä'"
              cases:
                - match: ä
                  ^^^^^ WF206 This runs nothing
              default: {taskRef: get-user}
    """)
    )


def test_a_fallback_may_give_a_value_instead():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "1"}
            fallback: {output: {name: nobody}}
    """)
    )


def test_a_fallback_may_have_an_output_instead():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, fallback: {causes: [failure]}}
                                                                    ^^^^^^ WF206 `tasks`, `output`
    """)
    )
