"""Whom a URL leads to, and how it is written where it is sent: percent-encoded, its host in letters of ASCII."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from wf_engine.analysis.addresses import host_name
from wf_engine.execution.transport import Origin

URL_CHARACTERS: Final = "/?#[]@!$&'()*+,;=:%~"
_UNREADABLE: Final = "has no host or no port that can be read"
_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}


def sendable(url: str) -> str:
    """A URL, absolute or not, as it is sent. Raises ValueError with a phrase for people."""
    before, slashes, rest = url.partition("//")
    ends = [at for at in map(rest.find, "/?#") if at >= 0]
    host = rest[: min(ends, default=len(rest))] if before == "" or before.endswith(":") else ""
    if not host.isascii():
        name, colon, port = host.partition(":")
        known = host_name(name)
        if known is None:
            raise ValueError(_no_host(name))
        url = before + slashes + known + colon + port + rest[len(host) :]
    try:
        return quote(url, safe=URL_CHARACTERS)
    except UnicodeEncodeError:
        raise ValueError("has half of a character in it (a lone surrogate)") from None


def joined(base: str, target: str) -> str:
    """Where a reference in an answer from `base` leads, without its fragment. Raises ValueError as `sendable` does."""
    reference = sendable(target)
    try:
        return urljoin(base, reference).partition("#")[0]
    except ValueError:
        raise ValueError(_UNREADABLE) from None


def origin_of(url: str) -> Origin:
    """Where an absolute URL leads. Raises ValueError with a phrase for people."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(_UNREADABLE) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise ValueError("begins neither with `http://` nor with `https://`")
    if not parts.hostname:
        raise ValueError("names no host")
    if "@" in parts.netloc:
        raise ValueError("holds a user name or password, which belong into the header `Authorization`")
    if host_name(parts.hostname) != parts.hostname:
        raise ValueError(_no_host(parts.hostname))
    if port == 0:
        raise ValueError("has the port 0, at which nothing listens")
    return Origin(scheme, parts.hostname, port or _PORTS[scheme])


def _no_host(host: str) -> str:
    return f"has the host `{host}`, which is none"
