"""WF705: timeouts that are longer than the one around them."""

from tests.support import check_diagnostics, task, workflow

CALLED = {
    "slow.task.yaml": task("type: http\nhttp: {method: GET, url: 'https://example.com'}\ntimeout: 20s", "slow"),
    "long.workflow.yaml": workflow("tasks: [{id: a, taskRef: slow}]\ntimeout: 1m", "long"),
}


def test_of_a_step():
    check_diagnostics(
        workflow("""
        timeout: 10s
                 ^^^ related the timeout of the workflow
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}, timeout: 11s}
                                                                      ^^^ WF705 This timeout of 11s is
          - {id: b, taskRef: get-user, input: {id: "1"}, timeout: 10s}
    """),
    )


def test_of_a_workflow_that_writes_none():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}, timeout: 1m}
                                                                      ^^ WF705 This timeout of 1m is never
    """),
    )


def test_in_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            timeout: 5s
                     ^^ related the timeout of the step `a`
            tasks:
              - {id: b, taskRef: get-user, input: {id: "1"}, timeout: 6000ms}
                                                                      ^^^^^^ WF705 This timeout of 6000ms
    """),
    )


def test_of_what_a_step_without_one_runs():
    check_diagnostics(
        workflow("""
        timeout: 10s
                 ^^^ related the timeout of the workflow
                 ^^^ related the timeout of the workflow
        tasks:
          - {id: a, taskRef: slow}
                             ^^^^ WF705 The timeout of the task `slow`, 20s, is never reached: the workflow ends after 10s
          - {id: b, workflowRef: long}
                                 ^^^^ WF705 The timeout of the workflow `long`, 1m, is never reached
          - {id: c, taskRef: get-user, input: {id: "größe"}}
    """),
        CALLED,
    )


def test_of_what_runs_in_the_default_time():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: slow}
          - {id: b, workflowRef: long}
                                 ^^^^ WF705 the workflow ends after 30s, the default
    """),
        CALLED,
    )


def test_of_what_runs_in_a_block_or_a_loop():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            timeout: 5s
                     ^^ related the timeout of the step `a`
            tasks: [{id: b, taskRef: slow}]
                                     ^^^^ WF705 the step `a` ends after 5s
          - {id: c, taskRef: slow, timeout: 5s, forEach: {items: [1]}}
                                            ^^ WF705 The timeout of the task `slow`, 20s, is never reached
    """),
        CALLED,
    )


def test_a_fallback_runs_after_the_timeout():
    check_diagnostics(
        workflow("""
        timeout: 30s
                 ^^^ related the timeout of the workflow
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, timeout: 5s, fallback: {taskRef: slow}}
          - {id: b, taskRef: get-user, input: {id: "1"}, timeout: 5s, fallback: {workflowRef: long, input: {}}}
                                                                                              ^^^^ WF705 the workflow
    """),
        CALLED,
    )


def test_of_what_the_step_runs():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: slow, timeout: 5s}
                                            ^^ WF705 The timeout of the task `slow`, 20s, is never reached:
          - {id: b, workflowRef: long, timeout: 5s}
                                                ^^ WF705 The timeout of the workflow `long`, 1m, is never
          - {id: c, taskRef: slow, timeout: 20s}
    """),
        CALLED,
    )
