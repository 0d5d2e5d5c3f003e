"""WF704: a POST that says nothing about retry."""

from tests.support import check_diagnostics, task


def test_post_and_patch():
    check_diagnostics(
        task("""
        type: http
        description: größe
        http: {method: POST, url: "https://example.com"}
                       ^^^^ WF704 A POST that fails is not tried again, as long as no `retry` is written
    """),
    )


def test_what_is_repeated_anyway():
    check_diagnostics(
        task("""
        type: http
        http: {method: PUT, url: "https://example.com"}
    """),
    )


def test_once_is_meant():
    check_diagnostics(
        task("""
        type: http
        http: {method: PATCH, url: "https://example.com"}
        retry: {maxAttempts: 1}
    """),
    )
