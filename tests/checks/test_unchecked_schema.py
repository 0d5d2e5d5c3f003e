"""WF208: a part of a JSON Schema that is never checked."""

from tests.support import check_diagnostics, task


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
