"""Frames in, frames out, and the order in which the server works: all input that is there, then one unit of work."""

import asyncio
import json
import re
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, BinaryIO

_LENGTH = re.compile(rb"content-length\s*:\s*(\d+)\s*", re.IGNORECASE)
MOST_BYTES = 256 * 1024 * 1024
"""A frame that claims to be larger ends the session: whatever follows could not be told apart any more."""


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message, None at the end of the stream. Unknown headers are skipped."""
    length = None
    while True:
        line = stream.readline(8192)
        if not line:
            return None
        if line in (b"\r\n", b"\n"):
            if length is not None:
                break
            continue
        match = _LENGTH.fullmatch(line)
        if match:
            length = int(match[1])
    if length > MOST_BYTES:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


class Inbox:
    """Messages that a reading thread hands to the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._messages: deque[bytes] = deque()
        self._news = asyncio.Event()
        self.closed = False

    def start(self, stream: BinaryIO) -> None:
        """Begins to read; the thread ends with the stream."""
        threading.Thread(target=self._read, args=(stream,), name="wf-lsp-reader", daemon=True).start()

    def _read(self, stream: BinaryIO) -> None:
        while (frame := read_frame(stream)) is not None:
            self._messages.append(frame)
            self._loop.call_soon_threadsafe(self._news.set)
        self.closed = True
        self._loop.call_soon_threadsafe(self._news.set)

    def take(self) -> list[bytes]:
        """All messages that are there."""
        taken = []
        while self._messages:
            taken.append(self._messages.popleft())
        return taken

    def wake(self) -> None:
        """Lets the loop look for work."""
        self._news.set()

    async def wait(self) -> None:
        """Until something comes in, or somebody wakes the loop."""
        await self._news.wait()
        self._news.clear()


async def work(inbox: Inbox, handle: Callable[[list[Any]], None], step: Callable[[], bool]) -> None:
    """Handles input as it comes; while there is none, does one unit of work at a time (`step`: was there one)."""
    while True:
        messages = inbox.take()
        if messages:
            handle([_decoded(body) for body in messages])
        elif inbox.closed:
            return
        elif not step():
            await inbox.wait()
            continue
        await asyncio.sleep(0)


def _decoded(body: bytes) -> Any:
    """The message, or the error that it is not one."""
    try:
        return json.loads(body)
    except ValueError as error:
        return error


class Output:
    """Writes frames; nothing else may write to the stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Writes a frame at once."""
        try:
            self._stream.write(data)
            self._stream.flush()
        except (BrokenPipeError, ValueError):
            sys.exit(1)

    def close(self) -> None:
        """Nothing to do: the stream belongs to the process."""
