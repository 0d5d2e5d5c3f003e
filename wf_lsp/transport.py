"""Frames in, frames out, and the order in which the server works: all input that is there, then one unit of work."""

import asyncio
import os
import re
import select
import threading
import time
from collections import deque
from collections.abc import Callable

_LENGTH = re.compile(rb"content-length\s*:\s*(\d+)\s*", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"
_BLOCK = 64 * 1024
_BREATH = 0.005
"""Seconds of units after which the loop has its turn; input is looked for before each."""
MOST_BYTES = 256 * 1024 * 1024
"""A frame that claims to be larger ends the session: whatever follows could not be told apart any more."""


Frames = Callable[[], bytes | None]
"""Gives the next message, and waits for it; None where no other will come."""


class FrameReader:
    """Cuts what `read` gives, piece by piece, into messages. `read` gives at most the bytes asked for, none at the end.

    `descriptor` is what `read` reads from, where a loop can wait for it.
    """

    def __init__(self, read: Callable[[int], bytes], descriptor: int | None = None) -> None:
        self.descriptor = descriptor
        self.ended = False
        """No message can follow those that are there in whole."""
        self._read = read
        self._buffer = bytearray()
        self._searched = 0
        self._length: int | None = None
        """That of the message whose head was read."""

    def frame(self) -> bytes | None:
        """The next message, None at the end of the stream or where no message can follow. Unknown headers are skipped."""
        while (body := self.cut()) is None and not self.ended:
            self.more()
        return body

    def more(self) -> None:
        """Reads on, and waits where nothing is there yet."""
        try:
            block = self._read(_BLOCK)
        except OSError:
            block = b""  # the other end is gone without a word
        self.ended = self.ended or not block
        self._buffer += block

    def cut(self) -> bytes | None:
        """The next message that was read in whole, if there is any."""
        while self._length is None:
            head = self._head()
            if head is None:
                return None
            lengths = [match for line in head.split(b"\r\n") if (match := _LENGTH.fullmatch(line.strip()))]
            if lengths:
                self._length = int(lengths[-1][1])
        if self._length > MOST_BYTES:
            self.ended = True
            return None
        if len(self._buffer) < self._length:
            return None
        body = bytes(self._buffer[: self._length])
        del self._buffer[: self._length]
        self._length = None
        return body

    def _head(self) -> bytes | None:
        found = self._buffer.find(_HEAD_END, self._searched)
        if found < 0:
            self._searched = max(0, len(self._buffer) - len(_HEAD_END))
            self.ended = self.ended or len(self._buffer) > _BLOCK
            return None
        head = bytes(self._buffer[:found])
        del self._buffer[: found + len(_HEAD_END)]
        self._searched = 0
        return head


class Inbox:
    """Messages for the event loop: it reads them itself where it can wait for them, else a thread hands them over.

    The thread costs a change of context a message, and lock and core are not always free for it.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._messages: deque[bytes] = deque()
        self._news = asyncio.Event()
        self._reader: FrameReader | None = None
        self._ready_within: Callable[[int], bool] = bool
        """Whether there is something to read, within so many milliseconds."""
        self.closed = False

    def start(self, source: FrameReader | Frames) -> None:
        """Begins to read; a thread ends with the stream, and never holds up the end of the process."""
        if isinstance(source, FrameReader):
            if self._watched(source):
                return
            source = source.frame
        threading.Thread(target=self._run, args=(source,), name="wf-lsp-reader", daemon=True).start()

    def _watched(self, reader: FrameReader) -> bool:
        """Has the loop watch what the reader reads from; False where it cannot, as with files, and on Windows."""
        if reader.descriptor is None:
            return False
        try:
            self._loop.add_reader(reader.descriptor, self.wake)
        except (NotImplementedError, OSError):
            return False
        self._reader = reader
        poll = select.poll()
        poll.register(reader.descriptor, select.POLLIN)
        self._ready_within = lambda milliseconds: bool(poll.poll(milliseconds))
        return True

    def _run(self, frames: Frames) -> None:
        while (frame := frames()) is not None:
            self._messages.append(frame)
            self.nudge()
        self.closed = True
        self.nudge()

    def _call(self, what: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(what)
        except RuntimeError:
            return  # the loop has ended: nobody is interested any more

    def take(self) -> list[bytes]:
        """All messages that are there."""
        reader = self._reader
        while reader is not None and not reader.ended and self._ready_within(0):
            reader.more()
            while (body := reader.cut()) is not None:
                self._messages.append(body)
        if reader is not None and reader.descriptor is not None and reader.ended and not self.closed:
            self._loop.remove_reader(reader.descriptor)
            self.closed = True
            self.wake()
        taken = []
        while self._messages:
            taken.append(self._messages.popleft())
        return taken

    def await_briefly(self) -> None:
        """Until something comes in, for a millisecond at most."""
        if self._reader is not None and not self._reader.ended:
            self._ready_within(1)

    def wake(self) -> None:
        """Lets the loop look for work."""
        self._news.set()

    def nudge(self) -> None:
        """The same from another thread."""
        self._call(self.wake)

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
    inbox: Inbox,
    receive: Callable[[bytes], None],
    handle: Callable[[], bool | None],
    step: Callable[[], bool],
    busy: Callable[[], bool],
) -> None:
    """Takes in all that comes, then handles one message, or where there is none does one unit of work, and so on.

    `handle` and `step` say whether there was anything to do; None from `handle` ends it, as does the end of the input.
    `busy` says whether `step` would have anything: after a message it waits for a moment whether another one comes, for
    an editor asks for a completion right behind the edit.
    """
    breath = time.monotonic()
    answered = False
    while True:
        closed = inbox.closed
        for body in inbox.take():
            receive(body)
        handled = handle()
        if handled is None or (closed and not handled):
            return
        if handled:
            answered = True
        elif answered and busy():
            answered = False
            inbox.await_briefly()
            continue
        elif not step():
            await inbox.wait()
        elif time.monotonic() - breath < _BREATH:
            continue  # a turn of the loop costs as much as a small unit
        await asyncio.sleep(0)
        breath = time.monotonic()
