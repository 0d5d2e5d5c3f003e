"""WF504: a required input that is not given."""

from tests.support import check_diagnostics, check_fix, workflow


def test_it_is_added_from_the_workflows_own_input():
    check_fix(
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - id: größe
                    ^^^^^ WF204
                taskRef: get-user
                         ^^^^^^^^ WF504 The input `id` is missing: `get-user` needs it
            output: "{{input.id}}"
        """),
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - id: größe
                    ^^^^^ WF204
                taskRef: get-user
                input:
                  id: "{{input.id}}"
            output: "{{input.id}}"
        """),
        title="Add `id`",
    )


def test_into_a_block_of_inputs():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: send-mail
                input:
                ^^^^^ WF504 The input `count` is missing
                  to: größe  # whom

              - {id: b, taskRef: get-user, input: {id: "1"}}
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: send-mail
                input:
                  to: größe  # whom
                  count: 0

              - {id: b, taskRef: get-user, input: {id: "1"}}
        """),
    )


def test_several_in_a_flow_map():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {body: ä}}
                                            ^^^^^ WF504 The inputs `to` and `count` are missing
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {body: ä, to: "", count: 0}}
        """),
    )


def test_a_misspelt_one_is_not_missing_too():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {idd: "1"}}
                                               ^^^ WF508 Did you mean `id`?
    """)
    )
