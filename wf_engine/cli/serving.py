"""`wf test-api`."""

from typing import Annotated

import typer

from wf_engine import testapi
from wf_engine.cli import terminal
from wf_engine.cli.options import Json, command
from wf_engine.text import WfError

_PARTS = ("starlette", "uvicorn")


@command()
def serve_test_api(
    host: Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")] = testapi.DEFAULT_HOST,
    port: Annotated[
        int, typer.Option(metavar="PORT", help="The port; 0 takes a free one.", min=0, max=65535)
    ] = testapi.DEFAULT_PORT,
    delay: Annotated[
        int, typer.Option(metavar="MS", help="Wait so many milliseconds before each answer.", min=0, max=600_000)
    ] = 0,
    fail: Annotated[
        str | None,
        typer.Option(metavar="HOW", help="Fail each request: a status such as `503`, or `reset`, `hang`, `garbage`, …"),
    ] = None,
    fail_times: Annotated[
        int | None,
        typer.Option(metavar="N", help="Fail only so many times for each address, then answer.", min=0),
    ] = None,
    as_json: Json = False,
) -> int:
    """Serve a local HTTP service for examples and tests: users, orders, stock, payments, delays, failures.

    It keeps everything in memory; Ctrl-C stops it. A request may ask for its own delay or failure (`?delay=300`,
    `X-Test-Fail: 503`), and `PUT /behaviour` sets them for an endpoint while it runs; `GET /` says how.
    """
    behaviour = {"delay": delay or None, "fail": fail, "failTimes": fail_times}
    said = {name: value for name, value in behaviour.items() if value is not None}
    try:
        testapi.serve(host, port, _say_json if as_json else _say, said)
    except ModuleNotFoundError as error:
        if error.name not in _PARTS:
            raise
        message = f"The test API needs {error.name}, which is not installed."
        raise WfError(message, hint='`pip install "wf[testapi]"` brings it.') from None
    except KeyboardInterrupt:
        pass  # the way in which a server is stopped
    return 0


def _say_json(url: str) -> None:
    terminal.print_line({"url": url})


def _say(url: str) -> None:
    out = terminal.stdout()
    out.print(f"The test API listens at {url}/, which lists its endpoints. Ctrl-C stops it.")
    out.file.flush()
