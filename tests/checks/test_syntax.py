"""WF101: what is no YAML."""

from tests.support import check_diagnostics, workflow


def test_a_line_that_is_no_yaml():
    found = check_diagnostics(workflow("""
        tasks:
          - id: a
            taskRef get-user
            ^^^^^^^^^^^^^^^^ WF101
            input: {id: "1"}
    """))
    assert found[0].hint or found[0].message


def test_what_the_broken_line_took_along_is_not_missed():
    check_diagnostics(workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "1"}
          - id b
            ^^^^ WF101
            taskRef: get-user
            input: {id: "{{tasks.a.output.name}}"}
          - id: c
            taskRef: get-user
            input: {id: "{{tasks.b.output.name}}"}
    """))


def test_other_mistakes_are_still_found():
    check_diagnostics(workflow("""
        tasks:
          - id: größe
            ^^ WF101
    """.replace("größe", "a: b: c").replace("^^ WF101", "    ^^^^ WF101")))
