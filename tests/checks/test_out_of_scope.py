"""WF414: roots that are read where they are not to be seen."""

from tests.support import check_diagnostics, task, workflow


def test_the_error_outside_of_a_fallback():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "größe {{error.code}}"}
                                 ^^^^^ WF414 `error` can be read in a `fallback` only
            fallback: {output: "{{error.message}}"}
    """),
    )


def test_a_task_sees_its_input_only():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com/{{tasks.a.output}}"}
                                                        ^^^^^ WF414 `tasks` can be read in workflows only
    """),
    )


def test_a_webhook_sees_its_payload():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}, other: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}{{input.other ?? ''}}"}}
        triggers:
          - type: webhook
            id: hook
            path: hook
            secretRef: HOOK
            filter: payload.ok == true
            inputMapping: {id: "payload.id", other: "input.id"}
                                                     ^^^^^ WF414 `input` can be read in steps and tasks
    """),
    )


def test_what_belongs_to_filters():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{item}} {{payload.x}}"}}
                                                      ^^^^ WF414 `item` can be read in `filter.where` only
                                                               ^^^^^^^ WF414 `payload` can be read in the
    """),
    )


def test_steps_in_a_filter():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        triggers:
          - {type: webhook, id: hook, path: a, secretRef: S, filter: tasks.a.status == 'succeeded'}
                                                                     ^^^^^ WF414 a webhook has its request
    """)
    )
