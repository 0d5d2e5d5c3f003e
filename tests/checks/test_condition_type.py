"""WF502: a condition that is never true or false, or items that are no list."""

from tests.support import check_diagnostics, task, workflow


def test_a_condition_that_is_a_text():
    check_diagnostics(
        workflow("""
        input: {größe: {type: string, required: true}}
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "{{input['größe']}}"}
                            ^^^^^^^^^^^^^^^^^^^^ WF502 This is `string`, but true or false is wanted
            input: {id: "1"}
    """)
    )


def test_a_condition_that_is_a_number():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: 5}
                            ^ WF502
            input: {id: "1"}
    """)
    )


def test_items_that_are_no_list():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - id: b
            taskRef: get-user
            forEach: {items: tasks.a.output}
                             ^^^^^^^^^^^^^^ WF502 a list is wanted
            input: {id: "1"}
    """)
    )


def test_items_with_templates_in_them():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - id: b
            taskRef: get-user
            forEach: {items: ["{{input.id}}", "2"]}
            input: {id: "{{forEach.item}}"}
    """)
    )


def test_the_filter_of_a_webhook():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: webhook, id: a, path: a, secretRef: K, filter: length(payload.items)}
                                                                  ^^^^^^^^^^^^^^^^^^^^^ WF502 This is `integer`
          - {type: webhook, id: b, path: b, secretRef: K, filter: payload.open}
          - {type: webhook, id: c, path: c, secretRef: K, filter: 5}
                                                                  ^ WF502
          - {type: webhook, id: d, path: d, secretRef: K, filter: "'größe' in payload"}
    """)
    )


def test_what_a_cache_is_left_out_for():
    check_diagnostics(
        task("""
        type: http
        inputSchema: {type: object, required: [größe, fresh], properties: {größe: {type: string}, fresh: {type: boolean}}}
        http: {method: GET, url: "https://example.com"}
        cache: {ttl: 1s, bypassWhen: "input['größe']"}
                                     ^^^^^^^^^^^^^^^^ WF502 This is `string`, but true or false is wanted
    """)
    )


def test_a_condition_of_an_unknown_kind_is_silent():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com/ä"}
        cache: {ttl: 1s, bypassWhen: input.fresh}
    """)
    )
