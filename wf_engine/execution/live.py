"""Events as they are made, for whoever watches: in order, and without making a run wait (language §7)."""

import asyncio
from collections import deque
from typing import NamedTuple, Self

from wf_engine.execution.recorder import Event

_MOST_WAITING = 1000


class Missed(NamedTuple):
    """What a subscriber that was too slow did not get: the events of one execution from one `seq` to another."""

    execution_id: str
    first: int
    last: int


class Live:
    """Hands events on to subscribers. It never waits for one of them."""

    __slots__ = ("watched",)

    def __init__(self) -> None:
        self.watched: set[Subscription] = set()
        """The subscriptions there are; without any, nothing needs to be published."""

    def publish(self, event: Event) -> None:
        """Offers an event to all who want it."""
        for subscription in tuple(self.watched):
            subscription.offer(event)

    def subscribe(self, execution_id: str | None = None, most: int = _MOST_WAITING) -> "Subscription":
        """All events from now on, or those of one execution to its end; up to `most` wait until they are taken."""
        subscription = Subscription(self.watched, execution_id, most)
        self.watched.add(subscription)
        return subscription

    def close(self) -> None:
        """Ends all subscriptions once they have taken what is there."""
        for subscription in tuple(self.watched):
            subscription.close()


class Subscription:
    """Gives events in order: `async for event in subscription`. Where it was too slow, `Missed` stands in the gap."""

    __slots__ = ("_all", "_arrived", "_execution_id", "_most", "_waiting")

    def __init__(self, subscriptions: set["Subscription"], execution_id: str | None, most: int) -> None:
        self._all = subscriptions
        self._execution_id = execution_id
        self._most = most
        self._waiting: deque[Event | Missed] = deque()
        self._arrived = asyncio.Event()

    def offer(self, event: Event) -> None:
        """Keeps an event until it is taken, or that there was one where too many wait already."""
        execution_id = event["executionId"]
        if self._execution_id not in (None, execution_id):
            return
        if len(self._waiting) < self._most:
            self._waiting.append(event)
        else:
            self._miss(execution_id, event["seq"])
        self._arrived.set()
        if self._execution_id is not None and event["type"] == "executionFinished":
            self.close()

    def _miss(self, execution_id: str, seq: int) -> None:
        """Makes the gap at the end one longer; there is one an execution, since others may come in between."""
        for index in range(len(self._waiting) - 1, -1, -1):
            gap = self._waiting[index]
            if not isinstance(gap, Missed):
                break
            if gap.execution_id == execution_id:
                self._waiting[index] = gap._replace(last=seq)
                return
        self._waiting.append(Missed(execution_id, seq, seq))

    def close(self) -> None:
        """Takes part no longer; what waits can still be taken."""
        self._all.discard(self)
        self._arrived.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event | Missed:
        while not self._waiting:
            if self not in self._all:
                raise StopAsyncIteration
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()
