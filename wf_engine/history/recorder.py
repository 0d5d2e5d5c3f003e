"""Recording: events go from the event loop into a queue, and one thread commits them in order."""

import asyncio
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from wf_engine.history.encoding import encode
from wf_engine.history.folds.events import Event
from wf_engine.history.folds.summary import summary
from wf_engine.text import WfError

if TYPE_CHECKING:
    from wf_engine.history.database import Database, Segment, Write
    from wf_engine.history.locks import Lock

_PAUSE_S = 0.05
"""How long events may wait for their commit when nobody flushes."""

_SEGMENT = 500
"""Events that are encoded at once, which holds the interpreter for about a millisecond."""


class Track:
    """What a recorder and the writing thread share of one execution. Each field is written by one of them only."""

    __slots__ = ("closed", "execution_id", "failure", "first", "lock", "queue", "source")

    def __init__(self, execution_id: str, source: str | None) -> None:
        self.execution_id = execution_id
        self.source = source
        self.queue: deque[Event] = deque()
        self.closed = False
        self.first: Event | None = None
        self.failure: WfError | None = None
        self.lock: Lock | None = None

    def take(self) -> list[Event]:
        """The events that wait for their commit. The loop may append meanwhile."""
        return [self.queue.popleft() for _ in range(len(self.queue))]

    def release(self) -> None:
        """Gives the lock back, if there is one."""
        if self.lock is not None:
            self.lock.release()
            self.lock = None


class Recorder:
    """Records the events of one execution. Made by `History.record`; used from one event loop.

    An event is acknowledged when a `flush` or `close` that was called after its `append` has returned. Both raise
    WfError where the events could not be committed; what was committed before stays.
    """

    def __init__(self, writer: "Writer", execution_id: str, source: str | None) -> None:
        self._writer = writer
        self._track = Track(execution_id, source)
        writer.add(self._track)

    def append(self, event: Event) -> None:
        """Takes the next event, which may not be changed any more. Returns at once."""
        if self._track.closed:
            raise RuntimeError(f"the recorder of execution {self._track.execution_id} is closed")
        self._track.queue.append(event)

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


_Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]", Track]


class Writer:
    """The thread that commits the events of all recorders of a history, many executions a commit."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._tracks: dict[Track, None] = {}
        self._requests: SimpleQueue[_Waiter | None] = SimpleQueue()
        """Who waits for a commit; None only wakes the thread."""
        self._guard = threading.Lock()
        self._asleep = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="wf-history", daemon=True)
        self._thread.start()

    def add(self, track: Track) -> None:
        """Begins to look after an execution."""
        self._require_open()
        with self._guard:
            self._tracks[track] = None
            asleep, self._asleep = self._asleep, False
        if asleep:
            self._requests.put(None)

    async def committed(self, track: Track) -> None:
        """Waits for the commit of what the track holds. Raises WfError where it failed."""
        self._require_open()
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._requests.put((loop, future, track))
        await future

    def stop(self) -> None:
        """Commits what there is, gives all locks back and ends the thread."""
        self._stopping = True
        self._requests.put(None)
        self._thread.join()

    def _require_open(self) -> None:
        if self._stopping:
            raise RuntimeError(f"the history {self._database.path} is closed")

    def _run(self) -> None:
        while not self._stopping:
            self._round(self._waiting())
        self._round(self._waiting())
        for track in self._tracks:
            track.release()

    def _waiting(self) -> list[_Waiter]:
        """Sleeps until somebody waits for a commit, or for a pause while there is anything to look after."""
        with self._guard:
            self._asleep = not self._tracks and not self._stopping
        requests: list[_Waiter | None] = []
        with suppress(Empty):
            requests.append(self._requests.get(timeout=None if self._asleep else 0 if self._stopping else _PAUSE_S))
            while True:
                requests.append(self._requests.get_nowait())
        return [request for request in requests if request]

    def _round(self, waiters: list[_Waiter]) -> None:
        # Whatever the waiters wait for is in the queues by now, and all of a closed track.
        with self._guard:
            tracks = list(self._tracks)
        closed = [track for track in tracks if track.closed]
        work = [(track, events) for track in tracks if (events := track.take())]
        try:
            self._commit(work)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, and the thread goes on for the others
            for track, _ in work:
                track.failure = WfError(f"The history {self._database.path} cannot be written: {error!r}")
        for track in closed:
            track.release()
        with self._guard:
            for track in closed:
                del self._tracks[track]
        _answer(waiters)

    def _commit(self, work: list[tuple[Track, list[Event]]]) -> None:
        prepared = [(track, write) for track, events in work if (write := self._prepared(track, events))]
        if not prepared:
            return
        try:
            self._database.write([write for _, write in prepared])
        except WfError:
            # One execution that cannot be recorded may not take the others with it.
            for track, write in prepared:
                try:
                    self._database.write([write])
                except WfError as error:
                    track.failure = error
        for track, write in prepared:
            if write.ended:
                track.release()

    def _prepared(self, track: Track, events: list[Event]) -> "Write | None":
        """What the events add to the database, None where their execution cannot be recorded."""
        from wf_engine.history.database import Write

        if track.failure:
            return None
        begins, ends = track.first is None, events[-1]["type"] == "executionFinished"
        track.first = track.first or events[0]
        try:
            segments = _segments(track.execution_id, events)
            if begins and not ends:
                # Held before anybody sees the execution; one that ends in its first commit is never seen unfinished.
                track.lock = self._database.locks.acquire(track.execution_id)
        except WfError as error:
            track.failure = error
            return None
        known = summary((track.first, events[-1]), track.source) if begins or ends else None
        return Write(segments, begun=known if begins else None, ended=None if begins else known)


def _segments(execution_id: str, events: list[Event]) -> "list[Segment]":
    from wf_engine.history.database import Segment

    pieces = (events[start : start + _SEGMENT] for start in range(0, len(events), _SEGMENT))
    try:
        return [Segment(execution_id, piece[0]["seq"], piece[-1]["seq"], encode(piece)) for piece in pieces]
    except (TypeError, ValueError, RecursionError) as error:
        message = f"The events of execution {execution_id} are no JSON values: {error}"
        raise WfError(message) from error


def _answer(waiters: Iterable[_Waiter]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[None], WfError | None]]] = {}
    for loop, future, track in waiters:
        by_loop.setdefault(loop, []).append((future, track.failure))
    for loop, futures in by_loop.items():
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            loop.call_soon_threadsafe(_settle, futures)


def _settle(futures: "list[tuple[asyncio.Future[None], WfError | None]]") -> None:
    for future, failure in futures:
        if future.done():
            continue
        if failure is None:
            future.set_result(None)
        else:
            future.set_exception(failure)
