"""WF708: public hosts without encryption."""

import pytest

from tests.support import check_diagnostics, task


def test_a_public_host():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "http://example.com/größe/{{input.id}}"}
                                  ^^^^^^^ WF708 `example.com` is called without encryption: others can read
    """),
    )


def test_a_public_address():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "http://8.8.8.8:8080/"}
                                  ^^^^^^^ WF708 `8.8.8.8` is called without encryption: others can read and
    """),
    )


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8080",
        "10.0.0.1",
        "users.default.svc.cluster.local",
        "users",
        "[::1]:80",
        "{{env.HOST}}",
        "a.internal",
    ],
)
def test_hosts_of_ones_own(host):
    check_diagnostics(task(f'type: http\nhttp: {{method: GET, url: "http://{host}/{{{{input.id}}}}"}}\n'))
