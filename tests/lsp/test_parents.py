"""The server leaves with the process of its client, however they talk; really killed processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.lsp.wire import COMMAND, PATIENCE
from wf_lsp import parents

WF = COMMAND[:-1]
OVER = {
    "stdio": """
read, write = os.pipe()
server = subprocess.Popen(command + ["--stdio"], stdin=read, stdout=subprocess.PIPE, pass_fds=[write])
send = lambda body: (os.write(write, b"Content-Length: %d\\r\\n\\r\\n%b" % (len(body), body)), server.stdout.read(9))
""",  # the server holds the other end of its input itself: only the death of the parent tells
    "tcp": """
import socket
server = subprocess.Popen(command + ["--tcp", "0"], stdout=subprocess.PIPE, text=True)
port = int(server.stdout.readline().rpartition(":")[2])
token = server.stdout.readline().split()[-1]
connection = socket.create_connection(("127.0.0.1", port))
send = lambda body: (connection.sendall(b"Content-Length: %d\\r\\n\\r\\n%b" % (len(body), body)), connection.recv(9))
""",
    "websocket": """
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
server = subprocess.Popen(command + ["--ws", "0"], stdout=subprocess.PIPE, text=True)
connection = connect(server.stdout.readline().split()[-1])
send = lambda body: (connection.send(body.decode()), connection.recv())
""",
}
"""How the parent starts the server and greets it."""
PARENT = """
import json, os, subprocess, sys, time
command, token = json.loads(sys.argv[1]), None
{over}
options = {{"token": token}}
params = {{"processId": os.getpid(), "rootUri": None, "capabilities": {{}}, "initializationOptions": options}}
send(json.dumps({{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}}).encode())
print(server.pid, flush=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and alive(pid):
        time.sleep(0.1)
    return not alive(pid)


@pytest.mark.parametrize("over", OVER)
def test_the_server_leaves_when_its_parent_is_killed(over):
    script = PARENT.format(over=OVER[over])
    with subprocess.Popen([sys.executable, "-c", script, json.dumps(WF)], stdout=subprocess.PIPE) as parent:
        server = int(parent.stdout.readline())
        assert alive(server)
        parent.kill()
    assert gone(server)


@contextmanager
def listening() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server for several clients, and its address."""
    with subprocess.Popen([*WF, "--ws", "0"], stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server, server.stdout.readline().split()[-1]
        finally:
            server.kill()


def greet(connection: ClientConnection, pid: int) -> None:
    ask(connection, "initialize", {"processId": pid, "rootUri": None, "capabilities": {}})


def ask(connection: ClientConnection, method: str, params: object = None) -> object:
    connection.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
    return json.loads(connection.recv(PATIENCE))["result"]


def test_one_client_after_the_other_and_those_whose_process_lives_are_served_on():
    """The second holds the connection of the first, which is dead: it is closed, the other is answered, then the server leaves."""
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    with listening() as (server, url), connect(url) as living, connect(url) as dead:
        with subprocess.Popen(sleeping) as process:
            greet(living, os.getpid())
            greet(dead, process.pid)
            process.kill()
        with pytest.raises(ConnectionClosed):
            dead.recv(PATIENCE)
        time.sleep(4)
        assert ask(living, "shutdown") is None
        assert server.poll() is None
        living.send(json.dumps({"jsonrpc": "2.0", "method": "exit"}))
        assert server.wait(PATIENCE) == 1


def test_a_client_that_said_goodbye_takes_nobody_with_it():
    with listening() as (server, url):
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
            with connect(url) as connection:
                greet(connection, process.pid)
                assert ask(connection, "shutdown") is None
                connection.send(json.dumps({"jsonrpc": "2.0", "method": "exit"}))
            process.communicate(b"\n")
        time.sleep(4)
        assert server.poll() is None


def test_a_process_that_was_never_there_is_not_waited_for():
    """Such as one on the other side of a container's wall."""
    with listening() as (server, url), connect(url) as connection:
        greet(connection, 2**22 + 1)
        time.sleep(4)
        assert server.poll() is None
        assert ask(connection, "shutdown") is None


def test_a_process_that_died_before_it_was_named_is_known_if_it_started_the_server(monkeypatch):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    assert not parents.watchable(dead.pid)
    monkeypatch.setattr(parents, "STARTED_BY", dead.pid)
    assert parents.watchable(dead.pid)
