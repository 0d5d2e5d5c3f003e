"""The transport on httpx; the one place of the engine that imports it."""

import asyncio
import errno
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

import httpx

from wf_engine.execution.transport import Request, Resolve, TransportError, Trouble

_LIMITS = httpx.Limits(max_connections=1024, max_keepalive_connections=256)
_PIECE = 256 * 1024
"""The most bytes of a body that are unpacked at once."""
_GZIP, _DEFLATE = 31, 15
_KINDS: Mapping[str, int] = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _DEFLATE}

Key = tuple[str, str, int, str | None]


class HttpxTransport:
    """Connections are kept alive, apart for each host: they go to its checked addresses, and TLS names the host."""

    def __init__(self, resolve: Resolve, tls: ssl.SSLContext) -> None:
        self._resolve = resolve
        self._tls = tls
        self._pools: dict[Key, httpx.AsyncHTTPTransport] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def send(self, request: Request) -> "_Exchange":
        """Sends the request; see `Transport`."""
        origin = request.origin
        pool = self._pool((*origin, request.proxy))
        if request.proxy is not None:
            return await self._try(pool, request, origin.host)
        try:
            addresses = await self._resolve(origin.host, origin.port)
        except socket.gaierror as error:
            raise TransportError("unresolved", str(error)) from error
        trouble = TransportError("unresolved", "it has no address")
        for address in addresses:
            try:
                return await self._try(pool, request, address)
            except TransportError as error:
                if error.trouble not in {"refused", "unreachable"}:
                    raise
                trouble = error
        raise trouble

    async def close(self) -> None:
        """Closes all connections."""
        await asyncio.gather(*self._closing, return_exceptions=True)
        for pool in self._pools.values():
            await pool.aclose()

    def _pool(self, key: Key) -> httpx.AsyncHTTPTransport:
        pool = self._pools.get(key)
        if pool is None:
            proxy = key[-1]
            pool = httpx.AsyncHTTPTransport(verify=self._tls, limits=_LIMITS, proxy=proxy)
            self._pools[key] = pool
        return pool

    async def _try(self, pool: httpx.AsyncHTTPTransport, request: Request, address: str) -> "_Exchange":
        sent = httpx.Request(
            request.method,
            httpx.URL(request.url).copy_with(host=address),
            headers=_headers(request),
            content=request.body,
            extensions={"sni_hostname": request.origin.host, "timeout": {}},
        )
        try:
            response = await pool.handle_async_request(sent)
        except (httpx.TransportError, OSError, ValueError) as error:
            raise TransportError(_trouble(error), _text(error)) from error
        return _Exchange(response, self._let_go)

    def _let_go(self, response: httpx.Response) -> None:
        """Closes a connection whose answer nobody reads to its end, which httpx does in the background only."""
        task = asyncio.get_running_loop().create_task(response.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _headers(request: Request) -> list[tuple[bytes, bytes]]:
    host = request.url.partition("://")[2].partition("/")[0].partition("?")[0]
    headers = {"Host": host, "User-Agent": "wf", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    own = {name.lower() for name in request.headers}
    own_or_ours = {name: value for name, value in headers.items() if name.lower() not in own} | dict(request.headers)
    return [(name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in own_or_ours.items()]


class _Exchange:
    __slots__ = ("_let_go", "_packed", "_pieces", "_response", "_unpacker", "headers", "status")

    def __init__(self, response: httpx.Response, let_go: Callable[[httpx.Response], None]) -> None:
        self._response = response
        self._let_go = let_go
        self.status = response.status_code
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in response.headers.items()}
        kind = _KINDS.get(self.headers.get("content-encoding", "").strip().lower())
        self._unpacker: zlib._Decompress | None = None if kind is None else zlib.decompressobj(kind)
        self._packed = b""
        self._pieces: AsyncIterator[bytes] = response.aiter_raw()

    async def more(self) -> bytes:
        try:
            while True:
                packed = self._packed or await anext(self._pieces, b"")
                if self._unpacker is None or not packed:
                    return packed
                piece = self._unpacker.decompress(packed, _PIECE)
                self._packed = self._unpacker.unconsumed_tail
                if piece:
                    return piece
        except zlib.error as error:
            raise TransportError("protocol", f"the body is packed wrongly: {error}") from error
        except (httpx.TransportError, httpx.StreamError, OSError) as error:
            raise TransportError("truncated", _text(error)) from error

    def close(self) -> None:
        self._let_go(self._response)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, what caused that, and so on."""
    found: list[BaseException] = [error]
    for each in found:  # grows while it is gone through
        yield each
        causes = [each.__cause__ or each.__context__, *getattr(each, "exceptions", ())]
        found += [cause for cause in causes if cause is not None and cause not in found]


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, httpx.ProxyError):
        return "proxy"
    if isinstance(error, httpx.ConnectError):
        return _unconnected(error)
    if isinstance(error, httpx.ReadError | httpx.WriteError | httpx.CloseError | OSError):
        return "reset"
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" in str(error).lower():
        return "reset"
    return "protocol"


def _unconnected(error: Exception) -> Trouble:
    chain = list(_chain(error))
    if any(isinstance(each, ssl.SSLError) for each in chain):
        return "tls"
    if any(isinstance(each, socket.gaierror) for each in chain):
        return "unresolved"
    return "refused" if any(getattr(each, "errno", None) == errno.ECONNREFUSED for each in chain) else "unreachable"


def _text(error: Exception) -> str:
    return str(error) or type(error).__name__
