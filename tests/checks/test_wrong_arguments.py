"""WF410: a function called with too few or too many arguments."""

from tests.support import check_diagnostics, workflow


def test_too_many():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{upper('x', 'y')}}"}}
                                                            ^^^^^ WF410
    """)
    )


def test_too_few():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{split('x')}}"}}
                                                      ^^^^^ WF410
    """)
    )
