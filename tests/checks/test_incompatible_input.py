"""WF503: an input of a type that the task does not take."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_number_in_quotes():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: send-mail
                input: {to: "ä", count: "5"}
                                        ^^^ WF503 The input `count` of `send-mail` is "5", but an integer is wanted
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: send-mail
                input: {to: "ä", count: 5}
        """),
    )


def test_a_text_without_quotes():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: 5}}
                                                       ^ WF503
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "5"}}
        """),
    )


def test_a_template_shows_a_value_that_is_refused():
    found = check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - {id: b, taskRef: send-mail, input: {to: "x", count: "{{tasks.a.output.name}}"}}
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ WF503 is a string
    """)
    )
    assert found[0].hint is not None
    assert 'Wanted: integer; given: string, such as `"' in found[0].hint


def test_the_part_that_is_wrong():
    other = """
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: save}
        spec:
          type: http
          inputSchema:
            type: object
            properties: {rows: {type: array, items: {type: object, properties: {n1: {type: integer}}}}}
          http: {method: GET, url: "https://example.com", query: {rows: "{{toJson(input.rows ?? [])}}"}}
    """
    check_diagnostics(
        workflow("""
            tasks:
              - id: a
                taskRef: save
                input:
                  rows:
                    - {n1: 1}
                    - {n1: größe}
                           ^^^^^ WF503 `rows[1].n1`
        """),
        {"save.task.yaml": other},
    )


def test_null_for_an_optional_input_is_left_out():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - id: b
            taskRef: send-mail
            input: {to: "x", count: 1, body: "{{tasks.a.output.manager}}"}
    """)
    )
