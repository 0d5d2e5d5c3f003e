"""Frames in, frames out, and the order in which the server works: all input that is there, then one unit of work."""

import asyncio
import os
import re
import threading
from collections import deque
from collections.abc import Callable

_LENGTH = re.compile(rb"content-length\s*:\s*(\d+)\s*", re.IGNORECASE)
_BLOCK = 64 * 1024
MOST_BYTES = 256 * 1024 * 1024
"""A frame that claims to be larger ends the session: whatever follows could not be told apart any more."""


Frames = Callable[[], bytes | None]
"""Gives the next message, and waits for it; None where no other will come."""


class FrameReader:
    """Cuts what `read` gives, piece by piece, into messages. `read` gives at most the bytes asked for, none at the end."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._buffer = bytearray()

    def frame(self) -> bytes | None:
        """The next message, None at the end of the stream or where no message can follow. Unknown headers are skipped."""
        while True:
            head = self._until(b"\r\n\r\n")
            if head is None:
                return None
            lengths = [match for line in head.split(b"\r\n") if (match := _LENGTH.fullmatch(line.strip()))]
            if lengths:
                length = int(lengths[-1][1])
                return self._exactly(length) if length <= MOST_BYTES else None

    def _until(self, mark: bytes) -> bytes | None:
        searched = 0
        while (found := self._buffer.find(mark, searched)) < 0:
            searched = max(0, len(self._buffer) - len(mark))
            if len(self._buffer) > _BLOCK or not self._more():
                return None
        head = bytes(self._buffer[:found])
        del self._buffer[: found + len(mark)]
        return head

    def _exactly(self, length: int) -> bytes | None:
        while len(self._buffer) < length:
            if not self._more():
                return None
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        return body

    def _more(self) -> bool:
        block = self._read(_BLOCK)
        self._buffer += block
        return bool(block)


class Inbox:
    """Messages that a reading thread hands to the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._messages: deque[bytes] = deque()
        self._news = asyncio.Event()
        self.closed = False

    def start(self, frames: Frames) -> None:
        """Begins to read; the thread ends with the stream, and never holds up the end of the process."""
        threading.Thread(target=self._run, args=(frames,), name="wf-lsp-reader", daemon=True).start()

    def _run(self, frames: Frames) -> None:
        try:
            while (frame := frames()) is not None:
                self._messages.append(frame)
                self._call(self.wake)
        except OSError:
            pass  # the other end is gone without a word
        self.closed = True
        self._call(self.wake)

    def _call(self, what: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(what)
        except RuntimeError:
            return  # the loop has ended: nobody is interested any more

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


class Output:
    """Writes frames to a file descriptor; nothing else may write to it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.broken = False
        """The client has closed its end."""

    def send(self, body: bytes) -> None:
        """Writes a message at once."""
        data = memoryview(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError:
            self.broken = True


async def work(
    inbox: Inbox, receive: Callable[[bytes], None], handle: Callable[[], bool | None], step: Callable[[], bool]
) -> None:
    """Takes in all that comes, then handles one message, or where there is none does one unit of work, and so on.

    `handle` and `step` say whether there was anything to do; None from `handle` ends it, as does the end of the input.
    """
    while True:
        closed = inbox.closed
        for body in inbox.take():
            receive(body)
        handled = handle()
        if handled is None or (closed and not handled):
            return
        if not handled and not step():
            await inbox.wait()
        await asyncio.sleep(0)
