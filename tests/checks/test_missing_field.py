"""WF202: a required field that is not there."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_step_without_an_id():
    check_fix(
        workflow("""
            tasks:
              - taskRef: get-user
                ^^^^^^^ WF202 `id` is missing
                input: {id: "1"}
        """),
        workflow("""
            tasks:
              - id: fetch-user
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_steps_that_read_it_are_not_wrong_too():
    check_diagnostics(
        workflow("""
        tasks:
          - taskRef: get-user
            ^^^^^^^ WF202
            input: {id: "1"}
          - id: b
            taskRef: get-user
            input: {id: "{{tasks.a.output.name}}"}
            dependsOn: [a]
    """)
    )


def test_a_flow_map():
    check_fix(
        task("""
            type: http
            http: {url: "https://example.com/ä"}
            ^^^^ WF202 `method` is missing: `http` needs it
        """),
        task("""
            type: http
            http: {method: GET, url: "https://example.com/ä"}
        """),
    )


def test_a_document_without_a_kind():
    check_diagnostics("""
        apiVersion: workflow.io/v1
        ^^^^^^^^^^ WF202 add `kind: Workflow`
        metadata: {name: a}
    """)


def test_an_empty_file_of_ours():
    check_diagnostics("""
        # nothing yet
        | WF202 This document is empty
    """)


def test_a_file_of_ours_without_an_api_version():
    check_diagnostics("""
        kind: Workflow
        ^^^^ WF202 `apiVersion` is missing
    """)


def test_documents_of_others_are_none_of_our_business():
    check_diagnostics("""
        apiVersion: v1
        kind: ConfigMap
        data: {a: 1, a: 2}
    """)


def test_a_map_that_is_empty():
    check_fix(
        workflow("""
            input: {orderIds: {type: array, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}, forEach: {}}
                                                             ^^^^^^^ WF202 `items` is missing
        """),
        workflow("""
            input: {orderIds: {type: array, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}, forEach: {items: "{{input.orderIds}}"}}
        """),
    )
