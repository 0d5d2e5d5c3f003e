"""WF510: a default that its own schema refuses."""

from tests.support import check_diagnostics, task, workflow


def test_of_a_parameter():
    check_diagnostics(
        workflow("""
        input:
          größe: {type: integer, default: "5"}
                                          ^^^ WF510 `default` is a string, but an integer is wanted
        tasks:
          - {id: a, taskRef: send-mail, input: {to: x, count: "{{input['größe']}}"}}
    """)
    )


def test_of_a_part_of_a_schema():
    check_diagnostics(
        task("""
        type: http
        inputSchema:
          type: object
          properties:
            page: {type: object, properties: {size: {type: integer, minimum: 1, default: 0}}}
                                                                                         ^ WF510
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_a_default_beside_a_reference():
    check_diagnostics(
        workflow("""
        input:
          type: object
          $defs:
            size: {type: integer}
          properties:
            right: {$ref: "#/$defs/size", default: 3}
            wrong: {$ref: "#/$defs/size", default: big}
                                                   ^^^ WF510 `default` is a string, but an integer is wanted
            inner: {type: array, items: {$ref: "#/$defs/size"}, default: [1]}
            self: {$ref: "#", default: 1}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """)
    )
