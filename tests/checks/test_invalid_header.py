"""WF211: a header that cannot be sent."""

from tests.support import check_diagnostics, task


def test_a_name_with_a_space():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com", headers: {"größe x": a}}
                                                                  ^^^^^^^^^ WF211 `größe x` is no name of a
    """),
    )


def test_a_line_end():
    check_diagnostics(
        task("""
        type: http
        http:
          method: GET
          url: "https://example.com"
          headers: {X-A: "a\\nX-B: b"}
                         ^^^^^^^^^^^ WF211 There is a line end in this header, which would end it
    """),
    )


def test_a_block_of_lines():
    check_diagnostics(
        task("""
        type: http
        http:
          method: GET
          url: "https://example.com"
          headers:
            X-A: |
                 ^ WF211 There is a line end in this header, which would end it
              {{input.a}}
              b
    """),
    )


def test_what_can_be_sent():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com", headers: {X-A_b.c: "{{input.a}} größe", Accept: null}}
    """),
    )
