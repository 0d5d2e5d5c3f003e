"""WF304: a step that waits for itself."""

from tests.support import check_diagnostics, workflow


def test_under_depends_on():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            dependsOn: [a]
                        ^ WF304
            input: {id: "1"}
    """)
    )


def test_in_an_expression():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "größe {{tasks.a.output.name}}"}
                                 ^^^^^^^ WF304 `a` waits for itself
    """)
    )
