"""WF506: reading a part of a value that may be null."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_step_that_may_be_skipped():
    check_fix(
        workflow("""
            input: {full: {type: boolean, required: true}}
            tasks:
              - id: a
                taskRef: get-user
                condition: {if: input.full}
                input: {id: "1"}
            output: "größe {{tasks.a.output.name}}"
                             ^^^^^^^^^^^^^^ WF506 is null where step `a` was skipped
        """),
        workflow("""
            input: {full: {type: boolean, required: true}}
            tasks:
              - id: a
                taskRef: get-user
                condition: {if: input.full}
                input: {id: "1"}
            output: "größe {{tasks.a.output?.name}}"
        """),
    )


def test_a_property_that_may_be_null():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: "{{upper(tasks.a.output.manager)}}"
                         ^^^^^^^^^^^^^^^^^^^^^^ WF506
    """)
    )


def test_a_reader_under_the_same_condition_knows_that_it_ran():
    check_diagnostics(
        workflow("""
        input: {full: {type: boolean, required: true}, size: {type: integer, default: 1}}
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "input.full && input.size > 1"}
            input: {id: "1"}
          - id: b
            taskRef: get-user
            condition: {if: "(input.size>1) && {{input.full}} && input.size < 9"}
            input: {id: "{{tasks.a.output.name}}"}
          - id: block
            condition: {if: "input.full && input.size > 1"}
            tasks:
              - {id: c, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
            output: "{{tasks.a.output.name}}"
          - id: d
            taskRef: get-user
            condition: {if: "tasks.a.status == 'succeeded'"}
            input: {id: "{{tasks.a.output.name}}"}
          - id: e
            taskRef: get-user
            condition: {if: "input.full"}
            input: {id: "{{tasks.a.output.name}}"}
                           ^^^^^^^^^^^^^^ WF506
    """)
    )


def test_a_condition_on_the_item_of_another_loop_says_nothing():
    check_diagnostics(
        workflow("""
        tasks:
          - id: loop
            forEach: {items: [true, false]}
            tasks:
              - id: a
                taskRef: get-user
                condition: {if: forEach.item}
                input: {id: "1"}
              - id: b
                taskRef: get-user
                condition: {if: forEach.item}
                input: {id: "{{tasks.a.output.name}}"}
              - id: inner
                forEach: {items: [true, false]}
                tasks:
                  - id: c
                    taskRef: get-user
                    condition: {if: forEach.item}
                    input: {id: "{{tasks.a.output.name}}"}
                                   ^^^^^^^^^^^^^^ WF506
    """)
    )
