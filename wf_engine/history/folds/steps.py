"""The fold that the views share: what the events say of the execution and of each of its steps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wf_engine.history.folds.events import Event, between

ENDED = frozenset({"succeeded", "failed", "skipped", "cancelled"})
"""Statuses of a step that does nothing any more."""


@dataclass(slots=True)
class Step:
    """What is known of a step. Times are those of events; the `seq` of its start and end order it among others."""

    path: str
    task_ref: str | None = None
    status: str = "pending"
    waited_for: tuple[str, ...] = ()
    ready_at: str | None = None
    started_at: str | None = None
    started_seq: int | None = None
    completed_at: str | None = None
    completed_seq: int | None = None
    duration_ms: float | None = None
    output: Any = None
    error: Any = None
    attempts: int = 0
    retries: int = 0
    broken: bool = False
    """An iteration: what it did last has failed."""

    @property
    def scope(self) -> str:
        """The path of what the step is a part of; empty for the workflow's own steps."""
        return around(self.path)


def around(path: str) -> str:
    """The path of what a path is a part of: `a[2]` of `a[2].b` and of `a[2]~fallback`, `a` of `a[2]`."""
    return path[: max(path.rfind("."), path.rfind("["), path.rfind("~"), 0)]


@dataclass(slots=True)
class Run:
    """What is known of an execution. `steps` are in the order of their first events, then those only planned.

    `iterations` are no steps: they have a beginning and an end, and their step counts their attempts.
    """

    execution_id: str
    started: Mapping[str, Any] = field(default_factory=dict)
    finished: Mapping[str, Any] | None = None
    started_at: str = ""
    last_at: str = ""
    steps: dict[str, Step] = field(default_factory=dict)
    iterations: dict[str, Step] = field(default_factory=dict)
    resolutions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The execution's status."""
        return str(self.finished["status"]) if self.finished else "running" if self.started else "pending"

    @property
    def completed_at(self) -> str | None:
        """When the execution ended, None while it runs."""
        return self.finished["at"] if self.finished else None

    @property
    def duration_ms(self) -> float | None:
        """Milliseconds that the execution took, None while it runs."""
        return _duration(self.finished, self.started_at) if self.finished else None

    @property
    def plan(self) -> Mapping[str, Any]:
        """The plan in `executionStarted`: `{parallelGroups: [[path]], dependencies: {path: [path]}}`, or nothing."""
        return self.started.get("plan") or {}


def run_of(events: Iterable[Event]) -> Run:
    """The state after the last of `events`, which are in order from the first. Raises ValueError for no events."""
    run: Run | None = None
    for event in events:
        if run is None:
            run = Run(event["executionId"], started_at=event["at"])
        run.last_at = event["at"]
        _take(run, event)
    if run is None:
        raise ValueError("an execution has at least one event")
    _add_planned(run)
    if run.finished:
        _end_unfinished(run, run.finished)
    return run


def _take(run: Run, event: Event) -> None:
    match event["type"]:
        case "executionStarted":
            run.started = event
        case "executionFinished":
            run.finished = event
        case "stepReady":
            step = _step(run, event)
            step.ready_at, step.waited_for = event["at"], tuple(event.get("waitedFor") or ())
        case "stepStarted":
            step = _step(run, event)
            step.status, step.task_ref = "running", event.get("taskRef")
            step.started_at, step.started_seq = event["at"], event["seq"]
        case "stepFinished":
            _finish(_step(run, event), event)
            _fail_iterations(run, event)
            _judge(run, event, broken=event["status"] == "failed")
        case "attemptStarted":
            _owner(run, event).attempts += 1
        case "attemptFinished":
            _judge(run, event, broken=event.get("status") is None or event.get("error") is not None)
        case "retryScheduled":
            for step in _waiting(run, event):
                step.retries += 1
        case "iterationStarted":
            _begin_iteration(run, event)
        case "iterationFinished":
            _end_iteration(run, event)
        case "templateResolved":
            run.resolutions.append({"path": _path(event), "expression": event["expression"], "value": event["value"]})


def _path(event: Event) -> str:
    return event.get("path") or ""


def _step(run: Run, event: Event) -> Step:
    path = _path(event)
    return run.steps.setdefault(path, Step(path))


def _owner(run: Run, event: Event) -> Step:
    """The step whose attempt it is: `a[2]` and `a~fallback` belong to `a` where they are no steps themselves."""
    path = _path(event)
    while path and path not in run.steps:
        path = path[: max(path.rfind("~"), path.rfind("["), 0)]
    return run.steps[path] if path else _step(run, event)


def _waiting(run: Run, event: Event) -> Iterator[Step]:
    yield _owner(run, event)
    iteration = run.iterations.get(_path(event))
    if iteration is not None:
        yield iteration


def _begin_iteration(run: Run, event: Event) -> None:
    path = _path(event)
    owner = run.steps.get(around(path))
    ref = None if owner is None else owner.task_ref
    run.iterations[path] = Step(
        path, ref, "running", ready_at=event["at"], started_at=event["at"], started_seq=event["seq"]
    )


def _judge(run: Run, event: Event, *, broken: bool) -> None:
    """Keeps in mind whether what an iteration did last, itself or in a step of it, has failed."""
    if run.iterations:
        path = _path(event)
        iteration = run.iterations.get(path) or run.iterations.get(around(path))
        if iteration is not None:
            iteration.broken = broken


def _end_iteration(run: Run, event: Event) -> None:
    """An iteration that no call of it broke may still have failed: its step says so when it ends."""
    path = _path(event)
    step = run.iterations.get(path)
    if step is None:  # its beginning is missing
        step = run.iterations[path] = Step(path)
    step.status = "failed" if step.broken else "succeeded"
    step.completed_at, step.completed_seq = event["at"], event["seq"]
    step.duration_ms = between(step.started_at, event["at"])


def _finish(step: Step, event: Event) -> None:
    step.status, step.output, step.error = event["status"], event.get("output"), event.get("error")
    step.completed_at, step.completed_seq = event["at"], event["seq"]
    step.duration_ms = _duration(event, step.started_at or event["at"])


def _fail_iterations(run: Run, event: Event) -> None:
    """What a loop says of its iterations: which of them failed without a call."""
    output = event.get("output")
    if run.iterations and isinstance(output, dict) and isinstance(output.get("errors"), list):
        for error in output["errors"]:
            index = error.get("index") if isinstance(error, dict) else None
            if (iteration := run.iterations.get(f"{_path(event)}[{index}]")) is not None:
                iteration.status = "failed"


def _duration(event: Mapping[str, Any], started_at: str) -> float | None:
    measured: float | None = event.get("durationMs")
    return measured if measured is not None else between(started_at, event["at"])


def _add_planned(run: Run) -> None:
    for group in run.plan.get("parallelGroups") or ():
        for path in group:
            step = run.steps.setdefault(path, Step(path))
            if step.ready_at is None:
                step.waited_for = tuple(run.plan.get("dependencies", {}).get(path, ()))


def _end_unfinished(run: Run, finished: Mapping[str, Any]) -> None:
    """No step outlives its execution: what a dead process left unfinished is `cancelled` (language §7)."""
    for step in (*run.steps.values(), *run.iterations.values()):
        if step.status not in ENDED:
            step.status, step.completed_at, step.completed_seq = "cancelled", finished["at"], finished["seq"]
            step.duration_ms = between(step.started_at or finished["at"], finished["at"])
