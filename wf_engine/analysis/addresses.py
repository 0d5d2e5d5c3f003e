"""The `url` of a task, as far as its text tells: the part up to the end of the host (language §2, Request)."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from wf_engine.expressions import Embedded, Template, references
from wf_engine.syntax import Place, Scalar

_AFTER_HOST = "/?#"
_ROOTS = frozenset({"input", "secrets", "execution"})
"""What a task sees besides `env`; of other roots it is said that there are none."""
_LOCAL = ("localhost", "local", "internal", "lan", "home", "corp", "intranet", "svc", "test", "localdomain")
"""Endings of host names that are not looked up on the public internet."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with an address, in a phrase that follows it."""

    place: Place
    message: str
    hint: str | None = None


def fault_of(node: Scalar, written: str | Template) -> Fault | None:
    """What is wrong with an address; None where nothing is, or where it cannot be told before it runs."""
    parts = written.parts if isinstance(written, Template) else (written,)
    if isinstance(written, Template) and written.problems:
        return None
    before = ""
    for part in parts:
        if isinstance(part, Embedded):
            if _host_is_over(before):
                break
            if any(root in _ROOTS for root, _ in references(part.expr)):
                hint = "put the part up to the host into `[env]` in wf.toml, and write `{{env.NAME}}/…`"
                return Fault(node.place_of(part.span), "only `env` may stand before the end of the host", hint)
            before += _BLANK
        else:
            before += part
    if before.startswith(_BLANK):
        return _blank(node, parts)  # the scheme is in a variable
    return _fault(node, before.replace(_BLANK, "x")) or _blank(node, parts)


_BLANK = "\ufffc"
"""Stands where a value will stand."""


def _host_is_over(text: str) -> bool:
    """Whether the host has ended; where the address begins with a value, a mark behind it ends it."""
    _, separator, rest = text.partition("://")
    if not separator and text.startswith(_BLANK):
        rest = text
    return any(mark in rest for mark in _AFTER_HOST)


def _fault(node: Scalar, text: str) -> Fault | None:
    scheme, separator, rest = text.partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        hint = "write the whole address, such as `https://example.com/users`, or begin with `{{env.NAME}}`"
        shown = f"`{_cut(text)}`" if text else "an empty address"
        return Fault(node.place, f"{shown} begins neither with `http://` nor with `https://`", hint)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Fault(node.place, f"`{_cut(text)}` names no host that can be read", "such as `https://example.com`")
    if not host or (port == 0):
        return Fault(node.place, f"`{_cut(text)}` names no host", "such as `https://example.com`")
    if "@" in parts.netloc:
        hint = "give them in the header `Authorization`, from `secrets`"
        return Fault(node.place, "a user name or password has no place in a URL", hint)
    if host_name(host) is None:
        return Fault(node.place, f"`{_cut(rest)}` begins with a host that is none", "such as `example.com`")
    return None


def host_name(host: str) -> str | None:
    """A host as it is looked up, an international name in its ASCII form (`xn--…`); None where it is no host."""
    if not host.isascii():
        import idna  # its tables are large, and such names are rare

        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            return None
    return host if host.isprintable() and not any(mark in host for mark in " \\%<>\"'`{}|^") else None


def _blank(node: Scalar, parts: tuple[str | Embedded, ...]) -> Fault | None:
    """White space and control characters, which would be sent as something else."""
    bad = next((c for part in parts if isinstance(part, str) for c in part if c.isspace() or not c.isprintable()), None)
    if bad is None:
        return None
    what = "a space" if bad == " " else "a line end" if bad in "\r\n" else "a character that cannot be seen"
    return Fault(node.place, f"there is {what} in this address", "write a space in a URL as `%20`")


def public_host(written: str | Template) -> str | None:
    """The host of a literal `http://` address on the public internet; None where it is another."""
    parts = written.parts if isinstance(written, Template) else (written,)
    first = parts[0] if parts and isinstance(parts[0], str) else ""
    if not first.lower().startswith("http://") or (len(parts) > 1 and not _host_is_over(first)):
        return None
    try:
        host = urlsplit(first).hostname or ""
    except ValueError:
        return None
    return host if _is_public(host) else None


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.rstrip(".") and host.rstrip(".").rpartition(".")[2] not in _LOCAL


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN = 40
