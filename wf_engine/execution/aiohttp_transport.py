"""The transport on aiohttp; the one place that imports it."""

import errno
import socket
import ssl
from collections.abc import Mapping
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from wf_engine.execution.transport import Request, Resolve, TransportError, Trouble

_CONNECTIONS = 1024
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None)
_REFUSED = frozenset({errno.ECONNREFUSED})


class AiohttpTransport:
    """Connections are kept alive and shared. Make it within the event loop that uses it."""

    def __init__(self, resolve: Resolve, tls: ssl.SSLContext) -> None:
        self._tls = tls
        self._direct = _session(aiohttp.TCPConnector(limit=_CONNECTIONS, resolver=_CheckedResolver(resolve), ssl=tls))
        self._proxied: aiohttp.ClientSession | None = None

    async def send(self, request: Request) -> "_Exchange":
        """Sends the request; see `Transport`."""
        session = self._direct if request.proxy is None else self._through_proxies()
        try:
            response = await session.request(
                request.method,
                URL(request.url, encoded=True),
                headers=request.headers,
                data=request.body,
                allow_redirects=False,
                proxy=request.proxy,
            )
        except (aiohttp.ClientError, OSError) as error:
            raise _translated(error) from error
        except ValueError as error:
            raise TransportError("protocol", str(error)) from error
        return _Exchange(response)

    async def close(self) -> None:
        """Closes all connections."""
        await self._direct.close()
        if self._proxied is not None:
            await self._proxied.close()

    def _through_proxies(self) -> aiohttp.ClientSession:
        """Connects to proxies alone, which are whatever the settings say; who is behind them was checked before."""
        if self._proxied is None:
            self._proxied = _session(aiohttp.TCPConnector(limit=_CONNECTIONS, ssl=self._tls))
        return self._proxied


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=_NO_TIMEOUT,
        headers={"User-Agent": "wf"},
        skip_auto_headers=("Content-Type",),
    )


class _Exchange:
    __slots__ = ("_response", "headers", "status")

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.status = response.status
        self.headers = _headers(response)

    async def more(self) -> bytes:
        try:
            return await self._response.content.readany()
        except (aiohttp.ClientError, OSError) as error:
            raise TransportError("truncated", _text(error)) from error

    def close(self) -> None:
        self._response.close()


def _headers(response: aiohttp.ClientResponse) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


class _CheckedResolver(AbstractResolver):
    """Gives aiohttp the checked addresses of a host, which are then the ones it connects to."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - aiohttp's signature
    ) -> list[ResolveResult]:
        return [_result(host, port, address) for address in await self._resolve(host, port)]

    async def close(self) -> None:
        pass


def _result(host: str, port: int, address: str) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=flags)


def _translated(error: Exception) -> TransportError:
    return TransportError(_trouble(error), _text(error))


def _trouble(error: Exception) -> Trouble:
    match error:
        case aiohttp.ClientHttpProxyError():
            return "proxy"
        case aiohttp.ClientConnectorDNSError():
            return "unresolved"
        case aiohttp.ClientSSLError():
            return "tls"
        case aiohttp.ClientConnectorError(os_error=ssl.SSLError()):
            return "tls"
        case aiohttp.ClientConnectorError(os_error=cause):
            return "refused" if _errnos(cause) <= _REFUSED else "unreachable"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError() | OSError():
            return "reset"
        case aiohttp.ClientPayloadError():
            return "truncated"
    return "protocol"


def _errnos(error: Any) -> frozenset[int | None]:
    """The error's number, or those of the attempts it stands for: a host may have several addresses."""
    inner = getattr(error, "exceptions", None)
    return frozenset(each.errno for each in inner) if inner else frozenset({error.errno})


def _text(error: Exception) -> str:
    return str(error) or type(error).__name__
