"""Runs happen in a child process: a run cannot slow a keystroke, and to cancel is a signal."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

_ENTRY = "import sys; from wf_engine.cli import main; sys.exit(main())"
_GRACE = 3.0
"""Seconds that a cancelled run has to end before it is killed."""
_LINE_LIMIT = 64 * 1024 * 1024


class Child:
    """A `wf` command that answers in JSON lines."""

    def __init__(self, arguments: Sequence[str], folder: str | None) -> None:
        self._arguments = arguments
        self._folder = folder if folder and os.path.isdir(folder) else None
        self._process: asyncio.subprocess.Process | None = None
        self.errors = ""

    async def lines(self, request: Any = None) -> AsyncIterator[dict[str, Any]]:
        """Starts the command, hands it `request` on stdin, and gives the objects that it prints."""
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _ENTRY, *self._arguments, cwd=self._folder,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, limit=_LINE_LIMIT,
        )  # fmt: skip
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise AssertionError("the pipes were asked for")
        errors = asyncio.create_task(process.stderr.read())
        process.stdin.write(json.dumps(request).encode() if request is not None else b"")
        process.stdin.close()
        async for line in process.stdout:
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value
        self.errors = (await errors).decode(errors="replace")
        await process.wait()

    async def whole(self, request: Any = None) -> tuple[Any, str]:
        """Everything that the command prints as one JSON value (None if it is none), and what it says on stderr."""
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _ENTRY, *self._arguments, cwd=self._folder,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, errors = await process.communicate(json.dumps(request).encode() if request is not None else b"")
        try:
            return json.loads(out), errors.decode(errors="replace")
        except ValueError:
            return None, errors.decode(errors="replace")

    def stop(self) -> None:
        """Asks the command to end; kills it where it does not."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            asyncio.get_running_loop().call_later(_GRACE, self._kill)
        except RuntimeError:
            self._kill()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
