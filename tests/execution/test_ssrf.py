"""Requests that try to get at this machine by every way of writing it: none reaches a listener (language §7)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from tests.execution.runs import answering, get, http, one, peer, run
from wf_engine.workspace.settings import Network

NONE = Network()

WRITTEN = """
127.0.0.1 127.1 127.0.1 127.0.0.1. 127.255.255.254 127.00.00.01 0127.0.0.1 0177.0.0.1 0177.0.0.01 0x7f.0.0.1 0x7f.1 0x7f000001
0x7F000001 0X7f.0.0.1 0x7f.0x0.0x0.0x1 2130706433 02130706433 017700000001 127.0x1 0 0.0.0.0 0.0.0.1 00.00.00.00 0x0
localhost LOCALHOST localhost. ip6-localhost
[::1] [::] [0:0:0:0:0:0:0:1] [0000::1] [::0001] [::127.0.0.1] [::ffff:127.0.0.1] [::FFFF:7f00:1] [::ffff:0:127.0.0.1]
[0:0:0:0:0:ffff:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1]
[2001:0:7f00:1::] [2001:0:0:0:0:0:80ff:fffe] [::1%25lo] [::1%251] [fe80::1%25lo] [::ffff:127.0.0.1%25lo] [::7f00:1]
10.0.0.1 172.16.0.1 192.168.0.1 100.64.0.1 169.254.169.254 [fd00:ec2::254] [fc00::1] [fec0::1] [fe80::1]
224.0.0.1 255.255.255.255 240.0.0.1 192.0.2.1 [ff02::1] [2001:db8::1] [::ffff:10.0.0.1] [::ffff:169.254.169.254]
"""
LITERALS = WRITTEN.split()

SPELLINGS = [
    "http://１２７.０.０.１:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127．0．0．1:{port}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/",
    "http://loc%61lhost:{port}/",
    "http://127%2e0%2e0%2e1:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1%00.example.com:{port}/",
    "http://user@127.0.0.1:{port}/",
    "http://user:pass@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://example.com:80@127.0.0.1:{port}/",
    "http://example.com%40127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@example.com/",
    "http://example.com#@127.0.0.1:{port}/",
    "http://example.com\\\\@127.0.0.1:{port}/",
    "http:\\\\\\\\127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "http://[::ffff:127.0.0.1:{port}/",
    "http://127.0.0.1\\t:{port}/",
    "http://127.0.0.1 :{port}/",
    "http:// 127.0.0.1:{port}/",
    "http://127.0.0.1:{port}:80/",
    "http://\\u00ad127.0.0.1:{port}/",
    "http://127.0.0.1\\u200b:{port}/",
]


@asynccontextmanager
async def listener() -> AsyncIterator[tuple[int, list[Any]]]:
    """A port of this machine, in both families where there are both, and what connected to it."""
    met: list[Any] = []

    async def meet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(writer.get_extra_info("peername"))
        writer.write(http(b'"reached"'))
        writer.close()

    first = await asyncio.start_server(meet, "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    servers = [first]
    with suppress(OSError):  # a machine without IPv6
        servers.append(await asyncio.start_server(meet, "::1", port))
    try:
        yield port, met
    finally:
        for server in servers:
            server.close()


async def check_refused(url: str, met: list[Any], network: Network = NONE) -> None:
    text = get(url, task_more="timeout: 300ms\n  retry: {maxAttempts: 1}")
    ran = await run(text, network=network)
    assert ran.error["code"] in {"NETWORK_ERROR", "VALIDATION_ERROR", "TIMEOUT"}, ran.error
    assert ran.error["suggestion"]
    await asyncio.sleep(0)
    assert met == [], f"{url} reached the listener"


def test_there_are_enough() -> None:
    assert len(set(LITERALS)) + len(set(SPELLINGS)) >= 100


async def test_the_listener_is_there_to_be_reached() -> None:
    async with listener() as (port, met):
        for host in ("127.0.0.1", "localhost"):
            ran = await run(get(f"http://{host}:{port}/"), network=Network(allow_loopback=True))
            assert ran.output == "reached"
    assert len(met) == 2


@pytest.mark.parametrize("host", LITERALS)
async def test_no_way_to_write_an_address_gets_through(host: str) -> None:
    async with listener() as (port, met):
        await check_refused(f"http://{host}:{port}/", met)


@pytest.mark.parametrize("url", SPELLINGS)
async def test_no_trick_in_a_url_gets_through(url: str) -> None:
    async with listener() as (port, met):
        await check_refused(url.format(port=port), met)


@pytest.mark.parametrize(
    "value", ["127.0.0.1:{port}/", "@127.0.0.1:{port}/", "\\@127.0.0.1:{port}", "/../@127.0.0.1:{port}/"]
)
async def test_no_input_moves_the_host(value: str) -> None:
    async with listener() as (port, met):
        text = one(
            'method: GET, url: "http://203.0.113.9/{{rawUrl(input.v)}}"',
            f'{{v: "{value.format(port=port)}"}}'.replace("\\", "\\\\"),
            task_more="timeout: 200ms\n  retry: {maxAttempts: 1}",
        )
        ran = await run(text, network=NONE)
        assert ran.body["status"] == "failed"
        assert met == []


REDIRECTS = [
    "http://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://0x7f.1:{port}/",
    "http://2130706433:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://user@127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http:\\\\127.0.0.1:{port}/",
    "http://１２７.０.０.１:{port}/",
    "\thttp://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://169.254.169.254/latest/meta-data/",
]


@pytest.mark.parametrize("target", REDIRECTS)
async def test_no_redirect_gets_through(target: str) -> None:
    async with listener() as (port, met):
        location = f"Location: {target.format(port=port)}\r\n"
        async with peer(answering(http(b"", 302, more=location))) as url:
            allowed = Network(allow_hosts=(url.removeprefix("http://"),))
            await check_refused(url, met, allowed)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """The resolver at the edge of the network: names to lists of addresses, one list a question, the last for ever."""
    known: dict[str, list[list[str]]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        answers = known.get(host)
        if answers is None:
            return real(host, port, *rest, **options)
        asked.append(host)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    def add(name: str, *answers: list[str]) -> list[str]:
        known[name] = list(answers)
        return asked

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return add


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "10.0.0.1"),
        *("169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "224.0.0.1", "255.255.255.255"),
    ],
)
async def test_a_name_that_leads_here_is_refused(names: Callable[..., list[str]], address: str) -> None:
    asked = names("evil.example", [address])
    async with listener() as (port, met):
        await check_refused(f"http://evil.example:{port}/", met)
    assert asked == ["evil.example"]


async def test_rebinding_finds_no_second_question(names: Callable[..., list[str]]) -> None:
    """The address that was checked is the one connected to: the name is not asked about twice for one request."""
    asked = names("rebind.example", ["8.8.8.8"], ["127.0.0.1"])
    async with listener() as (port, met):
        await check_refused(f"http://rebind.example:{port}/", met)
    assert len(asked) == 1


async def test_of_several_addresses_only_those_that_are_allowed(names: Callable[..., list[str]]) -> None:
    names("mixed.example", ["8.8.8.8", "127.0.0.1", "::1"])
    async with listener() as (port, met):
        await check_refused(f"http://mixed.example:{port}/", met)


async def test_a_name_that_is_rebound_between_two_requests(names: Callable[..., list[str]]) -> None:
    """The second request is checked anew, whatever was found for the first one."""
    names("turn.example", ["8.8.8.8"], ["127.0.0.1"])
    async with listener() as (port, met):
        for _ in range(2):
            await check_refused(f"http://turn.example:{port}/", met)


async def test_a_redirect_to_a_name_that_leads_here(names: Callable[..., list[str]]) -> None:
    names("evil.example", ["127.0.0.1"])
    async with listener() as (port, met):
        location = f"Location: http://evil.example:{port}/\r\n"
        async with peer(answering(http(b"", 302, more=location))) as url:
            await check_refused(url, met, Network(allow_hosts=(url.removeprefix("http://"),)))
