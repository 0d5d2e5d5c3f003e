"""Event lists for the tests of the history."""

from collections.abc import Iterable
from typing import Any

Event = dict[str, Any]
Line = tuple[int, str, str] | tuple[int, str, str, dict[str, Any]]


def events(lines: Iterable[Line], execution_id: str = "0192-a") -> list[Event]:
    """Events from lines of milliseconds, type, path and fields; `seq` is their number."""
    return [_event(seq, execution_id, *line) for seq, line in enumerate(lines, 1)]


def _event(seq: int, execution_id: str, ms: int, kind: str, path: str, more: dict[str, Any] | None = None) -> Event:
    at = f"2025-01-31T12:00:{ms // 1000:02}.{ms % 1000:03}Z"
    return {"seq": seq, "at": at, "executionId": execution_id, "type": kind, "path": path} | (more or {})


STARTED = {
    "workflow": "greet",
    "namespace": "team",
    "version": "1.2.0",
    "definitionHash": "ab12",
    "mode": "live",
    "source": "/srv/greet",
    "input": {"id": 1},
}


def chain(steps: int = 3, execution_id: str = "0192-a", **started: Any) -> list[Event]:
    """A run of steps one after another, each of one attempt."""
    lines: list[Line] = [(0, "executionStarted", "", STARTED | started)]
    for number in range(steps):
        path, begin = f"step{number}", 10 * number
        lines += [
            (begin, "stepReady", path, {"waitedFor": [f"step{number - 1}"] if number else []}),
            (begin, "stepStarted", path, {"taskRef": "get-user", "input": {"id": number}}),
            (begin, "attemptStarted", path, {"n": 1, "request": {"method": "GET", "url": "http://example.com/"}}),
            (begin + 9, "attemptFinished", path, {"n": 1, "status": 200, "durationMs": 9, "error": None}),
            (begin + 10, "stepFinished", path, {"status": "succeeded", "output": number, "durationMs": 10}),
        ]
    lines.append(
        (10 * steps, "executionFinished", "", {"status": "succeeded", "output": {"n": steps}, "durationMs": 31})
    )
    return events(lines, execution_id)
