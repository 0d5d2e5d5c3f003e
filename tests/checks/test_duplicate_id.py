"""WF305: two steps with the same id."""

from tests.support import check_diagnostics, check_fix, workflow


def test_the_later_one_is_reported():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "ä"}
              - id: a
                    ^ WF305 There is a step `a` already
                taskRef: get-user
                input: {id: "1"}
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "ä"}
              - id: a-2
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_blocks_included_and_the_first_is_shown():
    check_diagnostics(
        workflow("""
        tasks:
          - id: b
                ^ related the first `b`
            taskRef: get-user
            input: {id: "1"}
          - id: block
            tasks:
              - id: b
                    ^ WF305
                taskRef: get-user
                input: {id: "1"}
    """)
    )
