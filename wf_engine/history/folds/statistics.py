"""Statistics over many executions: how many, how many of them well, and how long."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wf_engine.history.folds.summary import ExecutionSummary
from wf_engine.history.folds.tally import StepFigures

_JUDGED = ("succeeded", "failed", "timedOut")
"""What was cancelled or interrupted ended neither well nor badly."""


def workflow_statistics(runs: Iterable[ExecutionSummary]) -> list[dict[str, Any]]:
    """By workflow, the most run first: `{workflow, namespace, count, byStatus, successRate, durationMs}`.

    `successRate` is the share of those that succeeded among those that succeeded, failed or timed out, None without
    any; `durationMs` is `{p50, p95, p99, max}` of those that succeeded, None without any.
    """
    groups: dict[tuple[str, str], list[tuple[str, float | None]]] = defaultdict(list)
    for run in runs:
        groups[run.namespace or "", run.workflow or ""].append((run.status, run.duration_ms))
    found = [
        {"workflow": workflow, "namespace": namespace} | _figures(each)
        for (namespace, workflow), each in groups.items()
    ]
    return sorted(found, key=lambda each: (-each["count"], each["namespace"], each["workflow"]))


def task_statistics(executions: Iterable[Iterable[StepFigures]]) -> list[dict[str, Any]]:
    """By task, the most run first: `{taskRef, count, byStatus, successRate, durationMs, attempts}` of its steps.

    As `workflow_statistics`; steps that were skipped never ran and do not count. `attempts` is their mean number.
    """
    groups: dict[str, list[tuple[str, float | None]]] = defaultdict(list)
    attempts: dict[str, int] = defaultdict(int)
    for steps in executions:
        for task_ref, status, duration_ms, count in steps:
            groups[task_ref].append((status, duration_ms))
            attempts[task_ref] += count
    found = [
        {"taskRef": task} | _figures(each) | {"attempts": round(attempts[task] / len(each), 2)}
        for task, each in groups.items()
    ]
    return sorted(found, key=lambda each: (-each["count"], each["taskRef"]))


def _figures(group: Sequence[tuple[str, float | None]]) -> dict[str, Any]:
    by_status: dict[str, int] = defaultdict(int)
    for status, _ in group:
        by_status[status] += 1
    counted = dict(sorted(by_status.items()))
    judged = sum(counted.get(each, 0) for each in _JUDGED)
    return {
        "count": len(group),
        "byStatus": counted,
        "successRate": round(counted.get("succeeded", 0) / judged, 4) if judged else None,
        "durationMs": _percentiles([ms for status, ms in group if status == "succeeded" and ms is not None]),
    }


def _percentiles(durations: Sequence[float]) -> Mapping[str, float] | None:
    if not durations:
        return None
    ordered = sorted(durations)
    return {f"p{p}": _percentile(ordered, p) for p in (50, 95, 99)} | {"max": ordered[-1]}


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """The smallest duration that `percent` of a hundred do not exceed (nearest rank)."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
