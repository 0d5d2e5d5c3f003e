"""WF402: a template without its end."""

from tests.support import check_diagnostics, check_fix, workflow


def test_the_end_is_added():
    check_fix(
        workflow("""
            input: {größe: {type: string}, id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{input.id"}}
                                                         ^^ WF402
        """),
        workflow("""
            input: {größe: {type: string}, id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{input.id}}"}}
        """),
    )


def test_half_of_the_end():
    check_fix(
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.id}"}}
                                                        ^^ WF402
        """),
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        """),
    )


def test_a_bracket():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{upper('x'}}"}}
                                                           ^ WF402
    """)
    )


def test_a_bracket_is_closed_where_its_template_ends():
    check_fix(
        workflow("""
        input: {users: {type: array, items: {type: string}, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{input.users[0 }}"}}
                                                                       ^ WF402 `[` is never closed
    """),
        workflow("""
        input: {users: {type: array, items: {type: string}, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{input.users[0] }}"}}
    """),
    )
