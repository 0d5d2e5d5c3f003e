"""WF801: steps whose output nobody reads."""

from tests.support import check_diagnostics, workflow


def test_a_get():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
          - {id: b, taskRef: get-user, input: {id: "1"}}
                 ^ WF801 Nobody reads what `b` gives, and it changes nothing
          - {id: c, taskRef: send-mail, input: {to: a, count: 1}}
        output: {a: "{{tasks.a.output}}"}
    """),
    )


def test_in_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: get-user, input: {id: "größe"}}
              - {id: b, taskRef: get-user, input: {id: "1"}}
                     ^ WF801 Nobody reads what `b` gives, and it changes nothing
            output: {a: "{{tasks.a.output}}"}
          - id: all
            tasks:
              - {id: d, taskRef: get-user, input: {id: "1"}}
        output: {a: "{{tasks.block.output}}", b: "{{tasks.all.output}}"}
    """),
    )


def test_a_switch_and_a_fallback_that_only_read():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
                ^ WF801 Nobody reads what `a` gives, and it changes nothing
            input: {id: "1"}
            switch: {value: execution.id, cases: [{match: a, taskRef: get-user}], default: {taskRef: get-user}}
            fallback: {taskRef: get-user}
          - id: b
            taskRef: get-user
            input: {id: "1"}
            fallback: {taskRef: send-mail, input: {to: a, count: 1}}
        output: {a: 1}
    """),
    )
