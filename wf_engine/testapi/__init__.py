"""A local HTTP service to call: users, orders, stock, payments, delays and every kind of failure.

Examples, the demo and the engine's own tests run against it over real sockets. What it answers depends on the requests
it got since it started (or since `POST /reset`) and on nothing else: no clock, no chance without a seed.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["DEFAULT_HOST", "DEFAULT_PORT", "app", "running", "serve"]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8085


def app() -> "Starlette":
    """A new application with its own state. `/reset-connection` and its like need the server of `serve`."""
    from wf_engine.testapi.application import build

    return build({})


def serve(
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    ready: Callable[[str], None] = print,
    behaviour: Mapping[str, int | str] = MappingProxyType({}),
) -> None:
    """Serves until interrupted; blocks. `ready` gets the base URL once requests are taken; port 0 takes a free one.

    `behaviour` is how every endpoint behaves unless it is asked otherwise: `{delay, fail, failTimes}`, as in
    `PUT /behaviour`. Raises WfError where it makes no sense or the address cannot be bound, KeyboardInterrupt after
    Ctrl-C.
    """
    from wf_engine.testapi.behaviour import require_sense
    from wf_engine.testapi.serving import serve_until_stopped

    require_sense(behaviour)
    serve_until_stopped(host, port, ready, dict(behaviour))


@contextmanager
def running(port: int = 0) -> Iterator[str]:
    """Serves in a background thread on 127.0.0.1 and gives the base URL, such as `http://127.0.0.1:40123`.

    Leaving cuts every open connection. Raises WfError where the port is taken.
    """
    from wf_engine.testapi.serving import serving_in_background

    with serving_in_background(DEFAULT_HOST, port) as url:
        yield url
