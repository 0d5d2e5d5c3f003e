"""Recording: events go from the event loop into a queue, from which the writer commits them in order.

They go there as JSON: made at once, while its parts are still in the processor's cache, it costs half of what it costs
the writer some milliseconds later; and what events hold is free to go.
"""

from collections import deque
from typing import TYPE_CHECKING, Self

from wf_engine.history.encoding import encoded, strictly
from wf_engine.history.folds.events import Event
from wf_engine.history.folds.tally import TALLIED, Tally
from wf_engine.text import WfError

if TYPE_CHECKING:
    from wf_engine.history.places import Lock
    from wf_engine.history.writer import Writer


class Track:
    """What a recorder and the writing thread share of one execution."""

    __slots__ = (
        "begun",
        "closed",
        "definition",
        "execution_id",
        "failure",
        "first",
        "last",
        "lock",
        "pending",
        "queue",
        "source",
        "taken",
        "tally",
        "waiting_since",
    )

    def __init__(self, execution_id: str, source: str | None, definition: str | None) -> None:
        self.execution_id = execution_id
        self.source = source
        self.definition = definition
        self.queue: deque[bytes] = deque()
        """The events that wait for their commit, as JSON."""
        self.closed = False
        self.first: Event | None = None
        self.last: tuple[Event, bytes] | None = None
        """What the execution ended with; known before it is in the queue."""
        self.begun = False
        """Whether the writer has what it began with."""
        self.taken = 0
        """The `seq` of the last event that the writer has."""
        self.tally = Tally()
        self.failure: WfError | None = None
        self.lock: Lock | None = None
        self.waiting_since: float | None = None
        """When the writer first saw events of it that nobody waits for."""
        self.pending = 0
        """Writes of it that wait in memory for a database that is away."""

    def take(self) -> list[bytes]:
        """The events that wait for their commit. The loop may append meanwhile, but to one that is closed."""
        if self.closed:
            events = list(self.queue)
            self.queue.clear()
            return events
        return [self.queue.popleft() for _ in range(len(self.queue))]

    def oddly(self, event: Event) -> bytes:
        """An event that is no ordinary JSON; nothing, and the failure of the execution, for one that is none at all."""
        try:
            return encoded(event)
        except (TypeError, ValueError, RecursionError) as error:
            self.failure = WfError(f"The events of execution {self.execution_id} are no JSON values: {error}")
            return b""

    def release(self) -> None:
        """Gives the lock back, if there is one."""
        if self.lock is not None:
            self.lock.release()
            self.lock = None


class Recorder:
    """Records the events of one execution, whose `seq` has no gaps. Made by `History.record`; used from one event loop.

    An event is acknowledged when a `flush` or `close` that was called after its `append` has returned. Both raise
    WfError where the events could not be committed; what was committed before stays.
    """

    def __init__(
        self, writer: "Writer", execution_id: str, source: str | None = None, definition: str | None = None
    ) -> None:
        self._writer = writer
        self._track = Track(execution_id, source, definition)
        writer.add(self._track)

    def append(self, event: Event) -> None:
        """Takes the next event, which may not be changed any more. Returns at once."""
        track = self._track
        if track.closed:
            raise RuntimeError(f"the recorder of execution {track.execution_id} is closed")
        if track.failure is not None:
            return
        try:
            written = strictly(event)
        except (TypeError, ValueError, RecursionError):
            written = track.oddly(event)
            if not written:
                return
        if track.first is None:
            track.first = event
            track.taken = event["seq"] - 1
        if event["type"] in TALLIED:
            track.tally.take(event)
            if event["type"] == "executionFinished":
                track.last = event, written
        track.queue.append(written)

    async def flush(self) -> None:
        """Returns when everything appended so far is committed."""
        await self._writer.committed(self._track)

    async def close(self) -> None:
        """Flushes and gives the execution's lock back. Without an `executionFinished` it then counts as interrupted."""
        self._track.closed = True
        await self.flush()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
