"""What every transport does alike: the same requests, answers and errors, over real sockets (architecture.md)."""

import asyncio
import gzip
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.execution.runs import Handler, Ran, answering, get, head, http, one, peer, run
from wf_engine.text import WfError
from wf_engine.workspace.settings import Network

ONCE = "retry: {maxAttempts: 1}"


@pytest.fixture(params=["aiohttp", "httpx"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def calling(url: str, transport: str, more: str = ONCE, **network: Any) -> Ran:
    return await run(get(url, task_more=more), network=Network(allow_loopback=True, transport=transport, **network))


async def test_a_request_arrives_as_it_was_written(service: str, transport: str) -> None:
    text = one(
        f'method: POST, url: "{service}/echo/{{{{input.p}}}}", query: {{a: [1, 2], b: "x y"}}, headers: {{X-Own: "é"}}, '
        'body: {deep: [1, null, "ü"]}',
        '{p: "a/b c?d%"}',
    )
    ran = await run(text, network=Network(allow_loopback=True, transport=transport))
    output = ran.output
    assert output["path"] == "/echo/a%2Fb%20c%3Fd%25"
    assert output["query"] == {"a": ["1", "2"], "b": "x y"}
    assert output["body"] == {"deep": [1, None, "ü"]}
    assert output["headers"]["content-type"] == "application/json"
    assert output["headers"]["user-agent"] == "wf"
    assert output["headers"]["host"] == service.removeprefix("http://")


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (b"", "NETWORK_ERROR", "broke before there was an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "NETWORK_ERROR", "in the middle of the answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "NETWORK_ERROR", ""),
        (http(b"{", 200), "SERVICE_ERROR", "no valid JSON"),
        (http(b"x", 200, "application/octet-stream"), "SERVICE_ERROR", "application/octet-stream"),
        (http(b'{"message": "no"}', 503), "SERVICE_ERROR", "503: no"),
        (http(b"", 429, more="Retry-After: 7\r\n"), "RATE_LIMITED", "429"),
        (http(b"", 404), "NOT_FOUND", "404"),
        (http(b"zz", 200, more="Content-Encoding: gzip\r\n"), "NETWORK_ERROR", ""),
    ],
)
async def test_what_goes_wrong_has_the_same_name(transport: str, said: bytes, code: str, words: str) -> None:
    async with peer(answering(said)) as url:
        ran = await calling(url, transport)
    assert ran.error["code"] == code
    assert words in ran.error["message"]


async def test_nothing_listens(transport: str) -> None:
    async with peer(answering(b"")) as url:
        pass
    ran = await calling(url, transport)
    assert ran.error["code"] == "NETWORK_ERROR"
    assert "refused" in ran.error["message"]


async def test_a_name_that_is_none(transport: str) -> None:
    ran = await calling("http://nothing.invalid/", transport)
    assert "was not found" in ran.error["message"]


async def test_forbidden_addresses(transport: str) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
        ran = await run(get(f"http://{host}:1/", task_more=ONCE), network=Network(transport=transport))
        assert "network policy" in ran.error["message"]


async def test_an_attempt_that_takes_too_long_closes_its_connection(transport: str) -> None:
    closed = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await head(reader)
        await reader.read()
        closed.set()

    async with peer(silent) as url:
        ran = await calling(url, transport, "timeout: 300ms\n  retry: {maxAttempts: 1}")
        assert ran.error["code"] == "TIMEOUT"
        async with asyncio.timeout(30):
            await closed.wait()


async def test_connections_are_kept(transport: str) -> None:
    connections = 0

    async def keeping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await head(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")

    async with peer(_until_closed(keeping)) as url:
        text = get(url, step_more=", forEach: {items: [1, 2, 3], parallel: false}")
        ran = await run(text, network=Network(allow_loopback=True, transport=transport))
    assert ran.output["successCount"] == 3
    assert connections == 1


def _until_closed(handler: Handler) -> Handler:
    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            await handler(reader, writer)

    return quietly


async def test_packed_answers(transport: str) -> None:
    body = gzip.compress(b'{"a": ' + b"1" * 5 + b"}")
    async with peer(answering(http(body, more="Content-Encoding: gzip\r\n"))) as url:
        assert (await calling(url, transport)).output == {"a": 11111}


async def test_a_packed_bomb(transport: str) -> None:
    body = gzip.compress(bytes(50 << 20), 9)
    async with peer(answering(http(body, more="Content-Encoding: gzip\r\n"))) as url:
        ran = await calling(url, transport)
    assert ran.error["code"] == "LIMIT_EXCEEDED"


async def test_redirects(service: str, transport: str) -> None:
    async with peer(answering(http(b"", 302, more=f"Location: {service}/users/1\r\n"))) as url:
        assert (await calling(url, transport)).output["id"] == "1"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority `ca.pem` and the certificate `tls.pem` of `localhost` that it has signed."""
    folder = tmp_path_factory.mktemp("tls")
    (folder / "ext").write_text("subjectAltName=DNS:localhost")
    commands = [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=wf-test-authority",
        "req -newkey rsa:2048 -nodes -keyout tls.key -out tls.csr -subj /CN=localhost",
        "x509 -req -in tls.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tls.pem -days 2 -extfile ext",
    ]
    for command in commands:
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@asynccontextmanager
async def secure(folder: Path) -> AsyncIterator[str]:
    """A service on TLS under the name `localhost`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "tls.pem", folder / "tls.key")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await head(reader)
            writer.write(http(b'"secure"'))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_an_authority_of_ones_own(transport: str, authority: Path) -> None:
    async with secure(authority) as url:
        assert (await calling(url, transport, ca_file=str(authority / "ca.pem"))).output == "secure"


