"""WF411: a root used as a whole, or by a computed name."""

from tests.support import check_diagnostics, workflow


def test_a_whole_root():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{toJson(env)}}"}}
                                                                   ^^^ WF411
    """)
    )


def test_a_computed_name():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{tasks[input.id].output}}"}}
                                                            ^^^^^^^^ WF411
    """)
    )


def test_a_step_without_a_part():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: "{{tasks.a}}"
                         ^ WF411 `.output`
    """)
    )
