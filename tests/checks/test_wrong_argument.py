"""WF221."""

import pytest

from tests.support import check_diagnostics, check_fix, task


@pytest.mark.parametrize(
    "line",
    [
        """
        - limit: {count: -1}
                         ^^ WF221 `-1` is not a whole number
        """,
        """
        - limit: {cuont: 1}
                  ^^^^^ WF221 Did you mean `count`?
        """,
        """
        - limit
          ^^^^^ WF221 `count` is missing
        """,
        """
        - limit:
          ^^^^^ WF221 `count` is missing
        """,
        """
        - limit: {count: 1, by: 2}
                            ^^ WF221 `by` is no argument of `limit`
        """,
        """
        - {sort: {by: $.a}, limit: {count: 1}}
                            ^^^^^ WF221 one key too many
        """,
        """
        - 3
          ^ WF221 an operation is wanted
        """,
        """
        - chunk: {size: 0}
                        ^ WF221 from 1 up
        """,
        """
        - clamp: {min: 3, max: 1}
                       ^ WF221 above `max`
        """,
        """
        - filter: {field: $.a, operator: eq}
          ^^^^^^ WF221 `value` is missing
        """,
        """
        - limit: {count: }
                  ^^^^^ WF221 a whole number from 0 up is wanted
        """,
        """
        - groupBy: {key: $.a, aggregations: {t: {function: total}}}
                                                           ^^^^^ WF221 is not one of
        """,
    ],
)
def test_at_its_place(line: str) -> None:
    import textwrap

    inside = textwrap.indent(textwrap.dedent(line).strip("\n"), "    ")
    check_diagnostics(task("type: transform\ntransform:\n  pipeline:\n" + inside + "\n"))


def test_a_word_that_was_likely_meant() -> None:
    source = """
        type: transform
        transform:
          pipeline:
            - sort: {by: $.a, order: dsc}
                                     ^^^ WF221 is not one of
    """
    check_fix(
        task(source), task(source.replace("dsc}", "desc}").split("                             ^^^")[0].rstrip(" "))
    )


def test_an_empty_pipeline() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
              pipeline: []
                        ^^ WF221 empty
        """)
    )


def test_what_is_a_template_is_checked_when_it_runs() -> None:
    check_diagnostics(
        task("""
            type: transform
            inputSchema: {type: object, properties: {size: {type: integer}}, required: [size]}
            transform:
              pipeline:
                - limit: {count: "{{input.size}}"}
        """)
    )
