"""WF604: a switch without a default."""

from tests.support import check_diagnostics, workflow


def test_values_that_no_case_takes():
    check_diagnostics(
        workflow("""
        input: {tier: {type: string, required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
            ^^^^^^ WF604 This switch has no `default`: a value that no case takes fails the step
              value: input.tier
              cases:
                - {match: a, taskRef: get-user}
    """),
    )


def test_cases_that_take_all():
    check_diagnostics(
        workflow("""
        input: {tier: {type: string, enum: [a, b], required: true}, flag: {type: boolean, required: true}}
        tasks:
          - id: a
            input: {id: "1"}
            switch:
              value: input.tier
              cases:
                - {match: a, taskRef: get-user}
                - {match: b, taskRef: get-user}
          - id: b
            input: {id: "1"}
            switch:
              value: input.flag
              cases:
                - {match: [true, false], taskRef: get-user}
    """),
    )
