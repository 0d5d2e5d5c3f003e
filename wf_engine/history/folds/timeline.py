"""The timeline: what happened, one line after the other."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wf_engine.history.folds.events import Event, between

_Said = Callable[[Event], str]


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """`[{seq, at, offsetMs, path, type, text}]`: every event but those of templates, with a sentence for people.

    `offsetMs` counts from the first event.
    """
    found: list[dict[str, Any]] = []
    start: str | None = None
    for event in events:
        start = start or event["at"]
        said = _SAID.get(event["type"])
        if said is not None:
            found.append({
                "seq": event["seq"],
                "at": event["at"],
                "offsetMs": between(start, event["at"]),
                "path": event.get("path") or "",
                "type": event["type"],
                "text": said(event),
            })  # fmt: skip
    return found


def _error(event: Event) -> str:
    error = event.get("error")
    return f": {error['code']}, {error['message']}" if error else ""


def _ready(event: Event) -> str:
    waited = event.get("waitedFor") or ()
    return f"ready, after {', '.join(waited)}" if waited else "ready"


def _chosen(event: Event) -> str:
    if event.get("default"):
        return "took the default"
    return f"took {json.dumps(event.get('match'), ensure_ascii=False)}"


def _attempted(event: Event) -> str:
    if event.get("status") is None:
        return f"attempt {event['n']} got no answer{_error(event)}"
    return f"attempt {event['n']} was answered {event['status']}"


def _finished(event: Event) -> str:
    reason = {"dependencyFailed": " because a step that it waits for failed", "condition": " by its condition"}
    return f"{event['status']}{reason.get(event.get('reason') or '', '')}{_error(event)}"


_SAID: Mapping[str, _Said] = {
    "executionStarted": lambda event: f"{event.get('workflow')} began",
    "stepReady": _ready,
    "stepStarted": lambda event: f"began {event['taskRef']}" if event.get("taskRef") else "began",
    "attemptStarted": lambda event: f"attempt {event['n']}",
    "attemptFinished": _attempted,
    "retryScheduled": lambda event: f"is tried again in {event['delayMs']} ms",
    "circuitChanged": lambda event: f"the circuit went from {event['from']} to {event['to']}",
    "cacheHit": lambda _: "answered from the cache",
    "conditionEvaluated": lambda event: f"the condition is {'true' if event['value'] else 'false'}",
    "caseMatched": _chosen,
    "iterationStarted": lambda event: f"item {event['index']} began",
    "iterationFinished": lambda event: f"item {event['index']} ended",
    "fallbackStarted": lambda event: f"the fallback began: {event['reason']}",
    "stepFinished": _finished,
    "executionFinished": _finished,
}
