"""The thread that commits the events of all recorders of a history, many executions a commit."""

import asyncio
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic

from wf_engine.history.backlog import Backlog, Waiting
from wf_engine.history.database import Database, Segment, Version, Write
from wf_engine.history.encoding import array, encode
from wf_engine.history.folds.events import Event
from wf_engine.history.folds.summary import summary
from wf_engine.history.recorder import Track
from wf_engine.text import WfError

_PAUSE_S = 0.05
"""How long events may wait for their commit when nobody flushes."""

_SEGMENT = 500
"""Events of one execution that are committed without waiting for more, and stand together at most."""

_LINGER_S = 0.001
_LINGERS = 4
_MANY = 5
"""Where more executions than these run, a commit waits for those that end at the same moment: each commit of one costs
nearly as much as one for all."""

_LARGEST_INPUT = 2_000
"""Characters of an input that is kept beside the events too, to be searched."""

Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]", Track]


class Writer:
    """Commits what recorders append. While the database is away, what it has not taken waits in a backlog."""

    def __init__(self, database: Database, backlog: Backlog) -> None:
        self._database = database
        self._backlog = backlog
        self._tracks: dict[Track, None] = {}
        self._requests: SimpleQueue[Waiter | None] = SimpleQueue()
        """Who waits for a commit; None only wakes the thread."""
        self._late: list[Waiter] = []
        """Who waits for a commit that the database could not take yet."""
        self._versions: set[tuple[str, str, str]] = set()
        """Those that were written already."""
        self._together = threading.Event()
        """Set when all who run wait for a commit."""
        self._guard = threading.Lock()
        self._asleep = False
        """Whether only a request wakes the thread: to wake it costs, so it has had nothing to do for a pause before."""
        self._idle = False
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
        if self._all_wait():
            self._together.set()
        await future

    def stop(self) -> None:
        """Commits what there is, gives all locks back and ends the thread."""
        self._stopping = True
        self._requests.put(None)
        self._thread.join()

    def _require_open(self) -> None:
        if self._stopping:
            raise RuntimeError(f"the history {self._database.name} is closed")

    def _run(self) -> None:
        while not self._stopping:
            self._round(self._waiting())
        self._backlog.hurry()
        self._round(self._waiting())
        self._backlog.keep()
        self._settle([])
        for track in self._tracks:
            track.release()

    def _waiting(self) -> list[Waiter]:
        """Sleeps until somebody waits for a commit, or for a pause while there is anything to look after."""
        with self._guard:
            self._asleep = self._idle and not self._tracks and not self._stopping and self._backlog.empty
        self._idle = True
        requests: list[Waiter | None] = []
        with suppress(Empty):
            requests.append(self._requests.get(timeout=None if self._asleep else 0 if self._stopping else _PAUSE_S))
            self._idle = False
            self._linger()
            while True:
                requests.append(self._requests.get_nowait())
        return [request for request in requests if request]

    def _linger(self) -> None:
        """Waits as long as more of those who run come to want a commit, until all do, for some milliseconds at most."""
        for _ in range(_LINGERS):
            before = self._requests.qsize()
            self._together.clear()
            if self._stopping or len(self._tracks) <= _MANY or self._all_wait():
                return
            if self._together.wait(_LINGER_S) or self._requests.qsize() == before:
                return

    def _all_wait(self) -> bool:
        # The request that has ended the sleep is out of the queue.
        return self._requests.qsize() + 1 >= len(self._tracks)

    def _round(self, waiters: list[Waiter]) -> None:
        # Whatever the waiters wait for is in the queues by now, and all of a closed track.
        with self._guard:
            tracks = list(self._tracks)
        closed = [track for track in tracks if track.closed]
        wanted = {*closed, *(waiter[2] for waiter in waiters)}
        now = monotonic()
        due = tracks if self._stopping else [track for track in tracks if track in wanted or _has_waited(track, now)]
        work = [(track, events) for track in due if (events := track.take())]
        try:
            self._backlog.extend(self._prepared(work))
            self._drain()
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, and the thread goes on for the others
            for track, _ in work:
                track.failure = WfError(f"The history {self._database.name} cannot be written: {error!r}")
        done = [track for track in closed if not track.pending]
        for track in done:
            track.release()
        with self._guard:
            for track in done:
                del self._tracks[track]
        self._settle(waiters)

    def _settle(self, waiters: list[Waiter]) -> None:
        """Answers those whose events are safe, or lost for good."""
        every = [*self._late, *waiters]
        self._late = [each for each in every if each[2].pending and not each[2].failure]
        _answer(each for each in every if not each[2].pending or each[2].failure)

    def _prepared(self, work: list[tuple[Track, list[bytes]]]) -> list[Waiting]:
        return [Waiting(write, track) for track, events in work if (write := self._written(track, events))]

    def _written(self, track: Track, events: list[bytes]) -> Write | None:
        """What the events add to the database, None where their execution cannot be recorded."""
        if track.failure:
            return None
        first, last, begins = track.first, _last(track, events), not track.begun
        assert first is not None
        track.begun = True
        known = summary((first, last or first), track.source) if begins or last else None
        return Write(
            _segments(track, events),
            begun=known if begins else None,
            ended=None if begins else known,
            version=self._version(track, first) if begins else None,
            input=_input(first) if begins else None,
            steps=encode(track.tally.figures()) if last else None,
        )

    def _version(self, track: Track, started: Event) -> Version | None:
        """What the execution runs, where no execution of this writer has run it before."""
        key = started.get("namespace") or "", started.get("workflow") or "", started.get("definitionHash") or ""
        if track.definition is None or key in self._versions:
            return None
        self._versions.add(key)
        return Version(*key, started.get("version"), track.definition, started["at"])

    def _drain(self) -> None:
        """Commits what waits, until nothing does or the database is away."""
        while batch := self._backlog.batch():
            try:
                self._commit(batch)
            except WfError as error:
                if self._database.place.is_away(error):
                    self._backlog.away(error)
                    return
                self._commit_each(batch)
            self._backlog.taken(batch)

    def _commit_each(self, batch: Sequence[Waiting]) -> None:
        """One execution that cannot be recorded may not take the others with it."""
        for each in batch:
            try:
                self._commit([each])
            except WfError as error:
                if each.track is not None:
                    each.track.failure = error

    def _commit(self, batch: Sequence[Waiting]) -> None:
        for each in batch:
            self._lock(each)
        self._database.write([each.write for each in batch])
        for each in batch:
            if each.track is not None and each.write.is_last:
                each.track.release()

    def _lock(self, waiting: Waiting) -> None:
        """Held before anybody sees the execution; one that ends in its first commit is never seen unfinished."""
        track, begun = waiting.track, waiting.write.begun
        if begun is not None and begun.completed_at is None and track is not None and track.lock is None:
            track.lock = self._database.locks.acquire(track.execution_id)


def _input(started: Event) -> str | None:
    written = encode(started.get("input"))
    return written if len(written) <= _LARGEST_INPUT else None


def _has_waited(track: Track, now: float) -> bool:
    """Whether events are to be committed for which nobody waits: a short run is then one commit, a long one a few."""
    if not track.queue:
        track.waiting_since = None
    elif track.waiting_since is None:
        track.waiting_since = now
    elif now - track.waiting_since >= _PAUSE_S:
        track.waiting_since = None
        return True
    return len(track.queue) >= _SEGMENT


def _last(track: Track, events: list[bytes]) -> Event | None:
    """What the execution ended with, if that is among the events."""
    return track.last[0] if track.last is not None and track.last[1] is events[-1] else None


def _segments(track: Track, events: list[bytes]) -> list[Segment]:
    segments = []
    for start in range(0, len(events), _SEGMENT):
        piece = events[start : start + _SEGMENT]
        segments.append(Segment(track.execution_id, track.taken + 1, track.taken + len(piece), array(piece)))
        track.taken += len(piece)
    return segments


def _answer(waiters: Iterable[Waiter]) -> None:
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
