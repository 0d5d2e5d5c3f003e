"""Requests as the service gets them (language §2, "Request")."""

import pytest

from tests.execution.runs import answering, get, http, one, peer, run
from wf_engine.workspace.settings import Network

TRICKY = "a b/c?d=e&f#g%20\u00fc\u2028'\"<>\\;@:"


async def test_a_value_in_the_path_is_one_segment(service: str) -> None:
    ran = await run(get(service + "/echo/{{input.v}}/end", '{v: "{{input.x}}"}'), {"x": TRICKY})
    path = ran.output["path"]
    assert path.count("/") == 3, path
    assert path.startswith("/echo/a%20b%2Fc%3Fd%3De%26f%23g%2520%C3%BC")
    assert ran.output["query"] == {}


async def test_a_value_in_the_query_is_one_value(service: str) -> None:
    ran = await run(get(service + "/echo?q={{input.v}}&r=1", '{v: "{{input.x}}"}'), {"x": TRICKY})
    assert ran.output["query"] == {"q": TRICKY, "r": "1"}


async def test_raw_url_opts_out(service: str) -> None:
    ran = await run(get(service + "/echo/{{rawUrl(input.v)}}", '{v: "{{input.x}}"}'), {"x": "a/b?q=1&r=%20"})
    assert ran.output["path"] == "/echo/a/b"
    assert ran.output["query"] == {"q": "1", "r": " "}


@pytest.mark.parametrize("value", ["..", "."])
async def test_a_segment_of_dots_is_refused(service: str, value: str) -> None:
    ran = await run(get(service + "/echo/a/{{input.v}}/users", '{v: "{{input.x}}"}'), {"x": value})
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert "dots" in ran.error["message"]
    assert ran.task()["attempts"] == 0


@pytest.mark.parametrize(
    ("url", "env"),
    [
        ("http://{{input.v}}/x", {}),
        ("{{env.API}}{{input.v}}", {"API": "http://127.0.0.1"}),
        ("http://127.0.0.1:{{input.v}}/", {}),
        ("{{input.v}}", {}),
    ],
)
async def test_nothing_but_env_stands_before_the_host_ends(url: str, env: dict[str, str]) -> None:
    ran = await run(get(url, '{v: "{{input.x}}"}'), {"x": "@evil.example.com"}, env=env)
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert "only `env`" in ran.error["message"]
    assert ran.task()["attempts"] == 0


async def test_env_may_hold_host_and_path(service: str) -> None:
    ran = await run(get("{{env.API}}/{{input.v}}", "{v: 7}"), env={"API": service + "/echo"})
    assert ran.output["path"] == "/echo/7"


@pytest.mark.parametrize("url", ["ftp://a/b", "http://", "http://u:p@host/", "/relative", "http://a b/"])
async def test_a_url_that_leads_nowhere_fails_the_step(url: str) -> None:
    ran = await run(get(url))
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert ran.error["suggestion"]


async def test_query_lists_repeat_and_null_is_left_out(service: str) -> None:
    text = one(
        f'method: GET, url: "{service}/echo?z=0", query: {{list: "{{{{input.v}}}}", gone: null, yes: true, n: 1.0}}',
        "{v: [1, two, null]}",
    )
    assert (await run(text)).output["query"] == {"z": "0", "list": ["1", "two"], "yes": "true", "n": "1"}


async def test_headers_are_templates_and_null_is_left_out(service: str) -> None:
    text = one(
        f'method: GET, url: "{service}/echo", headers: {{X-A: "v {{{{input.v}}}}", X-Gone: null, X-N: 5}}', "{v: 1}"
    )
    headers = (await run(text)).output["headers"]
    assert headers["x-a"] == "v 1"
    assert headers["x-n"] == "5"
    assert "x-gone" not in headers


