"""Serving the application on a real socket with uvicorn."""

import asyncio
import socket
import struct
import threading
from asyncio.trsock import TransportSocket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from wf_engine.testapi.application import build
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.delivery import ABORT
from wf_engine.text import WfError

_KEEP_ALIVE_SECONDS = 75
"""Longer than uvicorn's 5: a client that reuses a connection as it closes would see an error nobody asked for."""

_LINGER_NOT = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends a reset instead of an orderly end."""


def serve_until_stopped(host: str, port: int, ready: Callable[[str], None], behaviour: JsonObject) -> None:
    """Serves in this thread until SIGINT or SIGTERM."""
    listener = _listen(host, port)
    _Server(lambda: ready(_url(listener)), behaviour).run(sockets=[listener])


@contextmanager
def serving_in_background(host: str, port: int) -> Iterator[str]:
    """Serves in a thread of its own; the socket listens before it starts, so nobody has to wait for it."""
    listener = _listen(host, port)
    url = _url(listener)
    server = _Server(lambda: None, {})
    thread = threading.Thread(target=server.run, args=([listener],), name="wf-test-api", daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        hint = "choose another port with --port; 0 takes a free one"
        raise WfError(f"The test API cannot listen on {host}:{port}: {reason}.", hint=hint) from problem


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """uvicorn without its logging and lifespan, that says when it is ready and ends at once."""

    def __init__(self, ready: Callable[[], None], behaviour: JsonObject) -> None:
        super().__init__(
            uvicorn.Config(
                build(behaviour),
                loop="asyncio",
                http=_Connection,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A request that hangs would otherwise keep the server alive for as long as its client waits.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        await super().shutdown(sockets)


class _Connection(H11Protocol):
    """A connection that the application may cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in its base
        super().connection_made(transport)
        # asyncio forgoes this on sockets handed to it; head and body then lie 40 ms apart (Nagle, delayed ACK).
        self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        serve, abort = self.app, self._abort

        async def application(scope: Any, receive: Any, send: Any) -> None:
            scope["extensions"] = {ABORT: abort}
            await serve(scope, receive, send)

        self.app = application

    def _abort(self) -> None:
        self._socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self.transport.abort()

    def _socket(self) -> TransportSocket:
        connected: TransportSocket = self.transport.get_extra_info("socket")
        return connected
