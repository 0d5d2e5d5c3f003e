"""WF707: secrets where their values may be seen."""

from tests.support import check_diagnostics, task, workflow


def test_outside_of_tasks_and_inputs():
    check_diagnostics(
        workflow("""
        input: {items: {type: array, required: true}}
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "secrets.KEY != 'größe'"}
                             ^^^^^^^^^^^ WF707 The secret `KEY` may be seen by others here
            input: {id: "{{secrets.KEY}}"}
            fallback: {output: "{{secrets.KEY}}"}
                                  ^^^^^^^^^^^ WF707 The secret `KEY` may be seen by others here
          - id: b
            taskRef: get-user
            forEach: {items: "{{[secrets.KEY, input.items[0]]}}"}
                                 ^^^^^^^^^^^ WF707 The secret `KEY` may be seen by others here
            input: {id: "1"}
        output: {a: "{{tasks.a.output}} {{secrets.KEY}}", b: "{{tasks.b.output}}"}
                                          ^^^^^^^^^^^ WF707 The secret `KEY` may be seen by others here
    """),
    )


def test_in_every_input():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            condition: {if: "execution.id != ''", else: {taskRef: get-user, input: {id: "{{secrets.KEY}}"}}}
            switch:
              value: execution.workflow
              cases: [{match: a, taskRef: get-user, input: {id: "{{secrets.KEY}}"}}]
              default: {taskRef: get-user, input: {id: "{{secrets.KEY}}"}}
            fallback: {taskRef: get-user, input: {id: "{{secrets.KEY}}"}}
    """),
    )


def test_in_a_task():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com/{{secrets.KEY}}"}
        cache: {ttl: 1m, key: "{{secrets.KEY}}"}
    """),
    )
