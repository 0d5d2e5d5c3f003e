"""What waits for the database: in memory as a rule for moments, and in a file where the database stays away.

The database takes everything in the order in which it came. What does not fit into memory any more goes to the end of a
file, from which it is read back once the database has taken what came before, in this process or in a later one.
"""

import time
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from wf_engine.history.database import Write
from wf_engine.history.recorder import Track
from wf_engine.history.spill import Spill
from wf_engine.text import WfError

MEMORY = 64 * 1024 * 1024
"""Characters of events that wait in memory at most."""
_BATCH = 500
"""Writes a commit."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0


class Waiting(NamedTuple):
    """A write and whose it is; None where it comes out of a file."""

    write: Write
    track: Track | None

    @property
    def size(self) -> int:
        """Characters of its events."""
        return sum(len(each.events) for each in self.write.segments)


class Backlog:
    """The writes that the database has not taken yet. Used by the writing thread alone."""

    def __init__(self, spill: Spill | None, memory: int = MEMORY) -> None:
        self._spill = spill
        self._memory = memory
        self._queue: deque[Waiting] = deque()
        self._size = 0
        self._end = 0
        self._pause = _FIRST_PAUSE_S
        self._not_before = 0.0

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._queue and (self._spill is None or self._spill.empty)

    def extend(self, found: Sequence[Waiting]) -> None:
        """Takes writes, behind all others."""
        for each in found:
            if each.track is not None:
                each.track.pending += 1
            self._queue.append(each)
            self._size += each.size
        if self._spill is not None and (self._size > self._memory or not self._spill.empty):
            self._to_file(found if not self._spill.empty else self._overflow())

    def _overflow(self) -> list[Waiting]:
        """The newest writes, those that do not fit into memory."""
        kept, count = 0, 0
        for each in self._queue:
            kept += each.size
            if kept > self._memory:
                break
            count += 1
        return list(self._queue)[count:]

    def _to_file(self, newest: Sequence[Waiting]) -> None:
        """The last writes of the queue go to the file, where they are safe: nobody has to wait for them any more."""
        if self._spill is None or not newest:
            return
        self._spill.append(each.write for each in newest)
        for each in newest:
            self._queue.pop()
            self._forget(each)

    def _forget(self, each: Waiting) -> None:
        self._size -= each.size
        if each.track is not None:
            each.track.pending -= 1

    def batch(self) -> Sequence[Waiting]:
        """What the database gets next; nothing while it is to be left alone."""
        if time.monotonic() < self._not_before:
            return ()
        if self._queue:
            return [self._queue[i] for i in range(min(_BATCH, len(self._queue)))]
        if self._spill is None or self._spill.empty:
            return ()
        writes, self._end = self._spill.next()
        return [Waiting(write, None) for write in writes]

    def taken(self, batch: Sequence[Waiting]) -> None:
        """The database has a batch."""
        self._pause = _FIRST_PAUSE_S
        if batch[0].track is None and self._spill is not None:
            self._spill.taken(self._end)
            return
        for each in batch:
            self._queue.popleft()
            self._forget(each)

    def away(self, error: WfError) -> None:
        """The database could not be reached: it is tried again after a pause that grows. Without a file nothing waits."""
        if self._spill is None:
            for each in self._queue:
                if each.track is not None:
                    each.track.failure = error
            self.taken(list(self._queue))
            return
        self._not_before = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_S)

    def hurry(self) -> None:
        """The next batch is tried at once."""
        self._not_before = 0.0

    def keep(self) -> None:
        """Puts all that still waits into the file, for a later process."""
        if self._spill is not None:
            self._to_file(list(self._queue))
            self._spill.close()
