"""WF511: an example that the schemas refuse."""

from tests.support import check_diagnostics, task, workflow


def test_the_input_of_a_workflow():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}, size: {type: integer, default: 1}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        output: "{{input.size}}"
        examples:
          - {name: fine, input: {id: "1"}}
          - {name: größe, input: {id: 1}}
                                      ^ WF511 `input.id` of this example is an integer
          - {name: empty}
             ^^^^ WF511 lacks the required property `id`
    """)
    )


def test_the_output_of_a_task():
    check_diagnostics(
        task("""
        type: http
        outputSchema: {type: object, required: [id], properties: {id: {type: string}}}
        http: {method: GET, url: "https://example.com"}
        examples:
          - {name: ä, output: {id: "1"}}
          - {name: b, output: {}}
                      ^^^^^^ WF511 `output` of this example lacks the required property `id`
    """)
    )
