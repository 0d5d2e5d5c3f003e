"""Events, and the times in them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Event = Mapping[str, Any]
"""One event of an execution, shaped as language §7 says."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def moment(at: str) -> int:
    """The time of an event in whole milliseconds since 1970."""
    return (datetime.fromisoformat(at) - _EPOCH) // _MILLISECOND


def between(start: str | None, end: str | None) -> int | None:
    """Milliseconds from one time to another, None where either is not known yet."""
    return None if start is None or end is None else max(0, moment(end) - moment(start))


def gaps(events: Iterable[Event]) -> list[tuple[int, int]]:
    """The first and last numbers of events that are missing: the history could not keep, or cannot read them."""
    found, before = [], 0
    for event in events:
        if event["seq"] > before + 1:
            found.append((before + 1, event["seq"] - 1))
        before = event["seq"]
    return found
