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
