"""WF407: a step that cannot be seen from here."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_step():
    check_fix(
        workflow("""
            tasks:
              - {id: fetch-user, taskRef: get-user, input: {id: "1"}}
              - {id: b, taskRef: get-user, input: {id: "größe {{tasks.fetch-usr.output.name}}"}}
                                                                      ^^^^^^^^^ WF407 Did you mean `fetch-user`?
        """),
        workflow("""
            tasks:
              - {id: fetch-user, taskRef: get-user, input: {id: "1"}}
              - {id: b, taskRef: get-user, input: {id: "größe {{tasks.fetch-user.output.name}}"}}
        """),
    )


def test_a_step_inside_a_block_is_not_seen_outside():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: inner, taskRef: get-user, input: {id: "1"}}
        output: "{{tasks.inner.output.name}} {{tasks.block.output.inner.name}}"
                         ^^^^^ WF407
    """)
    )


def test_a_block_sees_what_is_around_it():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - id: block
            tasks:
              - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
              - {id: c, taskRef: get-user, input: {id: "{{tasks.b.output.name}}"}}
            output: "{{tasks.c.output.name}} {{tasks.a.output.name}}"
        output: "{{upper(tasks.block.output)}}"
    """)
    )
