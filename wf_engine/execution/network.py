"""The network policy: where requests may go (language §7), decided on the address that is connected to."""

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Literal

from wf_engine.analysis.addresses import host_name
from wf_engine.execution.transport import Origin, RefusedAddressError, TransportError
from wf_engine.workspace.settings import Network

Address = IPv4Address | IPv6Address
Kind = Literal["public", "loopback", "private", "metadata", "link-local", "reserved"]

_METADATA: Final = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16")))
_LOOPBACK: Final = tuple(map(ip_network, ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128")))
_PRIVATE: Final = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"))
)
_LINK_LOCAL: Final = tuple(map(ip_network, ("169.254.0.0/16", "fe80::/10")))
_NAT64: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))
_MOST_KNOWN: Final = 4096


@dataclass(frozen=True, slots=True)
class _Rule:
    """An entry of `allow_hosts` or `deny_hosts`: a network, or a host with or without a port."""

    network: IPv4Network | IPv6Network | None
    host: str
    port: int | None

    def matches(self, host: str, port: int, address: Address | None) -> bool:
        if self.network is not None:
            return address is not None and any(each in self.network for each in _layers(address))
        return self.host == host and self.port in (None, port)


class Policy:
    """The policy that settings describe. What it says of a literal address or a denied name is remembered."""

    def __init__(self, settings: Network) -> None:
        self._allowed_kinds: set[Kind] = {"public"}
        if settings.allow_loopback:
            self._allowed_kinds.add("loopback")
        if settings.allow_private:
            self._allowed_kinds.add("private")
        self._allow = tuple(map(_rule, settings.allow_hosts))
        self._deny = tuple(map(_rule, settings.deny_hosts))
        self._known: set[Origin] = set()

    def check(self, origin: Origin) -> None:
        """Refuses what can be refused before a name is resolved. Raises RefusedAddressError."""
        if origin in self._known:
            return
        host = _plain(origin.host)
        address = _literal(host)
        if address is not None:
            self.check_address(host, origin.port, address)
        elif any(rule.matches(host, origin.port, None) for rule in self._deny):
            raise _denied(host)
        if len(self._known) < _MOST_KNOWN:
            self._known.add(origin)

    def check_address(self, host: str, port: int, address: Address) -> None:
        """Refuses an address that `host` resolved to. Raises RefusedAddressError."""
        if any(rule.matches(host, port, address) for rule in self._deny):
            raise _denied(host)
        if any(rule.matches(host, port, address) for rule in self._allow):
            return
        refused = next((kind for kind in map(_kind, _layers(address)) if kind not in self._allowed_kinds), None)
        if refused is not None:
            raise _refused(host, port, address, refused)

    async def require(self, origin: Origin) -> None:
        """Refuses a host any of whose addresses is forbidden. Raises RefusedAddressError, TransportError."""
        host = _plain(origin.host)
        if any(rule.matches(host, origin.port, None) for rule in self._allow):
            return
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, origin.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise TransportError("unresolved", str(error)) from error
        for entry in found:
            self.check_address(host, origin.port, ip_address(str(entry[4][0])))

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host that requests may go to. Raises RefusedAddressError where there is none, or OSError."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        allowed: list[str] = []
        refusal: RefusedAddressError | None = None
        for text in dict.fromkeys(str(entry[4][0]) for entry in found):
            try:
                self.check_address(_plain(host), port, ip_address(text))
            except RefusedAddressError as error:
                refusal = refusal or error
            else:
                allowed.append(text)
        if refusal is not None and not allowed:
            raise refusal
        return allowed


def _rule(text: str) -> _Rule:
    try:
        return _Rule(ip_network(text.strip("[]"), strict=False), "", None)
    except ValueError:
        pass
    host, colon, port = text.rpartition(":")
    if colon and port.isdecimal():
        return _Rule(None, _plain(host.strip("[]")), int(port))
    return _Rule(None, _plain(text), None)


def _plain(host: str) -> str:
    host = host.lower().removesuffix(".")
    return host if host.isascii() else host_name(host) or host


def _literal(host: str) -> Address | None:
    """The address that a host is the text of. Other spellings of addresses, such as 0x7f.1, are refused."""
    try:
        return ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        if ":" in host or last.isdecimal() or last.startswith("0x"):
            message = f"`{host}` is no host: it is an unusual way to write an address."
            raise RefusedAddressError(message, "Write the address as four numbers from 0 to 255, or a name.") from None
    return None


def _layers(address: Address) -> Iterable[Address]:
    """The address, and the IPv4 address in it that a gateway on the way would pass it on to."""
    yield address
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if any(address in network for network in _NAT64) and int(address) > 1:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _kind(address: Address) -> Kind:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address in _NAT64[0]):
        return "public"  # what counts is the address inside, which is the next layer
    if address in _METADATA:
        return "metadata"
    for kind, networks in _NETWORKS:
        if any(address in network for network in networks):
            return kind
    return "public" if address.is_global and not address.is_multicast else "reserved"


_NETWORKS: Final[tuple[tuple[Kind, tuple[IPv4Network | IPv6Network, ...]], ...]] = (
    ("loopback", _LOOPBACK),
    ("private", _PRIVATE),
    ("link-local", _LINK_LOCAL),
)
_WORDS: Final[dict[Kind, str]] = {
    "loopback": "an address of this machine",
    "private": "an address of a private network",
    "metadata": "an address at which clouds hand out credentials",
    "link-local": "a link-local address",
    "reserved": "an address that is reserved",
}


def _refused(host: str, port: int, address: Address, kind: Kind) -> RefusedAddressError:
    is_literal = host == str(address)
    where = f"`{host}` is {_WORDS[kind]}" if is_literal else f"`{host}` resolves to {address}, {_WORDS[kind]}"
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    line = f'`allow_hosts = ["{shown}"]`'
    if kind in {"loopback", "private"}:
        line = f"`allow_{kind} = true` or {line}"
    suggestion = f"If the workflow is to call it, add {line} under `[network]` in wf.toml."
    return RefusedAddressError(f"{where}; the network policy does not let requests go there.", suggestion)


def _denied(host: str) -> RefusedAddressError:
    message = f"`deny_hosts` forbids requests to `{host}`."
    return RefusedAddressError(
        message, "If it is to be called, take it out of `deny_hosts` under `[network]` in wf.toml."
    )
