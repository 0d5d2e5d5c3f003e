"""The attempts of each step, a fold over the events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Attempt:
    """One attempt. `start` and `end` are milliseconds from the run's start; `status` is that of the answer."""

    number: int
    start: float
    end: float | None = None
    duration_ms: float | None = None
    status: int | None = None
    error: Mapping[str, Any] | None = None
    waited_ms: float | None = None
    """How long the wait was that followed."""


def attempts(events: Iterable[Mapping[str, Any]]) -> dict[str, list[Attempt]]:
    """Attempts by the path of their step, in order."""
    found: dict[str, list[Attempt]] = {}
    origin: datetime | None = None
    for event in events:
        at = datetime.fromisoformat(event["at"])
        origin = origin or at
        now = (at - origin).total_seconds() * 1000
        match event["type"]:
            case "attemptStarted":
                found.setdefault(event["path"], []).append(Attempt(event["n"], now))
            case "attemptFinished":
                last = _last(found.setdefault(event["path"], []), event["n"], now)
                last.end, last.duration_ms = now, event["durationMs"]
                last.status, last.error = event["status"], event["error"]
            case "retryScheduled" if tried := found.get(event["path"]):
                tried[-1].waited_ms = event["delayMs"]
    return found


def _last(tried: list[Attempt], number: int, now: float) -> Attempt:
    """The attempt of that number; one whose beginning is missing begins where it ends."""
    if not tried or tried[-1].number != number:
        tried.append(Attempt(number, now))
    return tried[-1]
