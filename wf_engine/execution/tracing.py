"""W3C trace context on every request, and OpenTelemetry spans where its SDK is in use: run > step > attempt.

Spans are made from events as they come. Without the SDK a run's trace id is its execution id, so that a service's logs
lead back to the run.
"""

import sys
from random import getrandbits
from typing import Any, Protocol

from wf_engine.execution.recorder import Event

_SDK = "opentelemetry.sdk.trace"


class Tracing(Protocol):
    """What follows one execution."""

    def take(self, event: Event) -> None:
        """An event has been made."""

    def traceparent(self, path: str) -> str:
        """The header `traceparent` for the attempt that has just started at `path`."""


def tracing(execution_id: str, parent: str | None) -> Tracing:
    """Spans where a program has loaded the OpenTelemetry SDK, else ids alone.

    `parent` is the `traceparent` of whoever asked for the run. One that is malformed counts as none.
    """
    given = parent if parent is not None and _is_whole(parent) else None
    if _SDK in sys.modules:
        from wf_engine.execution.spans import Spans  # there only if the program has it

        return Spans(given)
    return Ids(execution_id, given)


class Ids:
    """Trace context without spans: each attempt gets an id of its own."""

    __slots__ = ("_flags", "_trace")

    def __init__(self, execution_id: str, parent: str | None) -> None:
        self._trace = execution_id.replace("-", "") if parent is None else parent[3:35]
        self._flags = "00" if parent is None else parent[-2:]

    def take(self, event: Event) -> None:
        """Nothing is to be done."""

    def traceparent(self, path: str) -> str:  # noqa: ARG002 - every attempt gets one
        """A new span id in the run's trace."""
        return f"00-{self._trace}-{getrandbits(64) or 1:016x}-{self._flags}"


def _is_whole(parent: str) -> bool:
    """Whether it is a `traceparent` of version 00."""
    parts = parent.split("-")
    return (
        [len(part) for part in parts] == [2, 32, 16, 2]
        and parts[0] == "00"
        and all(set(part) <= set("0123456789abcdef") for part in parts)
        and all(set(part) != {"0"} for part in parts[1:3])
    )


def named(event: Event) -> dict[str, Any]:
    """What a span says of itself when it begins, by OpenTelemetry's names."""
    request = event.get("request") or {}
    known = {
        "wf.execution.id": event["executionId"],
        "wf.workflow": event.get("workflow"),
        "wf.path": event["path"] or None,
        "wf.task": event.get("taskRef"),
        "wf.attempt": event.get("n"),
        "http.request.method": request.get("method"),
        "url.full": request.get("url"),
    }
    return {name: value for name, value in known.items() if value is not None}
