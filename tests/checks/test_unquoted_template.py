"""WF104: a template without quotes."""

from tests.support import check_fix, workflow


def test_quotes_are_put_around_it():
    check_fix(
        workflow("""
            input: {userId: {type: string, required: true}}
            tasks:
              - id: a
                taskRef: get-user
                input:
                  id: {{input.userId}}
                      ^^^^^^^^^^^^^^^^ WF104
        """),
        workflow("""
            input: {userId: {type: string, required: true}}
            tasks:
              - id: a
                taskRef: get-user
                input:
                  id: "{{input.userId}}"
        """),
    )
