"""What stands once above every transport: network policy, redirects, the limit of a body (language §2, §7)."""

import asyncio
import re
from typing import Final

from msgspec.structs import replace

from wf_engine.execution.connecting import ProxyOf
from wf_engine.execution.network import Policy
from wf_engine.execution.origins import joined, origin_of
from wf_engine.execution.transport import Exchange, Request, Response, Transport, TransportError

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOLLOWING: Final = frozenset({"GET", "HEAD"})
_MOST_REDIRECTS: Final = 5
_CREDENTIALS: Final = frozenset({"authorization", "cookie", "proxy-authorization"})
_ON_THE_WAY: Final = frozenset({"refused", "unreachable", "unresolved"})
"""Troubles that a proxy had, where there is one: it is who the connection is made to."""
_USER: Final = re.compile(r"//[^/\s'\"]*@")
"""The credentials in the address of a proxy, which libraries repeat in their messages."""
_OF_BODIES: Final = frozenset({"content-type", "content-encoding", "content-language"})
_TURN: Final = 256 * 1024
"""Bytes of a body after which others on the event loop have a turn."""
_SHOWN: Final = 200
"""Characters of a target that a message shows."""


class Client:
    """Sends requests where the policy lets them go and collects answers of at most `limit` bytes."""

    __slots__ = ("_limit", "_policy", "_proxy_of", "_transport")

    def __init__(self, transport: Transport, policy: Policy, limit: int, proxy_of: ProxyOf | None) -> None:
        self._transport = transport
        self._policy = policy
        self._limit = limit
        self._proxy_of = proxy_of

    async def send(self, request: Request) -> Response:
        """The answer to a request, redirects followed. Raises TransportError, RefusedAddressError."""
        exchange = await self._send(request)
        if exchange.status in REDIRECTS and request.method in _FOLLOWING and exchange.status not in request.final:
            return await self._follow(request, exchange)
        return await self._collect(request, exchange)

    async def _send(self, request: Request) -> Exchange:
        origin = request.origin
        self._policy.check(origin)
        if self._proxy_of is not None:
            proxy = self._proxy_of(origin)
            if proxy is not None:
                # A proxy connects to what the name means to it: it must mean nothing forbidden here.
                await self._policy.require(origin)
                return await self._send_through(replace(request, proxy=proxy))
        return await self._transport.send(request)

    async def _send_through(self, request: Request) -> Exchange:
        try:
            return await self._transport.send(request)
        except TransportError as error:
            trouble = "proxy" if error.trouble in _ON_THE_WAY else error.trouble
            raise TransportError(trouble, _USER.sub("//", error.detail)) from None

    async def _follow(self, request: Request, exchange: Exchange) -> Response:
        followed = REDIRECTS - request.final
        for _ in range(_MOST_REDIRECTS):
            target = exchange.headers.get("location")
            if target is None or exchange.status not in followed:
                return await self._collect(request, exchange)
            exchange.close()
            request = redirected(request, target)
            exchange = await self._send(request)
        if exchange.status not in followed:
            return await self._collect(request, exchange)
        exchange.close()
        raise TransportError("protocol", f"the service redirected more than {_MOST_REDIRECTS} times")

    async def _collect(self, request: Request, exchange: Exchange) -> Response:
        try:
            body = b"" if request.method == "HEAD" else await self._body(exchange)
        except BaseException:
            exchange.close()
            raise
        if request.method == "HEAD":
            exchange.close()
        return Response(exchange.status, exchange.headers, body)

    async def _body(self, exchange: Exchange) -> bytes:
        announced = exchange.headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > self._limit:
            raise self._too_large()
        first = await exchange.more()
        second = await exchange.more() if first else b""
        if not second and len(first) <= self._limit:
            return first
        return await self._rest(exchange, [first, second])

    async def _rest(self, exchange: Exchange, pieces: list[bytes]) -> bytes:
        length = sum(map(len, pieces))
        turn = length + _TURN
        while pieces[-1]:
            if length > self._limit:
                break
            if length > turn:  # what is there already is read without waiting, and others want a turn
                turn = length + _TURN
                await asyncio.sleep(0)
            pieces.append(await exchange.more())
            length += len(pieces[-1])
        if length > self._limit:
            raise self._too_large()
        return b"".join(pieces)

    def _too_large(self) -> TransportError:
        return TransportError("tooLarge", f"the body has more than {self._limit:,} bytes")


def redirected(request: Request, target: str) -> Request:
    """The GET or HEAD to where a redirect leads; what is meant for one origin, no other gets. Raises TransportError."""
    try:
        url = joined(request.url, target)
        origin = origin_of(url)
    except ValueError as error:
        shown = target if len(target) <= _SHOWN else target[:_SHOWN] + "…"
        raise TransportError("protocol", f"the service redirected to `{shown}`, which {error}") from None
    if origin == request.origin:
        return replace(request, url=url)
    hidden = _CREDENTIALS | request.sensitive | _OF_BODIES
    headers = {name: value for name, value in request.headers.items() if name.lower() not in hidden}
    return replace(request, url=url, origin=origin, headers=headers, body=None)
