"""WF205: a JSON Schema that is none."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_the_type_of_a_parameter():
    check_fix(
        workflow("""
            input:
              größe: {type: strng, required: true}
                            ^^^^^ WF205 `strng` is not a type. Did you mean `string`?
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}"}}
        """),
        workflow("""
            input:
              größe: {type: string, required: true}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}"}}
        """),
    )


def test_a_keyword_with_a_value_of_the_wrong_kind():
    check_diagnostics(
        task("""
        type: http
        inputSchema: {type: object, properties: {id: {minLength: "3"}}}
                                                                 ^^^ WF205 `minLength` is a string
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_one_of_several_types():
    check_diagnostics(
        task("""
        type: http
        outputSchema: {type: [string, nul]}
                                      ^^^ WF205 Did you mean `null`?
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_what_is_no_schema_at_all():
    check_diagnostics(
        task("""
        type: http
        outputSchema: string
                      ^^^^^^ WF205 This JSON Schema is a string
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_null_without_quotes_is_no_type():
    body = 'type: http\nhttp: {method: GET, url: "https://example.com"}\n'
    for given in ("null", "nul"):
        check_fix(
            task(f"{body}outputSchema: {{type: [string, {given}]}}\n" + " " * 30 + "^" * len(given) + " WF205\n"),
            task(f'{body}outputSchema: {{type: [string, "null"]}}\n'),
        )


def test_an_item_of_a_list_is_named():
    check_diagnostics(
        workflow("""
        input: {q: {type: object, required: [1]}}
                                             ^ WF205 `required[0]` is an integer, but a string is wanted
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """)
    )


def test_an_input_that_is_required_and_not_declared():
    check_fix(
        workflow("""
        input: {type: object, properties: {user: {type: string}}, required: [usr]}
                                                                             ^^^ WF205 The input `usr` is required, and not
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """),
        workflow("""
        input: {type: object, properties: {user: {type: string}}, required: [user]}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """),
    )
