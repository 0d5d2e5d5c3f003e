"""Redirects: which are followed, and what the place that they lead to gets to see (language §2, "Request")."""

import pytest

from tests.execution.runs import Ran, answering, get, http, one, peer, run, task, workflow
from wf_engine.execution.client import redirected
from wf_engine.execution.origins import origin_of, sendable
from wf_engine.execution.transport import Request
from wf_engine.workspace.settings import Network


def leading(location: str, status: int = 302, body: bytes = b"") -> bytes:
    return http(body, status, "text/plain" if body else None, f"Location: {location}\r\n")


@pytest.mark.parametrize("written", ["302", '"302"', "3xx", "2xx, 302"])
@pytest.mark.parametrize("transport", ["aiohttp", "httpx"])
async def test_a_redirect_that_is_wanted_is_the_answer(written: str, transport: str) -> None:
    async with peer(answering(leading("http://192.0.2.1/x", body=b"over there"))) as url:
        text = task(f'method: GET, url: "{url}", successStatus: [{written}]') + workflow(
            "{id: a, taskRef: it}",
            "output: {body: '{{tasks.a.output}}', to: '{{tasks.a.response.headers.location}}'}",
        )
        ran = await run(text, network=Network(allow_loopback=True, transport=transport))  # type: ignore[arg-type]
    assert ran.output == {"body": "over there", "to": "http://192.0.2.1/x"}


async def test_others_are_followed_still(service: str) -> None:
    async with peer(answering(leading(f"{service}/users/1", 301))) as url:
        text = one(f'method: GET, url: "{url}", successStatus: [2xx, 302]')
        assert (await run(text)).output["id"] == "1"


async def test_one_that_is_wanted_ends_a_chain() -> None:
    async with peer(answering(leading("/last", 302))) as last, peer(answering(leading(last, 307))) as first:
        ran = await run(one(f'method: GET, url: "{first}", successStatus: [302]'))
    assert ran.output is None
    assert ran.of("attemptFinished")[0]["status"] == 302


async def test_a_redirect_to_nowhere_is_no_advice_to_use_get() -> None:
    async with peer(answering(http(b"", 302, None))) as url:
        error = (await run(get(url))).error
    assert "no `Location`" in error["suggestion"]
    assert "GET" not in error["suggestion"]


def asked(more: str = "", body: str = '{card: "4111"}') -> str:
    return f"method: GET, headers: {{X-Kind: a{more}}}, body: {body}, url: "


async def test_a_body_stays_with_the_origin_that_it_is_for(service: str) -> None:
    async with peer(answering(leading(f"{service}/echo"))) as elsewhere:
        seen = (await run(one(asked() + f'"{elsewhere}"'))).output
    assert seen["body"] is None
    assert seen["headers"]["x-kind"] == "a"
    assert "content-type" not in seen["headers"]
    assert "content-length" not in seen["headers"]


def test_a_body_goes_on_within_its_origin() -> None:
    before = Request("GET", "http://a/x", origin_of("http://a"), {"Content-Type": "text/plain"}, b"1")
    after = redirected(before, "/y")
    assert (after.body, dict(after.headers)) == (b"1", {"Content-Type": "text/plain"})


@pytest.mark.parametrize("target", ["https://a/", "http://a:81/", "http://b/", "//b/x"])
def test_scheme_host_and_port_make_an_origin(target: str) -> None:
    headers = {"AUTHORIZATION": "x", "cookie": "y", "Proxy-Authorization": "z", "X-Key": "k", "X-Kind": "a"}
    before = Request("GET", "http://a/x", origin_of("http://a"), headers, b"1", frozenset({"x-key"}))
    after = redirected(before, target)
    assert dict(after.headers) == {"X-Kind": "a"}
    assert after.body is None


SECRET = "k-abcdefghijklmnopqrstuvwxyz"


def check_no_half(ran: Ran) -> None:
    assert not any(SECRET[:length] in str([ran.body, ran.events]) for length in range(6, len(SECRET) + 1))


