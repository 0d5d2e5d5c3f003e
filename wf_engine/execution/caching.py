"""Answers kept in memory, so that the same call is not made again (language §2, `cache`)."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from wf_engine.execution.errors import Failure

_MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_ENTRIES: Final = 100_000
_ENTRY_BYTES: Final = 512
"""What an entry costs besides its body."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How one call uses the cache. Durations are in seconds."""

    key: Key
    ttl: float
    stale: float
    only_success: bool


class Kept(NamedTuple):
    """What came of a call: its output, or its failure."""

    output: Any
    failure: Failure | None
    size: int


class _Entry(NamedTuple):
    kept: Kept
    stored: float


class Found(NamedTuple):
    """What there is in the cache; where it is not `fresh`, it is to be fetched anew by whom a lease was given."""

    kept: Kept
    lease: "Lease | None"


class Lease:
    """The right to make the call that others wait for. It is to be kept or released, once."""

    __slots__ = ("_cache", "_use", "waiting")

    def __init__(self, cache: "Cache", use: CacheUse) -> None:
        self._cache = cache
        self._use = use
        self.waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """Gives whether there is an answer in the cache now."""

    def keep(self, kept: Kept, now: float) -> None:
        """Puts what came of the call into the cache, if its kind is kept, and lets the others go on."""
        stored = kept.failure is None or not self._use.only_success
        if stored:
            self._cache.store(self._use.key, kept, now)
        self._end(stored=stored)

    def release(self) -> None:
        """Nothing came of the call."""
        self._end(stored=False)

    def _end(self, *, stored: bool) -> None:
        if not self.waiting.done():
            self._cache.flights.pop(self._use.key, None)
            self.waiting.set_result(stored)


class Cache:
    """The answers of one engine, the least recently used dropped first. Times are those of the event loop."""

    def __init__(self) -> None:
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._bytes = 0
        self.flights: dict[Key, Lease] = {}

    def look(self, use: CacheUse, now: float) -> Found | Lease | asyncio.Future[bool]:
        """What is kept; or a lease to fetch it; or, where somebody fetches it already, what to wait for."""
        entry = self._entries.get(use.key)
        age = 0.0 if entry is None else now - entry.stored
        if entry is not None and age < use.ttl + use.stale:
            self._entries.move_to_end(use.key)
            renews = age >= use.ttl and use.key not in self.flights
            return Found(entry.kept, self._lease(use) if renews else None)
        flight = self.flights.get(use.key)
        return self._lease(use) if flight is None else flight.waiting

    def store(self, key: Key, kept: Kept, now: float) -> None:
        """Keeps what came of a call."""
        before = self._entries.pop(key, None)
        if before is not None:
            self._bytes -= before.kept.size + _ENTRY_BYTES
        self._entries[key] = _Entry(kept, now)
        self._bytes += kept.size + _ENTRY_BYTES
        while self._bytes > _MOST_BYTES or len(self._entries) > _MOST_ENTRIES:
            _, dropped = self._entries.popitem(last=False)
            self._bytes -= dropped.kept.size + _ENTRY_BYTES

    def _lease(self, use: CacheUse) -> Lease:
        lease = self.flights[use.key] = Lease(self, use)
        return lease
