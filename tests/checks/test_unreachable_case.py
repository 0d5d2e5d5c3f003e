"""WF603: branches of a switch that are never taken."""

from tests.support import check_diagnostics, workflow


def test_a_value_that_an_earlier_case_takes():
    check_diagnostics(
        workflow("""
        input: {tier: {type: string, required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: input.tier
              cases:
                - {match: größe, taskRef: get-user}
                          ^^^^^ related this one
                - {match: [b, größe], taskRef: get-user}
                              ^^^^^ WF603 `"größe"` never gets here: an earlier case takes it
              default: {taskRef: get-user}
    """),
    )


def test_a_value_that_never_comes():
    check_diagnostics(
        workflow("""
        input: {count: {type: integer, required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: input.count
              cases:
                - {match: 1, taskRef: get-user}
                - {match: "2", taskRef: get-user}
                          ^^^ WF603 The value is never `"2"`: it is `integer`
              default: {taskRef: get-user}
    """),
    )


def test_a_template_in_a_match():
    check_diagnostics(
        workflow("""
        input: {tier: {enum: [a, b], required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: input.tier
              cases:
                - {match: "{{input.tier}}", taskRef: get-user}
                          ^^^^^^^^^^^^^^^^ WF603 `{{input.tier}}` is compared as the text that it is: a
              default: {taskRef: get-user}
    """),
    )


def test_a_default_for_which_nothing_is_left():
    check_diagnostics(
        workflow("""
        input: {tier: {type: string, enum: [a, b], required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: input.tier
              cases:
                - {match: [a, b], taskRef: get-user}
              default: {taskRef: get-user}
              ^^^^^^^ WF603 This default is never taken: the cases take every value there can be
    """),
    )


def test_equal_in_type_too():
    check_diagnostics(
        workflow("""
        input: {any: {required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: input.any
              cases:
                - {match: 1, taskRef: get-user}
                - {match: "1", taskRef: get-user}
                - {match: true, taskRef: get-user}
              default: {taskRef: get-user}
    """),
    )


def test_an_empty_list_and_a_template():
    check_diagnostics(
        workflow("""
        input: {tier: {type: string, required: true}}
        tasks:
          - id: a
            switch:
              value: input.tier
              cases:
                - {match: [], taskRef: get-user, input: {id: "1"}}
                          ^^ WF603 An empty list matches nothing
                - {match: "{{input.tier}}", taskRef: get-user, input: {id: "2"}}
                          ^^^^^^^^^^^^^^^^ WF603 a `match` holds no templates
              default: {taskRef: get-user, input: {id: "3"}}
    """)
    )