async def test_whom_nobody_vouches_for(transport: str, authority: Path) -> None:
    async with secure(authority) as url:
        ran = await calling(url, transport)
    assert ran.error["code"] == "NETWORK_ERROR"
    assert "no secure connection" in ran.error["message"]


async def test_a_certificate_of_another_name(transport: str, authority: Path) -> None:
    async with secure(authority) as url:
        ran = await calling(url.replace("localhost", "127.0.0.1"), transport, ca_file=str(authority / "ca.pem"))
    assert "no secure connection" in ran.error["message"]


async def test_certificates_that_cannot_be_read(transport: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("nothing")
    for path in (bad, tmp_path / "missing.pem"):
        with pytest.raises(WfError, match="cannot be read"):
            await calling("http://127.0.0.1:1/", transport, ca_file=str(path))


def proxying(seen: list[str]) -> Handler:
    """A proxy for plain requests and for tunnels."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, _, _ = (await head(reader)).decode().partition("\r\n")
        seen.append(line)
        method, target, _ = line.split()
        if method != "CONNECT":
            writer.write(http(b'"by proxy"'))
            await writer.drain()
            return
        there, back = await asyncio.open_connection(*target.rsplit(":", 1))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(_pump(reader, back), _pump(there, writer), return_exceptions=True)

    return handler


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()
    sink.close()


async def test_a_proxy(transport: str) -> None:
    seen: list[str] = []
    async with peer(proxying(seen)) as proxy:
        ran = await calling("http://127.0.0.1:9/x?y=1", transport, proxy=proxy)
    assert ran.output == "by proxy"
    assert seen == ["GET http://127.0.0.1:9/x?y=1 HTTP/1.1"]


async def test_a_tunnel(transport: str, authority: Path) -> None:
    seen: list[str] = []
    async with peer(proxying(seen)) as proxy, secure(authority) as url:
        ran = await calling(url, transport, proxy=proxy, ca_file=str(authority / "ca.pem"))
    assert ran.output == "secure"
    assert seen == [f"CONNECT {url.removeprefix('https://')} HTTP/1.1"]


async def test_a_proxy_from_the_environment(transport: str, monkeypatch: pytest.MonkeyPatch, service: str) -> None:
    seen: list[str] = []
    async with peer(proxying(seen)) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", service.removeprefix("http://"))
        assert (await calling("http://127.0.0.1:9/x", transport, proxy="env")).output == "by proxy"
        assert (await calling(f"{service}/users/1", transport, proxy="env")).output["id"] == "1"
        assert "refused" in (await calling("http://127.0.0.1:9/x", transport)).error["message"]
    assert len(seen) == 1


async def test_no_proxy_is_a_way_around_the_policy(transport: str) -> None:
    seen: list[str] = []
    async with peer(proxying(seen)) as proxy:
        for host in ("127.0.0.1", "localhost", "169.254.169.254"):
            network = Network(proxy=proxy, transport=transport)
            ran = await run(get(f"http://{host}:9/", task_more=ONCE), network=network)
            assert "network policy" in ran.error["message"]
    assert seen == []


async def test_what_is_no_proxy(transport: str) -> None:
    with pytest.raises(WfError, match="no address of a proxy"):
        await calling("http://127.0.0.1:9/", transport, proxy="socks5://x:1")


@pytest.mark.parametrize("target", ["http://93.184.215.14/x", "https://93.184.215.14/x"])
@pytest.mark.parametrize("answer", [b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", b"garbage\r\n\r\n", None])
async def test_what_a_proxy_does_wrong_is_said_without_its_password(
    transport: str, target: str, answer: bytes | None
) -> None:
    async with peer(answering(answer or b"")) as url:
        port = url.rpartition(":")[2] if answer else "1"
        network = Network(transport=transport, proxy=f"http://user:geheim@127.0.0.1:{port}")  # type: ignore[arg-type]
        ran = await run(get(target, task_more="retry: {maxAttempts: 1}"), network=network)
    assert ran.body["status"] == "failed"
    assert "geheim" not in str([ran.events, ran.body])
    if answer is None:
        assert "the proxy cannot be used" in ran.error["message"]
        assert "`proxy` under `[network]`" in ran.error["suggestion"]
