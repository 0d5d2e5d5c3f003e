"""WF602: conditions that always turn out the same."""

from tests.support import check_diagnostics, workflow


def test_a_comparison_of_kinds():
    check_diagnostics(
        workflow("""
        input: {größe: {type: integer, required: true}}
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "input['größe'] == 'x'"}
                            ^^^^^^^^^^^^^^^^^^^^^^^ WF602 This condition is always false: the step never
            input: {id: "1"}
    """),
    )


def test_a_value_that_is_written_out():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, condition: {if: true}}
                                                                         ^^^^ WF602 This condition is
          - {id: b, taskRef: get-user, input: {id: "1"}, condition: {if: "{{1 > 2}}"}}
                                                                         ^^^^^^^^^^^ WF602 This condition
    """),
    )


def test_a_part_that_decides():
    check_diagnostics(
        workflow("""
        input: {n1: {type: integer, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, condition: {if: "input.n1 > 1 && !true"}}
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^ WF602 This
          - {id: b, taskRef: get-user, input: {id: "1"}, condition: {if: "input.n1 > 1 || 1 in [1, 2]"}}
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF602
    """),
    )


def test_what_is_never_null():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - id: b
            taskRef: get-user
            input: {id: "1"}
            condition: {if: "tasks.a.output.name == null", else: {taskRef: get-user, input: {id: "2"}}}
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF602 This condition is always false: `else`
    """),
    )


def test_it_explains_what_reads_the_step():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, condition: {if: "1 == 2"}}
                                                                         ^^^^^^^^ WF602 This condition is
          - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
        output: {name: "{{tasks.a.output.address.city}}"}
    """),
    )


def test_no_null_is_reported_in_it():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - {id: b, taskRef: get-user, input: {id: "1"}, condition: {if: "false && tasks.a.output.age > 1"}}
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF602
    """),
    )


def test_what_may_differ():
    check_diagnostics(
        workflow("""
        input: {n1: {type: integer}, any: {required: true}, one: {type: [integer, string], required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, condition: {if: "input?.n1 != null && input.any == 'x' && input.one == 1"}}
          - {id: b, taskRef: get-user, input: {id: "1"}, condition: {if: "tasks.a.status == 'skipped'"}}
    """),
    )
