"""Circuit breakers: a service that keeps failing is left alone for a while, then tried with a few calls (language §2)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from wf_engine.language import CircuitBreaker, merged

State = Literal["closed", "open", "halfOpen"]
Changed = Callable[[State, State], None]
"""Told from which state to which a circuit went."""


@dataclass(frozen=True, slots=True)
class CircuitPolicy:
    """When a circuit opens, for how long, and how many calls try it afterwards. Durations are in seconds."""

    failure_threshold: int
    sampling_duration: float
    break_duration: float
    half_open_requests: int


def circuit_policy(step: CircuitBreaker | None, task: CircuitBreaker | None) -> CircuitPolicy | None:
    """The policy of a step: what it writes, then what its task writes, then the defaults; None where neither does."""
    if step is None and task is None:
        return None
    breaker = merged(CircuitBreaker, step, task)
    return CircuitPolicy(
        failure_threshold=breaker.failure_threshold or 1,
        sampling_duration=(breaker.sampling_duration or 0) / 1000,
        break_duration=(breaker.break_duration or 0) / 1000,
        half_open_requests=breaker.half_open_requests or 1,
    )


class Circuit:
    """The circuit of one task at one host. Times are seconds of any clock that does not go back.

    What is told of a call that was let through before the state last changed counts no more.
    """

    __slots__ = ("_admitted", "_failures", "_generation", "_opened", "_succeeded", "state")

    def __init__(self) -> None:
        self.state: State = "closed"
        self._generation = 0
        self._failures: deque[float] = deque()
        self._opened = 0.0
        self._admitted = 0
        self._succeeded = 0

    def admit(self, policy: CircuitPolicy, now: float, changed: Changed) -> int | None:
        """A permit for one call, None where none may be made. Each permit is to be settled or withdrawn, once."""
        if self.state == "open" and now - self._opened >= policy.break_duration:
            self._become("halfOpen", changed)
        if self.state == "open":
            return None
        if self.state == "halfOpen":
            if self._admitted >= policy.half_open_requests:
                return None
            self._admitted += 1
        return self._generation

    def withdraw(self, permit: int) -> None:
        """The call was given up without an answer: another one may try in its place."""
        if permit == self._generation and self.state == "halfOpen":
            self._admitted -= 1

    def settle(self, policy: CircuitPolicy, permit: int, now: float, changed: Changed, *, failed: bool) -> None:
        """What came of a call."""
        if permit != self._generation:
            return
        if self.state == "halfOpen":
            self._try(policy, now, changed, failed=failed)
        elif failed:
            self._count(policy, now, changed)

    def _try(self, policy: CircuitPolicy, now: float, changed: Changed, *, failed: bool) -> None:
        if failed:
            self._opened = now
            self._become("open", changed)
            return
        self._succeeded += 1
        if self._succeeded >= policy.half_open_requests:
            self._become("closed", changed)

    def _count(self, policy: CircuitPolicy, now: float, changed: Changed) -> None:
        failures = self._failures
        failures.append(now)
        while failures[0] <= now - policy.sampling_duration and len(failures) > 1:
            failures.popleft()
        if len(failures) >= policy.failure_threshold:
            self._opened = now
            self._become("open", changed)

    def _become(self, state: State, changed: Changed) -> None:
        before, self.state = self.state, state
        self._generation += 1
        self._failures.clear()
        self._admitted = self._succeeded = 0
        changed(before, state)
