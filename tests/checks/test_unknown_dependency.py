"""WF303: an id under `dependsOn` that is no step in the same scope."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_id():
    check_fix(
        workflow("""
            tasks:
              - {id: first, taskRef: get-user, input: {id: "1"}}
              - {id: second, taskRef: get-user, input: {id: "ä"}, dependsOn: [frist]}
                                                                              ^^^^^ WF303 Did you mean `first`?
        """),
        workflow("""
            tasks:
              - {id: first, taskRef: get-user, input: {id: "1"}}
              - {id: second, taskRef: get-user, input: {id: "ä"}, dependsOn: [first]}
        """),
    )


def test_a_step_outside_of_the_block():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - id: block
            tasks:
              - {id: b, taskRef: get-user, input: {id: "1"}, dependsOn: [a]}
                                                                         ^ WF303 there are no other steps here
    """)
    )
