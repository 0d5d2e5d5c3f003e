"""How far an execution has come."""

from collections.abc import Iterable
from typing import Any

from wf_engine.history.folds.events import Event, between
from wf_engine.history.folds.steps import ENDED, run_of


def progress(events: Iterable[Event]) -> dict[str, Any]:
    """`{executionId, status, done, running, failed, total, percent, runningTasks, elapsedMs}` after the last event.

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
    }
