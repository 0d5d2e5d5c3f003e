"""What carries requests: the protocol that every HTTP client is made to fit, and the errors it may raise.

A transport sends one request and hands the answer on piece by piece. Network policy, redirects, limits and timeouts
stand once above it, in `client`.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, NamedTuple, Protocol

import msgspec

Trouble = Literal["refused", "unreachable", "unresolved", "tls", "reset", "truncated", "protocol", "tooLarge", "proxy"]

BEFORE_SENDING: frozenset[Trouble] = frozenset({"refused", "unreachable", "unresolved", "tls", "proxy"})
"""Troubles after which it is certain that the service never saw the request."""

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port to the addresses that may be connected to, all of them checked. Raises RefusedAddressError or OSError."""


class Origin(NamedTuple):
    """Scheme, host and port: whom a request goes to."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        standard = self.port == _PORTS.get(self.scheme)
        return f"{self.scheme}://{host}" if standard else f"{self.scheme}://{host}:{self.port}"


_PORTS: Mapping[str, int] = {"http": 80, "https": 443}


class Request(msgspec.Struct, frozen=True):
    """A request as it goes out; `url` is percent-encoded throughout and begins with `origin`."""

    method: str
    url: str
    origin: Origin
    headers: Mapping[str, str] = {}
    body: bytes | None = None
    sensitive: frozenset[str] = frozenset()
    """Headers, in lower case, that no other origin may see."""
    final: frozenset[int] = frozenset()
    """Redirects by status code that are not followed: the task takes them for its answer."""
    proxy: str | None = None
    """The proxy that it goes through."""


class Response(msgspec.Struct, frozen=True):
    """A whole answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Exchange(Protocol):
    """An answer whose head is there and whose body is still to be read. Header names are in lower case."""

    @property
    def status(self) -> int:
        """The status code."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; of those that came several times, the values joined with commas."""

    async def more(self) -> bytes:
        """The next piece of the body, unpacked and of bounded size; empty at the end. Raises TransportError."""

    def close(self) -> None:
        """Gives the connection up if the body has not been read to its end."""


class Transport(Protocol):
    """An HTTP client. It follows no redirect, keeps no cookies, and connects only to addresses it was given."""

    async def send(self, request: Request) -> Exchange:
        """Sends the request and waits for the head of the answer. Raises TransportError, RefusedAddressError.

        Being cancelled closes the connection.
        """

    async def close(self) -> None:
        """Closes all connections."""


class WholeAnswer:
    """An exchange that is already there: what mocks, recordings and stubs answer with."""

    __slots__ = ("_body", "headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self._body = body

    async def more(self) -> bytes:
        """The body, then nothing."""
        body, self._body = self._body, b""
        return body

    def close(self) -> None:
        """Nothing is open."""


class TransportError(Exception):
    """A request without an answer. `detail` is what the system said, for people who look closer."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail

    @property
    def sent(self) -> bool:
        """Whether the service may have seen the request."""
        return self.trouble not in BEFORE_SENDING


class RefusedAddressError(Exception):
    """The network policy does not let a request go there; `suggestion` names the line of wf.toml that would."""

    def __init__(self, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion
