"""Endpoints that fail, each in its own way."""

import socket

import httpx
import pytest


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504, 599])
def test_a_status_from_400_on_is_an_error(api: httpx.Client, status: int) -> None:
    response = api.get(f"/status/{status}")
    assert response.status_code == status
    assert set(response.json()["error"]) == {"code", "message"}


def test_the_code_of_a_status_is_its_phrase(api: httpx.Client) -> None:
    assert api.get("/status/503").json()["error"]["code"] == "service_unavailable"


@pytest.mark.parametrize(("status", "body"), [(200, {"status": 200, "message": "OK"}), (204, None), (304, None)])
def test_a_status_below_400_is_none(api: httpx.Client, status: int, body: object) -> None:
    response = api.get(f"/status/{status}")
    assert response.status_code == status
    assert (response.json() if response.content else None) == body


@pytest.mark.parametrize("status", ["100", "600", "abc", "-1", "²"])
def test_what_is_no_status_is_refused(api: httpx.Client, status: str) -> None:
    assert api.get(f"/status/{status}").status_code == 400


def test_a_flaky_key_fails_and_then_succeeds(api: httpx.Client) -> None:
    answers = [api.get("/flaky/a?failures=2") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [503, 503, 200, 200]
    assert answers[2].json() == {"key": "a", "attempt": 3}
    assert api.get("/flaky/b?failures=2").status_code == 503
    assert api.get("/flaky/c?failures=0").status_code == 200


def test_a_limited_rate_says_when_to_come_back(api: httpx.Client) -> None:
    answers = [api.get("/rate-limited/a?refusals=2&retryAfter=3") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert [answer.headers.get("Retry-After") for answer in answers] == ["3", "3", None]


def test_a_reset_is_a_tcp_reset(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET /reset-connection HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_a_truncated_answer_ends_before_its_length(api: httpx.Client) -> None:
    with api.stream("GET", "/truncated") as response:
        assert response.status_code == 200
        assert int(response.headers["Content-Length"]) > 500
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            response.read()


def test_hanging_lasts_until_the_client_leaves(api: httpx.Client) -> None:
    with pytest.raises(httpx.ReadTimeout):
        api.get("/hang", timeout=0.05)
    assert api.get("/healthz").json() == {"status": "ok"}


def test_garbage_is_no_json(api: httpx.Client) -> None:
    response = api.get("/garbage")
    assert response.headers["Content-Type"] == "application/json"
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        response.json()


def test_wrong_types_have_the_properties_of_a_user(api: httpx.Client) -> None:
    user, wrong = api.get("/users/1").json(), api.get("/wrong-type").json()
    assert set(wrong) == set(user)
    assert all(type(wrong[name]) is not type(user[name]) for name in user)


def test_html_text_binary_and_nothing(api: httpx.Client) -> None:
    assert api.get("/html").headers["Content-Type"] == "text/html; charset=utf-8"
    assert api.get("/text").text == "Grüße, 世界\n"
    assert api.get("/text").headers["Content-Type"] == "text/plain; charset=utf-8"
    assert api.get("/binary").content == bytes(range(256))
    assert api.get("/binary").headers["Content-Type"] == "application/octet-stream"
    assert (api.get("/empty").status_code, api.get("/empty").content) == (204, b"")


@pytest.mark.parametrize("size", [2, 1000, 70_000, 11 * 1024 * 1024])
def test_a_large_answer_has_the_size_that_was_asked(api: httpx.Client, size: int) -> None:
    whole, chunked = api.get(f"/large?bytes={size}"), api.get(f"/large?bytes={size}&chunked=true")
    assert whole.headers["Content-Length"] == str(size)
    assert "Content-Length" not in chunked.headers
    assert len(whole.content) == size
    assert chunked.content == whole.content
    assert whole.json() == "x" * (size - 2)


def test_redirects(api: httpx.Client) -> None:
    first = api.get("/redirect/2?status=307")
    assert (first.status_code, first.headers["Location"]) == (307, "/redirect/1")
    followed = api.get("/redirect/5", follow_redirects=True)
    assert followed.json() == {"redirected": True}
    assert len(followed.history) == 5
    assert api.get("/redirect/1?to=http://other.example/").headers["Location"] == "http://other.example/"


def chaos(api: httpx.Client, seed: str, count: int, percent: int = 50) -> list[str]:
    outcomes = []
    for _ in range(count):
        try:
            response = api.get("/chaos", params={"seed": seed, "percent": percent})
            outcomes.append(f"{response.status_code} {response.text}")
        except httpx.TransportError:
            outcomes.append("cut")
    return outcomes


def test_chaos_is_repeatable(api: httpx.Client) -> None:
    first = chaos(api, "seven", 30)
    assert len({outcome[:3] for outcome in first}) > 2
    assert chaos(api, "eight", 30) != first
    api.post("/reset")
    assert chaos(api, "seven", 30) == first


def test_chaos_keeps_to_its_share(api: httpx.Client) -> None:
    assert all(outcome.startswith("200") for outcome in chaos(api, "calm", 20, percent=0))
    assert not any('"number"' in outcome for outcome in chaos(api, "storm", 20, percent=100))
