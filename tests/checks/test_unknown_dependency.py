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
                                                                         ^ WF303 `a` stands outside of this block
    """)
    )


def test_a_step_inside_of_a_block():
    check_fix(
        workflow("""
            tasks:
              - {id: block, tasks: [{id: b, taskRef: get-user, input: {id: "1"}}]}
              - {id: c, taskRef: get-user, input: {id: "ä"}, dependsOn: [b]}
                                                                         ^ WF303 `b` stands inside `block`
        """),
        workflow("""
            tasks:
              - {id: block, tasks: [{id: b, taskRef: get-user, input: {id: "1"}}]}
              - {id: c, taskRef: get-user, input: {id: "ä"}, dependsOn: [block]}
        """),
    )


def test_the_block_around():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: block, tasks: [{id: b, taskRef: get-user, input: {id: "1"}, dependsOn: [block]}]}
                                                                                         ^^^^^ WF303 cannot wait for it
    """)
    )
