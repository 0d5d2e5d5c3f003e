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
