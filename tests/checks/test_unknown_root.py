"""WF403: a name that is no root."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_root():
    check_fix(
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{inptu.id}}"}}
                                                           ^^^^^ WF403 Did you mean `input`?
        """),
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{input.id}}"}}
        """),
    )


def test_a_text_without_quotes():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{upper(yes)}}"}}
                                                                ^^^ WF403 quote it
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{upper('yes')}}"}}
        """),
        title="Quote it: 'yes'",
    )


def test_for_each_outside_of_a_loop():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{forEach.item}}"}}
                                                      ^^^^^^^ WF403
    """)
    )


def test_a_task_sees_its_input_only():
    check_diagnostics("""
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: probe}
        spec:
          type: http
          http: {method: GET, url: "https://example.com/{{tasks.a.output}}"}
                                                          ^^^^^ WF403
    """)


def test_a_webhook_sees_its_payload():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        triggers:
          - type: webhook
            id: hook
            path: /hook
            filter: payload.ok == true
            inputMapping: {id: "payload.id", other: "input.id"}
                                                     ^^^^^ WF403
    """)
    )
