"""WF403: a name that is no root."""

from tests.support import check_fix, workflow


def test_a_misspelt_root():
    check_fix(
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{inptu.id}}"}}
                                                           ^^^^^ WF403 Did you mean `input`?
        """),
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "ä{{input.id}}"}}
        """),
    )


def test_a_text_without_quotes():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{upper(yes)}}"}}
                                                                ^^^ WF403 quote it
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{upper('yes')}}"}}
        """),
        title="Quote it: 'yes'",
    )
