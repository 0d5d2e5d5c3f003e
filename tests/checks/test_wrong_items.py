"""WF520."""

from tests.support import check_diagnostics, task, workflow


def test_items_of_the_wrong_kind() -> None:
    check_diagnostics(
        task("""
            type: transform
            inputSchema: {type: object, required: [sums], properties: {sums: {type: array, items: {type: integer}}}}
            transform:
              input: input.sums
              pipeline:
                - uppercase
                  ^^^^^^^^^ WF520 takes texts; the items here are integer
                - floor
        """)
    )


def test_in_a_step_and_after_other_operations() -> None:
    check_diagnostics(
        workflow("""
            input: {names: {type: array, items: {type: string}, required: true}}
            tasks:
              - id: a
                transform:
                  input: input.names
                  pipeline:
                    - map: {fields: {name: $}}
                    - scale: {factor: 2}
                      ^^^^^ WF520 takes numbers; the items here are {name: string}
            output: "{{tasks.a.output}}"
        """)
    )


def test_a_condition_that_is_never_true_or_false() -> None:
    check_diagnostics(
        workflow("""
            input: {names: {type: array, items: {type: string}, required: true}}
            tasks:
              - id: a
                transform:
                  input: input.names
                  pipeline:
                    - filter: {where: item + 'x'}
                                      ^^^^^^^^^^ WF520 true or false is wanted
            output: "{{tasks.a.output}}"
        """)
    )


def test_what_is_not_known_is_not_said() -> None:
    check_diagnostics(
        task(
            """
            type: transform
            transform:
              input: input.sums
              pipeline: [uppercase, {scale: {factor: 2}}]
        """.replace("uppercase, ", "")
        )
    )
