"""What statistics need of the steps of an execution, kept up as its events come."""

from collections.abc import Iterable
from typing import NamedTuple

from wf_engine.history.folds.events import Event, between

TALLIED = frozenset({"stepStarted", "attemptStarted", "stepFinished", "executionFinished"})
"""The types of events that count."""


class StepFigures(NamedTuple):
    """A step that ran a task; `duration_ms` is None while it runs."""

    task_ref: str
    status: str
    duration_ms: float | None
    attempts: int


class _Open:
    """A step that has started."""

    __slots__ = ("attempts", "duration_ms", "started_at", "status", "task_ref")

    def __init__(self, task_ref: str | None, started_at: str) -> None:
        self.task_ref = task_ref
        self.started_at = started_at
        self.status = "running"
        self.duration_ms: float | None = None
        self.attempts = 0


class Tally:
    """The steps of one execution. It gives what `run_of` gives of them, and keeps nothing else."""

    __slots__ = ("_ended_at", "_steps")

    def __init__(self) -> None:
        self._steps: dict[str, _Open] = {}
        self._ended_at: str | None = None

    def take(self, event: Event) -> None:
        """The next event. Only the types in `TALLIED` change anything."""
        kind = event["type"]
        if kind == "stepStarted":
            self._steps[event["path"]] = _Open(event.get("taskRef"), event["at"])
        elif kind == "attemptStarted":
            self._count_attempt(event["path"])
        elif kind == "stepFinished":
            self._finish(event)
        elif kind == "executionFinished":
            self._ended_at = event["at"]

    def _count_attempt(self, path: str) -> None:
        while path and path not in self._steps:
            path = path[: max(path.rfind("~"), path.rfind("["), 0)]
        if path:
            self._steps[path].attempts += 1

    def _finish(self, event: Event) -> None:
        step = self._steps.get(event["path"])
        if step is not None:
            measured: float | None = event.get("durationMs")
            step.status = event["status"]
            step.duration_ms = between(step.started_at, event["at"]) if measured is None else measured

    def figures(self) -> list[StepFigures]:
        """The steps that ran tasks, in the order in which they started; what its execution left behind is cancelled."""
        return [self._figures(step.task_ref, step) for step in self._steps.values() if step.task_ref]

    def _figures(self, task_ref: str, step: _Open) -> StepFigures:
        if step.status == "running" and self._ended_at is not None:
            return StepFigures(task_ref, "cancelled", between(step.started_at, self._ended_at), step.attempts)
        return StepFigures(task_ref, step.status, step.duration_ms, step.attempts)


def step_figures(events: Iterable[Event]) -> list[StepFigures]:
    """The steps of a list of events that ran tasks, as statistics count them."""
    tally = Tally()
    for event in events:
        tally.take(event)
    return tally.figures()
