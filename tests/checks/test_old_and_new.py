"""WF900: an old spelling beside today's."""

from tests.support import check_diagnostics, task, workflow


def test_the_field_of_today_holds() -> None:
    source = task(
        """
        type: http
        request: {method: GET, url: "https://example.com/old"}
        ^^^^^^^ WF900 `http` holds
        http: {method: GET, url: "https://example.com/new"}
        """
    )
    (found,) = check_diagnostics(source)
    assert found.fixes == ()


def test_of_two_old_spellings_the_first_holds() -> None:
    check_diagnostics(
        task(
            """
            type: http
            retryCount: 1
            ^^^^^^^^^^ WF910
            retryPolicy: {maxRetries: 2}
            ^^^^^^^^^^^ WF900 `retryCount` holds
            http: {method: GET, url: "https://example.com/new"}
            """
        )
    )


def test_inside_retry() -> None:
    check_diagnostics(
        task(
            """
            type: http
            retry: {maxAttempts: 2, maxRetries: 2}
                                    ^^^^^^^^^^ WF900 `maxAttempts` holds
            http: {method: GET, url: "https://example.com/new"}
            """
        )
    )


def test_in_a_loop() -> None:
    check_diagnostics(
        workflow(
            """
            input: {ids: {type: array, required: true}}
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
                forEach: {items: "{{input.ids}}", collection: "{{input.ids}}"}
                                                  ^^^^^^^^^^ WF900 keep one of them
            """
        )
    )
