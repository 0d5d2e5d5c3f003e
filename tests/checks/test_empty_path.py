"""WF521."""

from tests.support import check_diagnostics, task

SCHEMA = """
            type: transform
            inputSchema:
              type: object
              required: [rows]
              properties:
                rows: {type: array, items: {type: object, properties: {price: {type: number}, tags: {type: array}}}}
"""


def test_a_property_that_there_is_not() -> None:
    check_diagnostics(
        task(
            SCHEMA
            + """
            transform:
              input: input.rows
              pipeline:
                - sort: {by: $.prise}
                             ^^^^^^^ WF521 Did you mean `price`?
                - select: {fields: {p: $.price, t: $.tags.name}}
                                                   ^^^^^^^^^^^ WF521 `[*]`
        """
        )
    )


def test_json_path() -> None:
    check_diagnostics(
        task(
            SCHEMA
            + """
            transform:
              jsonPath: $.row
                        ^^^^^ WF521 Did you mean `rows`?
        """
        )
    )
