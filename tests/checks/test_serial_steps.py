"""WF802: steps that could run at the same time."""

from tests.support import check_diagnostics, workflow


def test_two_that_only_read():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
          - {id: b, taskRef: get-user, input: {id: "1"}, dependsOn: [a]}
                                                                     ^ WF802 `b` waits for `a` and reads
        output: {a: "{{tasks.a.output}}", b: "{{tasks.b.output}}"}
    """),
    )


def test_in_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: get-user, input: {id: "größe"}}
              - {id: b, taskRef: get-user, input: {id: "1"}, dependsOn: [a]}
                                                                         ^ WF802 `b` waits for `a` and
        output: {a: "{{tasks.block.output}}"}
    """),
    )
