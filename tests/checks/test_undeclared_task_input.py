"""WF508: an input that the schema of a task does not name."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_optional_input():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä", vrebose: true}}
                                                            ^^^^^^^ WF508 Did you mean `verbose`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä", verbose: true}}
        """),
    )


def test_an_input_of_which_nothing_is_known():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1", größe: 1}}
                                                        ^^^^^ WF508 its inputs are id, verbose, limit
    """)
    )
