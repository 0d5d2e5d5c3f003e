"""WF706: secrets that are written out."""

from tests.support import check_diagnostics, task, workflow


def test_a_header():
    check_diagnostics(
        task("""
        type: http
        http:
          method: GET
          url: "https://example.com"
          headers:
            Authorization: Bearer 9f2c41d07be3
                           ^^^^^^^^^^^^^^^^^^^ WF706 `Authorization` is written out here, and everybody who
            X-Api-Key: "größe-4711"
                       ^^^^^^^^^^^^ WF706 `X-Api-Key` is written out here, and everybody who reads this
    """),
    )


def test_what_looks_like_one():
    check_diagnostics(
        task("""
        type: http
        http:
          method: GET
          url: "https://example.com?key=AKIAIOSFODNN7EXAMPLE"
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF706 This looks like a secret, and everybody
          query: {a: [ghp_0123456789abcdefghijklmnopqrstuvwxyzAB]}
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF706 This looks like a secret, and
    """),
    )


def test_the_input_of_a_step():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: open, input: {password: hunter22, name: hunter22}}
                                                     ^^^^^^^^ WF706 `password` is written out here, and
    """),
        {
            "open.task.yaml": task("type: http\nhttp: {method: GET, url: 'https://example.com'}", "open"),
        },
    )


def test_what_is_none():
    check_diagnostics(
        task("""
        type: http
        http:
          method: GET
          url: "https://example.com"
          headers: {Authorization: "Bearer {{secrets.TOKEN}}", Token: "***", X-Api-Key: ""}
          query: {password: "{{input.password}}", tokenKind: bearer, secret: "to be asked for"}
    """),
    )
