"""WF508: an input that the schema of a task does not name."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_misspelt_optional_input():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä", vrebose: true}}
                                                            ^^^^^^^ WF508 Did you mean `verbose`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä", verbose: true}}
        """),
    )


def test_an_input_of_which_nothing_is_known():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1", größe: 1}}
                                                        ^^^^^ WF508 its inputs are id, verbose, limit
    """)
    )


ORDER = task(
    """
    type: http
    inputSchema:
      type: object
      properties:
        order: {type: object, properties: {lines: {type: array, items: {properties: {amount: {type: integer}}}}}}
        labels: {type: object}
        notes: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}
    http: {method: POST, url: "https://example.com", body: "{{input}}"}
    retry: {maxAttempts: 1}
    """,
    "order",
)


def test_a_misspelt_key_inside_an_input():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: order
                input:
                  order: {lines: [{amount: 1}, {amuont: 2}], customer: x}
                                                ^^^^^^ WF508 `amuont` is no key that `order` declares here. Did you mean
                                                             ^^^^^^^^ WF508 it declares lines
                  labels: {anything: 1}
                  notes: {b: x}
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: order
                input:
                  order: {lines: [{amount: 1}, {amount: 2}], customer: x}
                                                             ^^^^^^^^ WF508
                  labels: {anything: 1}
                  notes: {b: x}
        """),
        files={"order.task.yaml": ORDER},
    )
