"""WF210: an address that leads nowhere."""

from tests.support import check_diagnostics, task


def test_an_input_before_the_host():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://{{input.host}}/größe"}
                                          ^^^^^^^^^^^^^^ WF210 Only `env` may stand before the end of the
    """),
    )


def test_a_whole_address_from_an_input():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "{{input.url}}"}
                                  ^^^^^^^^^^^^^ WF210 Only `env` may stand before the end of the host
    """),
    )


def test_no_scheme():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: /users}
                                 ^^^^^^ WF210 `/users` begins neither with `http://` nor with `https://`
    """),
    )


def test_another_scheme():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "ftp://example.com/{{input.id}}"}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF210 `ftp://example.com/` begins neither
    """),
    )


def test_no_host():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https:///users"}
                                 ^^^^^^^^^^^^^^^^ WF210 `https:///users` names no host
    """),
    )


def test_a_password():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://ada:pass@example.com/users"}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF210 A user name or password has no
    """),
    )


def test_a_port_that_is_none():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com:99999/users"}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF210 `https://example.com:99999/users`
    """),
    )


def test_a_space():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com/a user"}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF210 There is a space in this address
    """),
    )


def test_what_is_behind_the_host_may_be_anything():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com?{{input.a}}={{rawUrl(input.b)}}"}
    """),
    )


def test_what_a_variable_begins():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "{{env.API ?? 'https://example.com'}}/{{input.a}}"}
    """),
    )


def test_a_variable_in_the_host():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://{{env.REGION}}.example.com:8080/{{input.a}}"}
    """),
    )


def test_a_root_that_is_none_is_all_that_is_said():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "{{tasks.a.output.url}}/x", query: {a: "{{input.a}}"}}
                                    ^^^^^ WF414
    """),
    )
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "{{envv.API}}/users"}
                                    ^^^^ WF403
    """),
    )


def test_an_international_name():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://bücher.example/größe"}
    """),
    )


def test_an_international_name_that_is_none():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://bü..example/x"}
                                 ^^^^^^^^^^^^^^^^^^^^^^^ WF210 `bü..example/x` begins with a host that is none
    """),
    )
