"""What an application remembers between requests. One instance an application; nothing of it is global."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer
from wf_engine.testapi.data import JsonObject

_REMEMBERED = 500


@dataclass
class Traffic:
    """Which requests came, and how many were in flight at once."""

    calls: Counter[str] = field(default_factory=Counter)
    log: deque[JsonObject] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    in_flight: int = 0
    peak: int = 0

    @contextmanager
    def watch(self, endpoint: str, request: JsonObject) -> Iterator[None]:
        """Counts one request from its arrival to the last byte of its answer, and remembers it."""
        self.calls[endpoint] += 1
        self.log.append({"endpoint": endpoint, **request})
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        try:
            yield
        finally:
            self.in_flight -= 1

    def forget(self) -> None:
        """Starts the counts again; what is in flight stays so."""
        self.calls.clear()
        self.log.clear()
        self.peak = self.in_flight


@dataclass
class State:
    """The records of the service, by id, and what it counts."""

    users: dict[str, JsonObject] = field(default_factory=data.users)
    products: dict[str, JsonObject] = field(default_factory=data.products)
    orders: dict[str, JsonObject] = field(default_factory=data.orders)
    payments: dict[str, JsonObject] = field(default_factory=data.payments)
    preferences: dict[str, JsonObject] = field(default_factory=dict)
    notifications: dict[str, JsonObject] = field(default_factory=dict)
    tickets: dict[str, JsonObject] = field(default_factory=dict)
    jobs: dict[str, JsonObject] = field(default_factory=dict)
    events: list[JsonObject] = field(default_factory=list)
    signed_out: set[str] = field(default_factory=set)
    behaviour: dict[str, JsonObject] = field(default_factory=dict)
    """What is configured, by the label of the endpoint; `*` is every one."""
    given_behaviour: JsonObject = field(default_factory=dict)
    """What is configured for every endpoint at the start."""
    counts: Counter[str] = field(default_factory=Counter)
    answered: dict[tuple[str, str], tuple[bytes, Answer]] = field(default_factory=dict)
    """The body and the answer of each request that had an Idempotency-Key and succeeded, by path and key."""
    traffic: Traffic = field(default_factory=Traffic)

    def __post_init__(self) -> None:
        if self.given_behaviour:
            self.behaviour["*"] = {"endpoint": "*", **self.given_behaviour}

    def count(self, what: str) -> int:
        """Counts one more of it and gives the number, from 1."""
        self.counts[what] += 1
        return self.counts[what]

    def reset(self) -> None:
        """Everything as at the start."""
        traffic = self.traffic
        traffic.forget()
        vars(self).update(vars(State(traffic=traffic, given_behaviour=self.given_behaviour)))
