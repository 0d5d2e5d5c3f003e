"""WF207: a task whose body is not the one that its type needs."""

from tests.support import check_diagnostics, check_fix, task


def test_the_body_is_missing():
    check_diagnostics(
        task("""
        type: http
              ^^^^ WF207 `http` is missing
        description: größe
    """)
    )


def test_the_body_is_of_the_other_type():
    check_diagnostics(
        task("""
        type: transform
        http: {method: GET, url: "https://example.com"}
        ^^^^ WF207 `http` has no place in a task of type `transform`
    """)
    )


def test_a_misspelt_body_is_said_once():
    check_diagnostics(
        task("""
        type: http
        htpp: {method: GET, url: "https://example.com"}
        ^^^^ WF201
    """)
    )


def test_the_type_of_the_body_that_is_there():
    check_fix(
        task("""
            type: transform
            http: {method: GET, url: "https://example.com/a"}
            ^^^^ WF207 `http` has no place in a task of type `transform`
        """),
        task("""
            type: http
            http: {method: GET, url: "https://example.com/a"}
        """),
    )
