"""WF213: a setting of a task that has no effect."""

from tests.support import check_diagnostics, task


def test_what_belongs_to_calls():
    check_diagnostics(
        task("""
        type: transform
        description: größe
        transform: {jsonPath: $.a}
        retry: {maxAttempts: 2}
        ^^^^^ WF213 `retry` has no effect on a transformation, which makes no call
        responseValidation: "off"
        ^^^^^^^^^^^^^^^^^^ WF213 `responseValidation` has no effect on a transformation, which makes no
    """),
    )


def test_a_cache_of_other_methods():
    check_diagnostics(
        task("""
        type: http
        http: {method: DELETE, url: "https://example.com"}
        cache: {ttl: 5m}
        ^^^^^ WF213 Nothing is ever kept: the cache is for GET, HEAD, and this is DELETE
    """),
    )


def test_a_cache_of_this_method():
    check_diagnostics(
        task("""
        type: http
        http: {method: DELETE, url: "https://example.com"}
        cache: {ttl: 5m, methods: [DELETE]}
    """),
    )


def test_a_method_that_is_misspelt_is_all_that_is_said():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com/a"}
        cache: {ttl: 5m, methods: [get]}
                                   ^^^ WF204 Did you mean `GET`?
    """)
    )
