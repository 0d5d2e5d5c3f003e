"""WF103: a key that stands twice in a map."""

from tests.support import check_diagnostics, workflow


def test_the_later_one_is_reported():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            taskRef: send-mail
            ^^^^^^^ WF103
            input: {id: "1"}
    """)
    )


def test_in_a_flow_map_behind_wide_characters():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "日本語", id: "1"}
                               ^^ WF103
    """)
    )


def test_nobody_knows_which_value_is_meant():
    check_diagnostics(
        workflow("""
        input:
          a: {type: string, required: true}
          a: {type: integer, required: true}
          ^ WF103
        tasks:
          - {id: b, taskRef: get-user, input: {id: 1, id: "1", limit: "{{input.a}}"}}
                                                      ^^ WF103
          - {id: c, taskRef: get-user, input: {id: "1"}, colour: 1, colour: 2}
                                                         ^^^^^^ WF201
                                                                    ^^^^^^ WF103
    """)
    )


def test_inputs_are_named_in_the_order_of_the_text():
    check_diagnostics(
        workflow("""
        input: {b: {type: string, required: true}, a: {type: string, required: true}}
        tasks:
          - {id: x, workflowRef: child, input: {z: 1}}
                                                ^ WF505 Its inputs are second, first
        output: "{{input.a + input.b}}"
    """),
        {
            "child.workflow.yaml": workflow(
                "input: {second: {type: string}, first: {type: string}}\ntasks: [{id: a, taskRef: get-user, input: {id: '1'}}]",
                "child",
            )
        },
    )
