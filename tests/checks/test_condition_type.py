"""WF502: a condition that is never true or false, or items that are no list."""

from tests.support import check_diagnostics, workflow


def test_a_condition_that_is_a_text():
    check_diagnostics(
        workflow("""
        input: {größe: {type: string, required: true}}
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "{{input['größe']}}"}
                            ^^^^^^^^^^^^^^^^^^^^ WF502 This is `string`, but true or false is wanted
            input: {id: "1"}
    """)
    )


def test_a_condition_that_is_a_number():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: 5}
                            ^ WF502
            input: {id: "1"}
    """)
    )


def test_items_that_are_no_list():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - id: b
            taskRef: get-user
            forEach: {items: tasks.a.output}
                             ^^^^^^^^^^^^^^ WF502 a list is wanted
            input: {id: "1"}
    """)
    )


def test_items_with_templates_in_them():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - id: b
            taskRef: get-user
            forEach: {items: ["{{input.id}}", "2"]}
            input: {id: "{{forEach.item}}"}
    """)
    )