@pytest.mark.parametrize("transport", ["aiohttp", "httpx"])
async def test_blanks_around_the_value_of_a_header_are_not_sent(service: str, transport: str) -> None:
    text = one(f'method: GET, url: "{service}/echo", headers: {{X-A: " {{{{input.v}}}} \\t"}}', "{v: b c}")
    ran = await run(text, network=Network(allow_loopback=True, transport=transport))
    assert ran.output["headers"]["x-a"] == "b c"


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\x1bb", "a\x7f"])
async def test_line_breaks_in_headers_are_refused(service: str, value: str) -> None:
    text = one(f'method: GET, url: "{service}/echo", headers: {{X-A: "{{{{input.v}}}}"}}', '{v: "{{input.x}}"}')
    ran = await run(text, {"x": value})
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert "X-A" in ran.error["message"]
    assert ran.task()["attempts"] == 0


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding", "X Y", "X:Y", '""'])
async def test_headers_that_frame_the_request_are_refused(service: str, name: str) -> None:
    ran = await run(one(f'method: GET, url: "{service}/echo", headers: {{"{name.strip(chr(34))}": "5"}}'))
    assert ran.error["code"] == "VALIDATION_ERROR"


async def test_a_query_goes_before_the_fragment_of_a_literal_url(service: str) -> None:
    ran = await run(one(f'method: GET, url: "{service}/echo?a=1#top", query: {{b: 2}}'))
    assert ran.output["query"] == {"a": "1", "b": "2"}


async def test_a_text_is_sent_as_it_is(service: str) -> None:
    said = (await run(one(f'method: POST, url: "{service}/echo", body: "hällo {{{{input.v}}}}"', "{v: 1}"))).output
    assert said["body"] == "hällo 1"
    assert said["headers"]["content-type"] == "text/plain; charset=utf-8"


async def test_a_text_keeps_the_type_a_header_says(service: str) -> None:
    text = one(f'method: POST, url: "{service}/echo", headers: {{content-type: text/csv}}, body: "a,b"')
    assert (await run(text)).output["headers"]["content-type"] == "text/csv"


async def test_anything_else_is_sent_as_json(service: str) -> None:
    text = one(f'method: PUT, url: "{service}/echo", body: {{n: "{{{{input.v}}}}", list: [1, null]}}', "{v: {a: true}}")
    said = (await run(text)).output
    assert said["body"] == {"n": {"a": True}, "list": [1, None]}
    assert said["headers"]["content-type"] == "application/json"


async def test_a_map_is_sent_as_a_form(service: str) -> None:
    text = one(
        f'method: POST, url: "{service}/echo", headers: {{Content-Type: application/x-www-form-urlencoded}}, '
        'body: {a: "{{input.v}}", b: [1, 2], c: null}',
        '{v: "x y&z=ü"}',
    )
    assert (await run(text)).output["body"] == "a=x+y%26z%3D%C3%BC&b=1&b=2"


async def test_without_a_body_none_is_sent(service: str) -> None:
    said = (await run(one(f'method: POST, url: "{service}/echo"'))).output
    assert said["body"] is None
    assert said["headers"].get("content-length", "0") == "0"
    assert "content-type" not in said["headers"]


async def test_a_task_sees_its_input_and_nothing_else(service: str) -> None:
    ran = await run(get(service + "/echo/{{tasks.a.output}}"))
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert ran.task()["attempts"] == 0


async def test_the_fragment_is_not_sent() -> None:
    seen = []

    async def handler(reader, writer) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(http(b"1"))

    async with peer(handler) as url:
        assert (await run(get(url + "/a#b"))).output == 1
    assert seen[0].startswith(b"GET /a HTTP/1.1\r\n")


async def test_the_request_in_the_events_is_the_one_that_was_sent(service: str) -> None:
    text = one(
        f'method: POST, url: "{service}/echo/{{{{input.v}}}}", headers: {{Authorization: "Bearer abc", X-A: b}}, body: [1]',
        "{v: ä}",
    )
    ran = await run(text)
    assert ran.of("attemptStarted")[0]["request"] == {
        "method": "POST",
        "url": service + "/echo/%C3%A4",
        "headers": {"Authorization": "***", "X-A": "b", "Content-Type": "application/json"},
        "body": [1],
    }
    assert ran.output["headers"]["authorization"] == "Bearer abc"


async def test_redirects_of_post_are_not_followed() -> None:
    async with peer(answering(http(b"", 307, None, "Location: /other\r\n"))) as url:
        ran = await run(one(f'method: POST, url: "{url}"'))
    assert ran.error["code"] == "SERVICE_ERROR"
    assert "redirect" in ran.error["suggestion"]
