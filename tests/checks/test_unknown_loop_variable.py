"""WF412: a loop variable that there is not."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_variable():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: get-user
                forEach: {items: ["ä", b], itemVar: user}
                input: {id: "{{forEach.usr}}"}
                                       ^^^ WF412 Did you mean `user`?
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: get-user
                forEach: {items: ["ä", b], itemVar: user}
                input: {id: "{{forEach.user}}"}
        """),
    )


def test_the_default_names():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: send-mail
            forEach: {items: [a, b]}
            input: {to: "{{forEach.item}}", count: "{{forEach.index}}"}
    """)
    )


def test_loops_around_it():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            forEach: {items: [a, b], itemVar: outer}
            tasks:
              - id: b
                taskRef: send-mail
                forEach: {items: [1, 2], itemVar: inner}
                input: {to: "{{forEach.$parent.outer}}{{forEach.outer}}", count: "{{forEach.inner}}"}
                                                                ^^^^^ WF412
    """)
    )
