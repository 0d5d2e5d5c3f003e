"""WF209: a field that has no effect where it stands."""

from tests.support import check_diagnostics, workflow


def test_an_output_beside_a_task():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "ä"}
            output: {name: x}
            ^^^^^^ WF209 `output` has no effect beside `taskRef`
    """)
    )


def test_an_input_of_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            input: {id: "1"}
            ^^^^^ WF209 `input` has no effect here
            tasks:
              - {id: b, taskRef: get-user, input: {id: "1"}}
    """)
    )


def test_the_input_of_a_block_may_be_that_of_its_fallback():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            input: {id: "1"}
            tasks:
              - {id: b, taskRef: get-user, input: {id: "1"}}
            fallback: {taskRef: get-user}
    """)
    )


def test_an_input_beside_that_of_the_transform():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            input: {rows: [1]}
            ^^^^^ WF209 the transform has an `input` of its own
            transform: {input: [1, 2], pipeline: [first]}
          - id: b
            input: {id: "1"}
            transform: {input: [1, 2], pipeline: [first]}
            fallback: {taskRef: get-user}
    """)
    )


def test_an_input_of_a_fallback_that_is_a_value():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "1"}
            fallback: {output: none, input: {id: "2"}}
                                     ^^^^^ WF209 the fallback is this value
    """)
    )


def test_one_name_for_the_item_and_its_index():
    check_diagnostics(
        workflow("""
        input: {ids: {type: array, items: {type: string}, required: true}}
        tasks:
          - {id: a, forEach: {items: input.ids, itemVar: row, indexVar: row}, taskRef: get-user, input: {id: "1"}}
                                                              ^^^^^^^^ WF209 `row` is the name of the item and
          - {id: b, forEach: {items: input.ids, itemVar: index}, taskRef: get-user, input: {id: "1"}}
                                                ^^^^^^^ WF209 only one can be read
    """)
    )


def test_a_template_in_the_input_of_a_schedule():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        triggers:
          - {type: schedule, id: s, cron: "0 6 * * *", input: {id: "{{env.ID}}"}}
                                                                   ^^^^^^^^^^^^ WF209 holds no templates
    """)
    )
