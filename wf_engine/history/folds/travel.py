"""Time travel: what was known of an execution at one of its events."""

from collections.abc import Iterable
from typing import Any

from wf_engine.history.folds.events import Event, between
from wf_engine.history.folds.status import status


def state_at(events: Iterable[Event], seq: int) -> dict[str, Any]:
    """`{seq, at, elapsedMs, event, execution}`: the event `seq`, and the execution as it stood right after it.

    `execution` is shaped as `status` gives it; steps that nothing was heard of by then are `pending`, if the plan names
    them. Raises LookupError for a number that no event has; the message says which there are.
    """
    before = [event for event in events if event["seq"] <= seq]
    if not before or before[-1]["seq"] != seq:
        known = f"the last one before it is {before[-1]['seq']}" if before else "they are counted from 1"
        raise LookupError(f"there is no event {seq}: {known}")
    event = before[-1]
    return {
        "seq": seq,
        "at": event["at"],
        "elapsedMs": between(before[0]["at"], event["at"]),
        "event": dict(event),
        "execution": status(before),
    }
