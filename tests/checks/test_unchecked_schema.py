"""WF208: a part of a JSON Schema that is never checked."""

from tests.support import check_diagnostics, check_fix, task, workflow


def test_a_reference_out_of_the_schema():
    check_diagnostics(
        task("""
        type: http
        outputSchema: {$ref: "https://example.com/orders.json"}
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF208 leads out of this schema
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_a_pattern_that_could_take_for_ever():
    check_diagnostics(
        task("""
        type: http
        outputSchema: {type: string, pattern: "(?=a)b"}
                                              ^^^^^^^^ WF208
        http: {method: GET, url: "https://example.com"}
    """)
    )


def test_a_reference_inside_is_followed():
    check_diagnostics(
        task("""
        type: http
        inputSchema: {$ref: "#/$defs/a", $defs: {a: {type: object, required: [id], properties: {id: {type: string}}}}}
        http: {method: GET, url: "https://example.com/{{input.id}}"}
    """)
    )


def test_a_misspelt_keyword():
    check_fix(
        task("""
        type: http
        inputSchema: {type: object, requried: [size], properties: {size: {type: string}}}
                                    ^^^^^^^^ WF208 `requried` is no keyword of JSON Schema, so it has no effect. Did you
        http: {method: GET, url: "https://example.com/{{input.size}}"}
    """),
        task("""
        type: http
        inputSchema: {type: object, required: [size], properties: {size: {type: string}}}
        http: {method: GET, url: "https://example.com/{{input.size}}"}
    """),
    )


def test_misspelt_keywords_at_any_depth():
    check_diagnostics(
        workflow("""
        input:
          a: {type: string, requierd: true}
                            ^^^^^^^^ WF208 `required`
          b: {type: array, items: {type: object, propertes: {}, anyOf: [{minLenght: 1}]}}
                                                 ^^^^^^^^^ WF208 `properties`
                                                                         ^^^^^^^^^ WF208 `minLength`
        tasks:
          - {id: x, taskRef: get-user, input: {id: "{{input.a}}"}}
          - {id: z, taskRef: get-user, input: {id: "{{toJson(input.b ?? [])}}"}}
    """)
    )


def test_other_keys_are_annotations():
    check_diagnostics(
        task("""
        type: http
        inputSchema:
          type: object
          note: nothing
          x-requierd: true
          properties: {requried: {type: string, example: a, unit: m, examples: [{minimun: 1}], const: {propertes: 1}}}
        http: {method: GET, url: "https://example.com"}
    """)
    )
