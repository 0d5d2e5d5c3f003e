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


def test_a_variable_of_a_loop_further_out():
    check_fix(
        workflow("""
            tasks:
              - id: outer
                forEach: {items: [a], itemVar: row}
                tasks:
                  - id: inner
                    forEach: {items: [b]}
                    taskRef: get-user
                    input: {id: "{{forEach.row}}"}
                                           ^^^ WF412 `row` belongs to a loop further out
            output: "{{tasks.outer.output.results[0].inner.itemCount}}"
        """),
        workflow("""
            tasks:
              - id: outer
                forEach: {items: [a], itemVar: row}
                tasks:
                  - id: inner
                    forEach: {items: [b]}
                    taskRef: get-user
                    input: {id: "{{forEach.$parent.row}}"}
            output: "{{tasks.outer.output.results[0].inner.itemCount}}"
        """),
    )
