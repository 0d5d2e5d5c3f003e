"""Runs happen in a child process: a run cannot slow a keystroke, and to cancel is a signal."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import Any

_ENTRY = "import sys; from wf_engine.cli import main; sys.exit(main())"
_GRACE = 5.0
"""Seconds that a cancelled run has to end before it is killed."""
_LINE_LIMIT = 64 * 1024 * 1024


class Child:
    """A `wf` command that answers in JSON. `errors` is what it said on stderr, once it has ended."""

    def __init__(self, arguments: Sequence[str], folder: str | None, environ: Mapping[str, str] | None = None) -> None:
        self._arguments = arguments
        self._environ = {**os.environ, **(environ or {})}
        self._folder = folder if folder and os.path.isdir(folder) else None  # noqa: PTH112 - a folder, as the OS names it
        self._process: asyncio.subprocess.Process | None = None
        self._starting = asyncio.Lock()
        self._stopped = False
        self.errors = ""

    async def lines(self, request: Any) -> AsyncGenerator[dict[str, Any], None]:
        """Hands a request to the command on stdin, and gives the objects that it prints, a line each.

        Its stdin stays open: with it the command sees whether we still live.
        """
        process, stdin, stdout = await self.begun()
        errors = asyncio.create_task(_all(process.stderr))
        try:
            await _written(stdin, json.dumps({**request, "attached": True}).encode() + b"\n")
            async for line in stdout:
                value = _json(line)
                if isinstance(value, dict):
                    yield value
        finally:
            stdin.close()
        self.errors = await errors
        await process.wait()

    async def whole(self) -> Any:
        """Everything that the command prints as one JSON value; None if it is none."""
        process, stdin, stdout = await self.begun()
        stdin.close()
        out, self.errors = await asyncio.gather(stdout.read(), _all(process.stderr))
        await process.wait()
        return _json(out)

    async def begun(self) -> tuple[asyncio.subprocess.Process, asyncio.StreamWriter, asyncio.StreamReader]:
        """Starts the command, if it is not started yet: it loads what it needs, and waits for its request."""
        async with self._starting:
            if self._process is None:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable, "-c", _ENTRY, *self._arguments,
                    cwd=self._folder, env=self._environ, limit=_LINE_LIMIT,
                    stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
                )  # fmt: skip
                if self._stopped:
                    self.stop()
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the pipes were asked for")
        return process, process.stdin, process.stdout

    @property
    def gone(self) -> bool:
        """Whether it was asked to end, or has ended."""
        return self._stopped or (self._process is not None and self._process.returncode is not None)

    def stop(self) -> None:
        """Asks the command to end; kills it where it does not. One that is just being started ends at once."""
        self._stopped = True
        process = self._process
        if process is not None and process.returncode is None:
            process.terminate()
            asyncio.get_running_loop().call_later(_GRACE, self._kill)

    async def ended(self) -> None:
        """Until the command has ended, which it is made to if it takes too long."""
        if self._process is None:
            return
        try:
            await asyncio.wait_for(self._process.wait(), _GRACE)
        except TimeoutError:
            self._kill()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()


async def _written(stdin: asyncio.StreamWriter, data: bytes) -> None:
    with suppress(ConnectionError):  # it ended without reading; what it says on stderr tells why
        stdin.write(data)
        await stdin.drain()


async def _all(stream: asyncio.StreamReader | None) -> str:
    return (await stream.read()).decode(errors="replace").strip() if stream else ""


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None
