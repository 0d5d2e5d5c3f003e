"""The trace: when each step waited and ran, and what ran at once."""

from collections.abc import Iterable
from typing import Any

from wf_engine.history.folds.events import Event, between, gaps
from wf_engine.history.folds.steps import Run, Step, around, run_of


def trace(events: Iterable[Event]) -> dict[str, Any]:
    """The trace of an execution, which may still run; times as in the events, durations in milliseconds.

    `{executionId, workflowName, startedAt, completedAt, totalDurationMs, taskTimings, dependencyOrder,
    plannedParallelGroups, actualParallelGroups, templateResolutions}`. A timing is `{taskId, taskRef, startedAt,
    completedAt, durationMs, waitTimeMs, waitedForTasks, retryCount, status}`:

    - `taskId` is the step's path, `waitedForTasks` are the paths of its dependencies. Iterations have timings too, behind
      their step; they are in no group.
    - `waitTimeMs` is the time from the moment the last of them ended (the scope's start, where there are none) to the
      step's own start: what it queued for although nothing was missing. A step that never started waited to its end.
      In a Gantt it is the thin bar before the step's own.
    - `durationMs` is from start to end, with all attempts and the waits between them; None while the step runs.

    `plannedParallelGroups` are the levels of the plan. `actualParallelGroups` are the largest sets of steps of one
    scope that were all running at one moment, by the order of events, so that steps shorter than a millisecond count;
    a step that ran alone is a group of its own. `dependencyOrder` lists every step behind what it depends on.
    `templateResolutions` are `{path, expression, value}` in the order of evaluation. Where the history had to drop
    events, or some are damaged, `missingEvents` says how many.
    """
    every = list(events)
    run = run_of(every)
    planned = _planned_groups(run)
    return {
        "executionId": run.execution_id,
        "workflowName": run.started.get("workflow"),
        "startedAt": run.started_at,
        "completedAt": run.completed_at,
        "totalDurationMs": run.duration_ms,
        "taskTimings": [_timing(step, run) for step in _rows(run)],
        "dependencyOrder": [path for group in planned for path in group],
        "plannedParallelGroups": planned,
        "actualParallelGroups": [group for steps in _scopes(run) for group in _actual_groups(steps)],
        "templateResolutions": run.resolutions,
    } | _missing(every)


def _missing(events: list[Event]) -> dict[str, Any]:
    """Events are numbered without gaps: where a number is missing, nothing is known of what it stood for."""
    missing = sum(last - first + 1 for first, last in gaps(events))
    return {"missingEvents": missing} if missing else {}


def _rows(run: Run) -> Iterable[Step]:
    """The steps, the iterations of each behind it."""
    iterations: dict[str, list[Step]] = {}
    for each in run.iterations.values():
        iterations.setdefault(around(each.path), []).append(each)
    for step in run.steps.values():
        yield step
        yield from iterations.get(step.path, ())


def _timing(step: Step, run: Run) -> dict[str, Any]:
    end_of_wait = step.started_at or step.completed_at or run.last_at
    return {
        "taskId": step.path,
        "taskRef": step.task_ref,
        "startedAt": step.started_at,
        "completedAt": step.completed_at,
        "durationMs": step.duration_ms,
        "waitTimeMs": between(step.ready_at, end_of_wait) or 0,
        "waitedForTasks": list(step.waited_for),
        "retryCount": step.retries,
        "status": step.status,
    }


def _scopes(run: Run) -> Iterable[list[Step]]:
    scopes: dict[str, list[Step]] = {}
    for step in run.steps.values():
        scopes.setdefault(step.scope, []).append(step)
    return scopes.values()


def _planned_groups(run: Run) -> list[list[str]]:
    """The plan's groups; the levels of steps that it does not name are those of what they waited for."""
    groups = [list(group) for group in run.plan.get("parallelGroups") or ()]
    named = {path for group in groups for path in group}
    for steps in _scopes(run):
        levels: dict[str, int] = {}
        by_level: dict[int, list[str]] = {}
        for step in steps:
            if step.path not in named:
                # Steps are in the order in which they became ready, so dependencies have their level already.
                levels[step.path] = 1 + max((levels.get(path, 0) for path in step.waited_for), default=0)
                by_level.setdefault(levels[step.path], []).append(step.path)
        groups += [by_level[level] for level in sorted(by_level)]
    return groups


def _actual_groups(steps: list[Step]) -> Iterable[list[str]]:
    """The maximal cliques of the intervals, met in one sweep: a set is maximal when it grew before it shrinks."""
    bounds = sorted(
        (seq, begins, step.path)
        for step in steps
        if step.started_seq is not None
        for seq, begins in ((step.started_seq, True), (step.completed_seq, False))
        if seq is not None
    )
    running: dict[str, None] = {}
    grew = False
    for _, begins, path in bounds:
        if begins:
            running[path] = None
        else:
            if grew:
                yield list(running)
            running.pop(path)
        grew = begins
    if grew:
        yield list(running)
