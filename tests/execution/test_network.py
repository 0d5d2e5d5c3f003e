"""The network policy: nothing is sent to an address that it does not allow, whatever way the address is written."""

import asyncio
import socket
from ipaddress import ip_address

import pytest

from tests.execution.runs import answering, get, http, one, peer, run
from wf_engine.execution.network import Policy
from wf_engine.execution.origins import origin_of
from wf_engine.execution.transport import Origin, RefusedAddressError
from wf_engine.workspace.settings import Network

CLOSED = Network()

FORBIDDEN = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "2001:db8::1",
]
UNUSUAL = [
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "127.1",
    "127.0.1",
    "0177.0.0.1",
    "017700000001",
    "1.2.3",
    "127.0.0.1.",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_forbidden_addresses(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        Policy(CLOSED).check(Origin("http", address, 80))
    with pytest.raises(RefusedAddressError):
        Policy(CLOSED).check_address("name.example.com", 80, ip_address(address))


@pytest.mark.parametrize("host", UNUSUAL)
def test_unusual_spellings_of_addresses(host: str) -> None:
    with pytest.raises(RefusedAddressError):
        Policy(CLOSED).check(Origin("http", host, 80))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    Policy(CLOSED).check(Origin("http", address, 80))


def test_each_setting_opens_its_kind_and_no_other() -> None:
    loopback, private = Policy(Network(allow_loopback=True)), Policy(Network(allow_private=True))
    loopback.check(Origin("http", "127.0.0.1", 80))
    private.check(Origin("http", "192.168.1.1", 80))
    for policy, address in ((loopback, "10.0.0.1"), (private, "127.0.0.1"), (private, "169.254.169.254")):
        with pytest.raises(RefusedAddressError):
            policy.check(Origin("http", address, 80))


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.1:80", "127.0.0.0/8"])
def test_allow_hosts_opens_an_address(entry: str) -> None:
    policy = Policy(Network(allow_hosts=(entry,)))
    policy.check(Origin("http", "127.0.0.1", 80))
    with pytest.raises(RefusedAddressError):
        policy.check(Origin("http", "10.0.0.1", 80))


def test_a_port_of_allow_hosts_counts() -> None:
    with pytest.raises(RefusedAddressError):
        Policy(Network(allow_hosts=("127.0.0.1:8085",))).check(Origin("http", "127.0.0.1", 80))


@pytest.mark.parametrize("entry", ["api.example.com", "API.Example.com.", "api.example.com:443"])
def test_deny_hosts_wins(entry: str) -> None:
    policy = Policy(Network(allow_loopback=True, allow_hosts=("api.example.com",), deny_hosts=(entry, "8.8.0.0/16")))
    for host in ("api.example.com", "8.8.8.8", "::ffff:8.8.8.8"):
        with pytest.raises(RefusedAddressError):
            policy.check(Origin("https", host, 443))
    with pytest.raises(RefusedAddressError):
        policy.check_address("other.example.com", 443, ip_address("8.8.4.4"))


async def test_a_name_is_decided_by_what_it_resolves_to() -> None:
    assert set(await Policy(Network(allow_loopback=True)).resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(RefusedAddressError):
        await Policy(CLOSED).resolve("localhost", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"])
async def test_a_refused_address_hears_nothing(host: str) -> None:
    connected = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()

    async with peer(handler) as url:
        port = url.rpartition(":")[2]
        ran = await run(get(f"http://{host}:{port}/"), network=CLOSED)
        await asyncio.sleep(0)
    assert ran.error["code"] == "NETWORK_ERROR"
    assert ran.error["retryable"] is False
    assert ran.task()["attempts"] == 1
    assert not connected.is_set()


async def test_the_error_says_which_line_to_add(service: str) -> None:
    ran = await run(get(service + "/users/1"), network=CLOSED)
    port = service.rpartition(":")[2]
    assert "`allow_loopback = true`" in ran.error["suggestion"]
    assert f'`allow_hosts = ["127.0.0.1:{port}"]`' in ran.error["suggestion"]
    assert "[network]" in ran.error["suggestion"]
    assert "wf.toml" in ran.error["suggestion"]


async def test_a_redirect_to_a_refused_address_is_not_followed() -> None:
    connected = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()

    async with peer(handler) as forbidden, peer(answering(http(b"", 302, None, f"Location: {forbidden}/x\r\n"))) as url:
        allowed = Network(allow_hosts=(url.removeprefix("http://"),))
        ran = await run(get(url), network=allowed)
    assert ran.error["code"] == "NETWORK_ERROR"
    assert "network policy" in ran.error["message"]
    assert not connected.is_set()


async def test_credentials_are_dropped_on_another_origin(service: str) -> None:
    def text(url: str) -> str:
        headers = 'Authorization: Bearer abcdef, Cookie: "c=1", X-Api-Key: "{{secrets.KEY}}", X-Kind: a'
        return one(f'method: GET, url: "{url}", headers: {{{headers}}}')

    secrets = {"KEY": "k-123456"}
    async with peer(answering(http(b"", 302, None, f"Location: {service}/echo\r\n"))) as elsewhere:
        seen = (await run(text(elsewhere), secrets=secrets)).output["headers"]
    assert seen["x-kind"] == "a"
    assert {"authorization", "cookie", "x-api-key"}.isdisjoint(seen)
    kept = (await run(text(service + "/redirect/1?to=/echo"), secrets=secrets)).output["headers"]
    assert {"authorization", "cookie", "x-api-key"} <= set(kept)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a/b", "http://", "http://u:p@127.0.0.1/"])
async def test_a_redirect_to_something_else_is_refused(target: str) -> None:
    async with peer(answering(http(b"", 302, None, f"Location: {target}\r\n"))) as url:
        ran = await run(get(url))
    assert ran.error["code"] == "NETWORK_ERROR"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://h", ("http", "h", 80)),
        ("HTTPS://H:8443/x?y", ("https", "h", 8443)),
        ("http://[::1]:5/", ("http", "::1", 5)),
    ],
)
def test_origins(url: str, origin: tuple[str, str, int]) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url", ["", "x", "//h/", "ftp://h", "http:///x", "http://a@b/", "http://h:99999/", "http://h:x/", "http://h%00/"]
)
def test_what_is_no_origin(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        origin_of(url)


def test_an_origin_is_spoken_as_people_write_it() -> None:
    assert str(Origin("http", "a", 80)) == "http://a"
    assert str(Origin("https", "::1", 8443)) == "https://[::1]:8443"


async def test_two_services_of_one_name_on_other_ports_are_told_apart() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    policy = Policy(Network(deny_hosts=(f"127.0.0.1:{port}",), allow_loopback=True))
    policy.check(Origin("http", "127.0.0.1", port + 1 if port < 65_535 else port - 1))
    with pytest.raises(RefusedAddressError):
        policy.check(Origin("http", "127.0.0.1", port))
