"""How far an execution has come."""

from collections.abc import Iterable, Mapping
from typing import Any

from wf_engine.history.folds.events import Event, between
from wf_engine.history.folds.steps import ENDED, Run, Step, run_of


def progress(events: Iterable[Event], durations: Mapping[str, float] | None = None) -> dict[str, Any]:
    """How far it is: `{executionId, status, done, running, failed, total, percent, runningTasks, elapsedMs, remainingMs}`.

    `durations` are the usual milliseconds of steps by path; with them, `remainingMs` is the longest way through what is
    left of the plan, as of the last event. It is None where the duration of a step that is left is not known.

    The workflow's own steps are counted, not those inside of blocks and iterations. `total` and `percent` are None
    while they are unknown: where `executionStarted` carries no plan, until the end. `elapsedMs` ends at the last event.
    """
    run = run_of(events)
    steps = [step for step in run.steps.values() if not step.scope]
    done = sum(step.status in ENDED for step in steps)
    running = [step.path for step in steps if step.status == "running"]
    total = len(steps) if run.plan.get("parallelGroups") or run.finished else None
    return {
        "executionId": run.execution_id,
        "status": run.status,
        "done": done,
        "running": len(running),
        "failed": sum(step.status == "failed" for step in steps),
        "total": total,
        "percent": None if total is None else round(100 * done / total, 1) if total else 100.0,
        "runningTasks": running,
        "elapsedMs": between(run.started_at, run.last_at),
        "remainingMs": 0.0 if run.finished else _remaining(run, steps, durations or {}),
    }


def _remaining(run: Run, steps: list[Step], durations: Mapping[str, float]) -> float | None:
    """The longest way through the steps that are left; steps stand behind those that they wait for in the plan's levels."""
    if not run.plan.get("parallelGroups"):
        return None
    by_path = {step.path: step for step in steps}
    ends: dict[str, float] = {}
    for path in (each for group in run.plan["parallelGroups"] for each in group):
        step = by_path[path]
        left = 0.0 if step.status in ENDED else durations.get(path)
        if left is None:
            return None
        if step.status == "running":
            left = max(0.0, left - (between(step.started_at, run.last_at) or 0))
        ends[path] = left + max((ends.get(each, 0.0) for each in step.waited_for), default=0.0)
    return max(ends.values(), default=0.0)
