"""WF803: inputs that nothing reads."""

from tests.support import check_diagnostics, workflow


def test_an_input():
    check_diagnostics(
        workflow("""
        input:
          größe: {type: string}
          ^^^^^ WF803 Nothing reads the input `größe`
          b: {type: string, required: true}
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.b}}"}}
        output: "{{tasks.block.output}}"
    """),
    )


def test_of_a_json_schema():
    check_diagnostics(
        workflow("""
        input:
          type: object
          properties:
            a: {type: string}
            ^ WF803 Nothing reads the input `a`
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: "{{tasks.a.output}}"
    """),
    )
