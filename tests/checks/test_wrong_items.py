"""WF520."""

from textwrap import indent

import pytest

from tests.support import check_diagnostics, dedented, task, workflow


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


@pytest.mark.parametrize(
    "entry",
    [
        """
        filter: {field: $.kind, operator: gt, value: 5}
                                                     ^ WF520 `gt` compares with a number
        """,
        """
        filter: {field: $.total, operator: eq, value: "5"}
                                                      ^^^ WF520 never equal
        """,
        """
        filter: {field: $.total, operator: startsWith, value: a}
                        ^^^^^^^ WF520 `startsWith` takes texts
        """,
        "filter: {field: $.total, operator: eq, value: null}",
        "filter: {field: $.total, operator: lte, value: 5}",
        "filter: {field: $.kind, operator: in, value: [a, b]}",
    ],
)
def test_a_filter_that_compares_with_what_can_never_be_there(entry: str) -> None:
    spec = """
type: transform
inputSchema:
  type: object
  required: [rows]
  properties:
    rows: {type: array, items: {type: object, properties: {kind: {type: string}, total: {type: number}}}}
transform:
  input: input.rows
  pipeline:
  -
"""
    check_diagnostics(task(spec + indent(dedented(entry), "    ")))
