"""WF405: a workflow input that there is not."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_misspelt_input():
    check_fix(
        workflow("""
            input: {userId: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{input.userid}}"}}
                                                                 ^^^^^^ WF405 Did you mean `userId`?
        """),
        workflow("""
            input: {userId: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{input.userId}}"}}
        """),
    )


def test_with_a_key_in_quotes():
    check_fix(
        workflow("""
            input: {userId: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input['userid']}}"}}
                                                                ^^^^^^^^ WF405
        """),
        workflow("""
            input: {userId: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input['userId']}}"}}
        """),
    )


def test_a_workflow_without_inputs():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.userId}}"}}
                                                            ^^^^^^ WF405
    """)
    )


def test_inputs_that_are_declared_by_schemas_of_the_schema():
    check_diagnostics(
        workflow("""
        input:
          type: object
          $ref: "#/$defs/user"
          allOf: [{required: [mail], properties: {mail: {type: string}}}]
          $defs: {user: {required: [id], properties: {id: {type: string}}}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}} {{input.mail}} {{input.ident}}"}}
                                                                                        ^^^^^ WF405
    """)
    )


def test_a_task_that_declares_its_inputs():
    check_diagnostics(
        task("""
        type: http
        inputSchema: {type: object, properties: {id: {type: string}}, required: [id], additionalProperties: false}
        http: {method: GET, url: "https://example.com/{{input.ident}}"}
                                                              ^^^^^ WF405
    """)
    )
