"""WF404: a function that there is not."""

from tests.support import check_fix, workflow


def test_a_misspelt_function():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "größe {{uper('x')}}"}}
                                                                ^^^^ WF404
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "größe {{upper('x')}}"}}
        """),
    )