@pytest.mark.parametrize("before", range(170, 202, 3))
async def test_no_half_secret_in_a_target_that_is_cut(before: int) -> None:
    async with peer(answering(leading("ftp://" + "x" * before + SECRET + "/y"))) as url:
        ran = await run(get(url, task_more="retry: {maxAttempts: 1}"), secrets={"KEY": SECRET})
    assert "redirected to `ftp://x" in ran.error["message"]
    check_no_half(ran)


async def test_no_half_secret_in_what_the_http_library_says() -> None:
    raw = b"HTTP/1.1 200 OK\r\nX: " + SECRET.encode() * 400 + b"\r\n\r\n"
    async with peer(answering(raw)) as url:
        ran = await run(get(url, task_more="retry: {maxAttempts: 1}"), secrets={"KEY": SECRET})
    assert ran.error["code"] == "NETWORK_ERROR"
    check_no_half(ran)


async def test_no_half_secret_in_what_a_schema_says() -> None:
    long = SECRET + SECRET.upper()
    text = get(
        "http://127.0.0.1:1",
        '{mode: "at the beginning {{secrets.KEY}}"}',
        task_more="inputSchema: {properties: {mode: {enum: [a]}}}",
    )
    ran = await run(text, secrets={"KEY": long})
    assert ran.error["message"].startswith("The input is not what")
    assert "***…" in ran.error["message"]
    check_no_half(ran)


async def test_the_policy_holds_at_each_hop() -> None:
    async with peer(answering(leading("http://127.0.0.2:1/"))) as second, peer(answering(leading(second))) as first:
        hosts = tuple(url.removeprefix("http://") for url in (first, second))
        ran = await run(get(first), network=Network(allow_hosts=hosts))
    assert "`127.0.0.2` is an address of this machine" in ran.error["message"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("http://münchen.example/ü?q=ü", "http://xn--mnchen-3ya.example/%C3%BC?q=%C3%BC"),
        ("HTTPS://Bücher.example:8443", "HTTPS://xn--bcher-kva.example:8443"),
        ("//faß.example/x", "//xn--fa-hia.example/x"),
        ("/a//ü", "/a//%C3%BC"),
        ("http://a.example/ü", "http://a.example/%C3%BC"),
    ],
)
def test_international_names_are_sent_as_they_are_looked_up(written: str, sent: str) -> None:
    assert sendable(written) == sent


@pytest.mark.parametrize("host", ["１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1"])
async def test_an_international_spelling_of_an_address_is_that_address(host: str) -> None:
    ran = await run(get(f"http://{host}:1/"), network=Network())
    assert "`127.0.0.1` is an address of this machine" in ran.error["message"]


async def test_an_international_name_can_be_allowed_and_denied() -> None:
    network = Network(deny_hosts=("münchen.example",))
    ran = await run(get("http://MÜNCHEN.example./"), network=network)
    assert "`deny_hosts` forbids requests to `xn--mnchen-3ya.example`" in ran.error["message"]


async def test_a_host_that_is_none_is_named_as_it_is_written() -> None:
    ran = await run(get("http://ü..example/"))
    assert "has the host `ü..example`, which is none" in ran.error["message"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:0/", "has the port 0"),
        ("http://127.0.0.1:65536/", "has no host or no port that can be read"),
        ("http://127.0.0.1:x/", "has no host or no port that can be read"),
        ("http://[::1/", "has no host or no port that can be read"),
    ],
)
async def test_what_is_wrong_with_an_address_is_said_in_words(url: str, why: str) -> None:
    said = (await run(get("{{env.API}}"), env={"API": url})).error
    assert (said["code"], why in said["message"]) == ("VALIDATION_ERROR", True)
    async with peer(answering(leading(url))) as first:
        redirected_there = (await run(get(first, task_more="retry: {maxAttempts: 1}"))).error
    assert (redirected_there["code"], why in redirected_there["message"]) == ("NETWORK_ERROR", True)


async def test_a_variable_that_is_no_text_makes_no_address() -> None:
    said = (await run(get("{{env.API}}"), env={"API": "http://127.0.0.1/\udcff"})).error
    assert (said["code"], "has half of a character in it" in said["message"]) == ("VALIDATION_ERROR", True)
