"""Work that can wait: one unit at a time, the most urgent first, never what is outdated."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

EDITED, OPEN, OTHER = 0, 1, 2
"""Priorities: the document that was edited, what else is open, the rest of the workspace."""


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    key: str = field(compare=False)
    units: Iterator[None] = field(compare=False)


class Scheduler:
    """Jobs by key. A new job of a key takes the place of the old one, which is then never continued."""

    def __init__(self, on_error: Callable[[str, Exception], None], may_rest: Callable[[], bool] = lambda: True) -> None:
        self._jobs: dict[str, _Job] = {}
        self._count = 0
        self._on_error = on_error
        self._may_rest = may_rest
        self._resting: list[asyncio.Future[None]] = []

    def schedule(self, key: str, units: Iterator[None], priority: int) -> None:
        """Adds a job; of smaller `priority` first, and of the same the one that came first."""
        self._count += 1
        self._jobs[key] = _Job(priority, self._count, key, units)

    def drop(self, key: str) -> None:
        """Forgets a job."""
        self._jobs.pop(key, None)

    def busy(self) -> bool:
        """Whether there is work."""
        return bool(self._jobs)

    def priority(self, key: str) -> int | None:
        """That of a job, None where there is none of that key."""
        job = self._jobs.get(key)
        return job.priority if job else None

    async def rest(self) -> None:
        """Until there is nothing to do, and nothing that makes work is still going on elsewhere."""
        if self._jobs or not self._may_rest():
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._resting.append(future)
            await future

    def step(self) -> bool:
        """Does one unit of the first job; False where there is none."""
        if not self._jobs:
            self._wake()
            return False
        job = min(self._jobs.values())
        try:
            next(job.units)
        except StopIteration:
            self._done(job)
        except Exception as error:  # noqa: BLE001 - a bug in one job must not end the session
            self._done(job)
            self._on_error(job.key, error)
        return True

    def _wake(self) -> None:
        if not self._resting or not self._may_rest():
            return
        resting, self._resting = self._resting, []
        for future in resting:
            if not future.done():
                future.set_result(None)

    def _done(self, job: _Job) -> None:
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
