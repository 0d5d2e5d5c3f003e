"""WF606: a forEach in too many others."""

from tests.support import check_diagnostics, workflow


def test_the_first_that_is_too_deep():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            forEach: {items: "{{[1]}}"}
            tasks:
              - id: b
                forEach: {items: "{{[1]}}"}
                tasks:
                  - id: c
                    forEach: {items: "{{[1]}}"}
                    tasks:
                      - id: d
                        description: größe
                        forEach: {items: "{{[1]}}"}
                        ^^^^^^^ WF606 This forEach stands in 3 others: at most 3 may stand in one another
                        tasks:
                          - id: e
                            forEach: {items: "{{[1]}}"}
                            taskRef: get-user
                            input: {id: "1"}
    """),
    )
