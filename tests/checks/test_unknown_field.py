"""WF201: a key that is no field."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_misspelt_field_of_a_step():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskref: get-user
                ^^^^^^^ WF201 Did you mean `taskRef`?
                input: {id: "1"}
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_a_misspelt_required_field_is_not_missing_too():
    check_diagnostics(
        workflow("""
        tasks:
          - Id: a
            ^^ WF201 Did you mean `id`?
            taskRef: get-user
            input: {id: "1"}
    """)
    )


def test_nothing_is_proposed_that_is_there_already():
    found = check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com/ä", urls: x}
                                                          ^^^^ WF201
    """)
    )
    assert found[0].fixes == ()


def test_the_kind_of_a_document():
    check_diagnostics("""
        apiVersion: workflow.io/v1
        kidn: Workflow
        ^^^^ WF201 Did you mean `kind`?
        metadata: {name: a}
    """)


def test_the_api_version_of_a_document():
    check_diagnostics("""
        apiversion: workflow.io/v1
        ^^^^^^^^^^ WF201 Did you mean `apiVersion`?
        kind: Workflow
    """)


def test_a_text_is_no_list_of_steps():
    check_fix(
        workflow("""
            tasks:
              - {id: a, task: get-user, input: {id: "1"}}
                        ^^^^ WF201 Did you mean `taskRef`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
        """),
    )
