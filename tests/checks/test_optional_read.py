"""WF507: reading a property that need not be there."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_property_that_is_not_required():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
            output: "größe {{tasks.a.output.age}}"
                                            ^^^ WF507
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
            output: "größe {{tasks.a.output?.age}}"
        """),
    )


def test_an_input_that_is_not_required():
    check_diagnostics(
        workflow("""
        input: {id: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
                                                            ^^ WF507
    """)
    )


def test_an_input_with_a_default_is_there_at_every_depth():
    check_diagnostics(
        workflow("""
        input:
          id: {type: string, default: "1"}
          more: {type: object, default: {}, properties: {deep: {type: string, default: "2"}}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}{{upper(input.more.deep)}}"}}
    """)
    )


def test_an_input_of_a_task_with_a_default():
    check_diagnostics(
        task("""
        type: http
        inputSchema:
          type: object
          properties: {id: {$ref: "#/$defs/id"}, more: {type: string}}
          $defs: {id: {type: string, default: "1"}}
        http: {method: GET, url: "https://example.com/{{input.id}}/{{input.more}}"}
                                                                           ^^^^ WF507
    """)
    )
