"""The execution as every door answers it."""

from collections.abc import Iterable
from typing import Any

from wf_engine.history.folds.events import Event
from wf_engine.history.folds.steps import Run, Step, run_of


def status(events: Iterable[Event]) -> dict[str, Any]:
    """The body `{executionId, workflowName, version, status, output, errors, durationMs, tasks}`.

    `tasks` are `{path, taskRef, status, output, error, attempts, startedAt, completedAt, durationMs}`, in the order in
    which they became ready. `errors` holds each failed step's error, then the execution's own where it is another;
    none once the execution has succeeded, since every failure was then taken care of (language §7).
    """
    run = run_of(events)
    return {
        "executionId": run.execution_id,
        "workflowName": run.started.get("workflow"),
        "version": run.started.get("version"),
        "status": run.status,
        "output": run.finished.get("output") if run.finished else None,
        "errors": _errors(run),
        "durationMs": run.duration_ms,
        "tasks": [_task(step) for step in run.steps.values()],
    }


def _task(step: Step) -> dict[str, Any]:
    return {
        "path": step.path,
        "taskRef": step.task_ref,
        "status": step.status,
        "output": step.output,
        "error": step.error,
        "attempts": step.attempts,
        "startedAt": step.started_at,
        "completedAt": step.completed_at,
        "durationMs": step.duration_ms,
    }


def _errors(run: Run) -> list[Any]:
    if run.status == "succeeded":
        return []
    found = [step.error for step in run.steps.values() if step.status == "failed"]
    found.append(run.finished.get("error") if run.finished else None)
    distinct: dict[tuple[Any, ...], Any] = {}
    for error in found:
        if error:
            # A block and the execution hand on the error of the step inside: one failure, one entry.
            distinct.setdefault((error["code"], error.get("path"), error.get("message")), error)
    return list(distinct.values())
