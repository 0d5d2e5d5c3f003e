"""`wf lsp --tcp` and `--ws`: this machine only, a token, and no page of a foreign origin; and `--check`."""

import json
import re
import socket
import subprocess
from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.lsp.wire import COMMAND, PATIENCE
from wf_lsp.listening import Address
from wf_lsp.transport import FrameReader

WF = COMMAND[:-1]
INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize"}


def greeting(token: str | None) -> dict:
    return {
        **INITIALIZE,
        "params": {"processId": None, "rootUri": None, "capabilities": {}, "initializationOptions": {"token": token}},
    }


def started(option: str) -> Iterator[tuple[str, str]]:
    """The printed address and token of a server."""
    with subprocess.Popen([*WF, option, "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().split()[-1]
            yield url, process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def tcp() -> Iterator[tuple[str, str]]:
    yield from started("--tcp")


@pytest.fixture(scope="module")
def websocket() -> Iterator[tuple[str, str]]:
    yield from started("--ws")


def over_tcp(url: str, *messages: dict) -> list[dict]:
    """The answers to some messages, until the server closes."""
    port = int(url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        for message in messages:
            body = json.dumps(message).encode()
            connection.sendall(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        reader, found = FrameReader(connection.recv), []
        while (frame := reader.frame()) is not None:
            found.append(json.loads(frame))
    return found


LEAVE = ({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}, {"jsonrpc": "2.0", "method": "exit"})


def test_over_tcp_one_client_after_the_other_with_the_token(tcp):
    url, token = tcp
    for _ in range(2):
        first, second = over_tcp(url, greeting(token), *LEAVE)
        assert first["result"]["serverInfo"]["name"] == "wf"
        assert second["result"] is None


@pytest.mark.parametrize("token", ["wrong", "", None, 3])
def test_over_tcp_without_the_token_there_is_one_refusal_and_no_more(tcp, token):
    (answer,) = over_tcp(tcp[0], greeting(token), {"jsonrpc": "2.0", "id": 2, "method": "shutdown"})
    assert answer["error"]["code"] == -32600
    assert "token" in answer["error"]["message"]


def test_over_a_websocket(websocket):
    url, token = websocket
    assert token in url
    with connect(url) as connection:
        connection.send(json.dumps(greeting(None)))
        assert json.loads(connection.recv(PATIENCE))["result"]["serverInfo"]["name"] == "wf"
    with connect(url, origin="http://localhost:3000") as connection:
        connection.send(json.dumps(greeting(None)))
        assert "result" in json.loads(connection.recv(PATIENCE))


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "null"])
def test_a_foreign_origin_is_refused(websocket, origin):
    with pytest.raises(InvalidStatus, match="403"):
        connect(websocket[0], origin=origin)


def test_a_websocket_without_the_token_is_refused(websocket):
    for url in (websocket[0].partition("?")[0], re.sub("token=.*", "token=wrong", websocket[0])):
        with pytest.raises(InvalidStatus, match="401"):
            connect(url)


@pytest.mark.parametrize(
    "text", ["0.0.0.0:80", "192.168.1.1:80", "example.com:80", "x", "127.0.0.1:99999", ":-1", "::1"]
)
def test_other_addresses_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Address.of(text)


def test_addresses_of_this_machine():
    assert Address.of("4389") == ("127.0.0.1", 4389)
    assert Address.of("[::1]:1") == ("::1", 1)
    assert Address.of("localhost:0") == ("localhost", 0)


def test_check_says_what_it_would_use_and_how_long_it_takes(tmp_path):
    (tmp_path / "wf.toml").write_text("")
    done = subprocess.run([*WF, "--check"], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"start-up +\d+ ms", done.stdout)
    assert str(tmp_path) in done.stdout
    (tmp_path / "wf.toml").write_text("[limits]\nnothing = 1\n")
    done = subprocess.run([*WF, "--check"], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert "limits.nothing" in done.stdout
