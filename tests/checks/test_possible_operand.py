"""WF512: a value that is of a wrong kind in some runs."""

from tests.support import check_diagnostics, workflow


def test_a_value_of_two_kinds():
    check_diagnostics(
        workflow("""
            input: {size: {type: [integer, string], required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1", limit: "{{input.size * 2}}"}}
                                                                      ^^^^^^^^^^ WF512 may be a string; `*` wants a number
            output: "{{tasks.a.output.id}}"
        """)
    )


def test_what_a_fallback_gives_may_have_no_keys():
    check_diagnostics(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}, fallback: {output: nobody}}
            output: ["{{tasks.a.output.name}}", "{{tasks.a.output != 'nobody' ? tasks.a.output.name : ''}}"]
                        ^^^^^^^^^^^^^^ WF512 only a map has a key such as `name`
        """)
    )


def test_a_value_that_may_be_anything():
    check_diagnostics(
        workflow("""
            input: {size: {required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{upper(input.size)}}"}}
            output: "{{tasks.a.output.id}}"
        """)
    )
