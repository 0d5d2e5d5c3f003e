"""WF415: a template in a key."""

from tests.support import check_diagnostics, task, workflow


def test_in_the_request_of_a_task():
    check_diagnostics(
        task("""
        type: http
        inputSchema: {type: object, required: [größe], properties: {größe: {type: string}}}
        http:
          method: PUT
          url: "https://example.com"
          query: {"{{input['größe']}}": 1}
                  ^^^^^^^^^^^^^^^^^^^^ WF415 Keys are never templates
          body: {a: [{"x-{{input['größe']}}": "{{input['größe']}}"}]}
                      ^^^^^^^^^^^^^^^^^^^^^^ WF415 stays as it is written
    """)
    )


def test_in_an_input_it_is_neither_unknown_nor_is_anything_missing():
    check_diagnostics(
        workflow("""
        input: {name: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: send-mail, input: {"{{input.name}}": größe, count: 1}}
                                                ^^^^^^^^^^^^^^^^ WF415
    """)
    )


def test_in_an_output_a_trigger_and_a_pipeline():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
          - {id: b, transform: {input: "[1]", pipeline: [{map: {fields: {"{{index}}": $}}}]}}
                                                                         ^^^^^^^^^^^ WF415
        output: {"{{input.id}}": "{{tasks.b.output}}", größe: {"{{": 1}}
                 ^^^^^^^^^^^^^^ WF415
                                                               ^^^^ WF415
        triggers:
          - {type: webhook, id: t, path: t, secretRef: K, inputMapping: {"{{payload.key}}": payload.id}}
                                                                         ^^^^^^^^^^^^^^^^^ WF415
    """)
    )


def test_keys_of_plain_data_are_data():
    check_diagnostics(
        workflow("""
        input: {data: {type: object, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.data.id}}"}}
        examples:
          - {name: größe, input: {data: {"{{x}}": 1}}}
    """)
    )
