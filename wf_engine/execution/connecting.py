"""How requests leave: whom TLS trusts, which proxy they go through, and which client carries them (`[network]`)."""

import ssl
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from wf_engine.execution.network import Policy
from wf_engine.execution.transport import Origin, Transport
from wf_engine.text import WfError
from wf_engine.workspace.settings import Network

FROM_ENVIRONMENT = "env"

ProxyOf = Callable[[Origin], str | None]
"""The proxy for requests to an origin, None for none."""


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Whom to trust. Raises WfError where the file holds no certificates."""
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            message = f"The certificates in `{ca_file}` cannot be read: {error}."
            raise WfError(message, hint="`ca_file` under `[network]` names a file in PEM format.") from None
    return context


def proxy_of(setting: str | None) -> ProxyOf | None:
    """Which proxy requests go through, None for never one. Raises WfError for what is no address of a proxy."""
    if setting is None:
        return None
    if setting == FROM_ENVIRONMENT:
        return _from_environment
    parts = urlsplit(setting)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"`{setting}` is no address of a proxy."
        raise WfError(message, hint="Write it as `http://host:port`, or `env` for what the environment says.")
    return lambda _: setting


def _from_environment(origin: Origin) -> str | None:
    if proxy_bypass(f"{origin.host}:{origin.port}"):
        return None
    return getproxies().get(origin.scheme)


def connect(network: Network, policy: Policy) -> Transport:
    """A new transport; to be made within the event loop that uses it. Raises WfError."""
    tls = tls_context(network.ca_file)
    if network.transport == "httpx":  # only who calls pays for a client, and for one
        from wf_engine.execution.httpx_transport import HttpxTransport

        return HttpxTransport(policy.resolve, tls)
    from wf_engine.execution.aiohttp_transport import AiohttpTransport

    return AiohttpTransport(policy.resolve, tls)
