"""`wf lsp --tcp` and `--ws`: one client after the other over a socket of this machine, each with the printed token."""

import hmac
import ipaddress
import re
import secrets
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from wf_lsp.protocol import Sender
from wf_lsp.transport import MOST_BYTES, FrameReader, Frames, Output

if TYPE_CHECKING:
    from websockets.http11 import Request, Response
    from websockets.sync.server import ServerConnection

Converse = Callable[[Sender, FrameReader | Frames, str | None], None]
"""Talks to one client: where answers go, where messages come from, and the token that it has to give, if any is left."""

_OURS = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")
INTERRUPTED = 130


class Address(NamedTuple):
    """A place on this machine; port 0 takes a free one."""

    host: str
    port: int

    @classmethod
    def of(cls, text: str) -> "Address":
        """From `PORT` or `HOST:PORT`. Raises ValueError for what is none, or not of this machine."""
        host, _, port = text.rpartition(":")
        host = host.strip("[]") or "127.0.0.1"
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} is not of this machine; the server listens on loopback addresses only")
        if not port.isascii() or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004
            raise ValueError(f"`{port}` is no port")
        return cls(host, int(port))


def serve_tcp(address: Address, converse: Converse) -> int:
    """Listens until Ctrl-C. The token is to be given as `initializationOptions.token`."""
    token = secrets.token_urlsafe(24)
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.create_server(address, family=family) as listener:
        _say(f"tcp://{_shown(address.host)}:{listener.getsockname()[1]}", token)
        try:
            while True:
                connection, _ = listener.accept()
                with connection:
                    descriptor = connection.fileno()
                    converse(Output(descriptor), FrameReader(connection.recv, descriptor), token)
                    with suppress(OSError):
                        connection.shutdown(socket.SHUT_RDWR)  # else whoever still reads from it would keep it open
        except KeyboardInterrupt:
            return INTERRUPTED


def serve_websocket(address: Address, converse: Converse) -> int:
    """Listens until Ctrl-C. The token is to be given as `?token=…`; pages of other origins are refused."""
    try:
        from websockets.sync.server import serve
    except ModuleNotFoundError:
        sys.stderr.write('`wf lsp --ws` needs websockets: `pip install "wf[websocket]"` brings it.\n')
        return 2
    token = secrets.token_urlsafe(24)

    def allowed(connection: "ServerConnection", request: "Request") -> "Response | None":
        given = parse_qs(urlsplit(request.path).query).get("token", [""])[0]
        if hmac.compare_digest(given.encode(), token.encode()):
            return None
        return connection.respond(
            HTTPStatus.UNAUTHORIZED, "The token is wrong: it is printed where the server started.\n"
        )

    def handle(connection: "ServerConnection") -> None:
        converse(_WebSocketOutput(connection), lambda: _message(connection), None)

    with serve(
        handle, address.host, address.port, origins=[None, _OURS], process_request=allowed, max_size=MOST_BYTES
    ) as server:
        _say(f"ws://{_shown(address.host)}:{server.socket.getsockname()[1]}/?token={token}", token)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return INTERRUPTED
    return 0


def _message(connection: "ServerConnection") -> bytes | None:
    from websockets.exceptions import ConnectionClosed

    try:
        message: Any = connection.recv()
    except ConnectionClosed:
        return None
    return message.encode("utf-8", "surrogatepass") if isinstance(message, str) else message


class _WebSocketOutput:
    """Sends each message as one text frame."""

    def __init__(self, connection: "ServerConnection") -> None:
        self._connection = connection

    def send(self, body: bytes) -> None:
        """Sends a message; nobody is there to be told once the client is gone."""
        from websockets.exceptions import ConnectionClosed

        try:
            self._connection.send(body.decode("utf-8", "replace"))
        except ConnectionClosed:
            return


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _say(url: str, token: str) -> None:
    sys.stdout.write(f"wf lsp listens at {url}\ntoken: {token}\n")
    sys.stdout.flush()
