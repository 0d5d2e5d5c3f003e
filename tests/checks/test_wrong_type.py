"""WF203: a value of the wrong type."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_number_where_a_text_is_wanted():
    check_fix(
        workflow("""
            description: 5
                         ^ WF203 `5` is a number, but a text is wanted
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
        """),
        workflow("""
            description: "5"
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
        """),
    )


def test_a_list_where_a_map_is_wanted():
    check_diagnostics(
        workflow("""
        input: [userId]
               ^^^^^^^^ WF203 This is a list
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.userId}}"}}
    """)
    )


def test_a_field_without_a_value():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef:
            ^^^^^^^ WF203 `taskRef` has no value
            input: {id: "1"}
    """)
    )


def test_a_long_value_is_pointed_at_by_its_first_line():
    check_diagnostics(
        task("""
        type: http
        description:
          größe: 1
          ^^^^^^^^ WF203 This is a map, but a text is wanted
          other: 2
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_a_parameter_that_is_no_map():
    check_diagnostics(
        workflow("""
        input:
          userId: string
                  ^^^^^^ WF203 `userId` is described by a map
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.userId}}"}}
    """)
    )


def test_required_in_quotes():
    check_fix(
        workflow("""
            input:
              userId: {type: string, required: "true"}
                                               ^^^^^^ WF203 `required` is `true` or `false`
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.userId}}"}}
        """),
        workflow("""
            input:
              userId: {type: string, required: true}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.userId}}"}}
        """),
    )


def test_a_document_that_is_no_map():
    check_diagnostics("""
        hello
        ^^^^^ WF203 begins with `apiVersion: workflow.io/v1`
    """)


def test_a_number_and_a_boolean_in_quotes():
    for field, shown, better in (
        ("maxAttempts: '3'", "a whole number from 1 to 10 is wanted", "maxAttempts: 3"),
        ("multiplier: '1.5'", "a number from 1 up is wanted", "multiplier: 1.5"),
        ("jitter: 'true'", "`true` or `false` is wanted", "jitter: true"),
    ):
        name, _, value = field.partition(": ")
        marks = " " * (len(name) + 4) + "^" * len(value) + f" WF203 {shown}"
        body = 'type: http\nhttp: {method: GET, url: "https://example.com"}\nretry:\n'
        check_fix(task(f"{body}  {field}\n{marks}\n"), task(f"{body}  {better}\n"))


def test_null_is_no_item():
    found = check_diagnostics(
        workflow("""
        tags: null
              ^^^^ WF203 This is null, but a list is wanted
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """)
    )
    assert not found[0].fixes
