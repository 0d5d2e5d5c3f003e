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
    as_json: Json = False,
) -> int:
    """Serve a local HTTP service for examples and tests: users, orders, stock, payments, delays, failures.

    It keeps everything in memory; Ctrl-C stops it.
    """
    try:
        testapi.serve(host, port, _say_json if as_json else _say)
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
