"""How executions end: their last event's fields, and the body that every door answers with (language §7)."""

from collections.abc import Sequence
from typing import Any

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import spoken
from wf_engine.execution.moves import Ending, Scope
from wf_engine.execution.program import Context, Enter, StepRun, WorkflowProgram
from wf_engine.execution.recorder import Event


def ending(
    status: Ending, program: WorkflowProgram, root: Scope, context: Context, failure: Failure | None
) -> dict[str, Any]:
    """`{status, output, durationMs, error}` of an execution whose steps have ended; the duration is filled in later.

    `failure` is what has ended it, where that was a limit.
    """
    output = None
    if status == "succeeded":
        try:
            output = program.scope.result(root.tag.frame, [node.tag for node in root.nodes], context).output
        except StepError as fault:
            status, output, failure = "failed", None, fault.failure
    elif status == "failed":
        failure = failure or first_error([node.tag for node in root.nodes if node.tag is not None])
    else:
        failure = _stopped(status, program)
    error = None if failure is None else failure.to_json()
    return {"status": status, "output": output, "durationMs": 0.0, "error": error}


def first_error(steps: Sequence[StepRun]) -> Failure:
    """The error of the step that failed first; one of them must have failed."""
    failed = [(step.ended["seq"], step.error) for step in steps if step.error is not None]
    return min(failed, key=lambda each: int(each[0]))[1]


def _stopped(status: Ending, program: WorkflowProgram) -> Failure:
    if status == "timedOut":
        return Failure(
            code="TIMEOUT",
            message=f"The workflow `{program.name}` took longer than its timeout of {spoken(program.timeout_ms)}.",
            suggestion="Look in the trace for the step that took the time, or raise `spec.timeout` (at most 5m).",
            retryable=True,
        )
    return Failure(code="CANCELLED", message="The execution was cancelled.", suggestion="Run it again.", retryable=True)


def step_timeout(step: StepRun) -> Failure:
    """The failure of a step that took longer than its own timeout."""
    milliseconds = round((step.program.timeout or 0) * 1000)
    return Failure(
        code="TIMEOUT",
        message=f"The step took longer than its timeout of {spoken(milliseconds)}, attempts and waits included.",
        suggestion=f"Raise `timeout` of the step `{step.program.id}`, or let it try less often (`retry.maxAttempts`).",
        path=step.path,
        retryable=True,
    )


def workflow_timeout(step: StepRun, entered: Enter) -> Failure:
    """The failure of a step whose workflow took longer than its own timeout."""
    return Failure(
        code="TIMEOUT",
        message=f"The workflow `{entered.name}` took longer than its timeout of {spoken(entered.timeout_ms or 0)}.",
        suggestion=f"Look in the trace for the step that took the time, or raise `spec.timeout` of `{entered.name}`.",
        path=step.path,
        retryable=True,
    )


def too_many(what: str, setting: str, most: int, path: str) -> Failure:
    """The failure of an execution that has more steps or events than it may; `path` is where that was."""
    where = f", at `{path}`" if path else ""
    return Failure(
        code="LIMIT_EXCEEDED",
        message=f"The execution has more than {most:,} {what}{where}.",
        suggestion=f"Give its loops fewer items, or raise `{setting}` under `[limits]` in wf.toml.",
        path=path,
    )


def given_up(step: StepRun) -> Failure:
    """The failure of an attempt that was aborted."""
    return Failure(
        code="CANCELLED",
        message="The attempt was given up before it was answered.",
        suggestion="See why the step or the execution ended.",
        path=step.path,
        attempts=step.attempts,
    )


def body(program: WorkflowProgram, steps: Sequence[StepRun], finished: Event) -> dict[str, Any]:
    """The execution as every door answers it; the fold of its events gives the same."""
    tasks = [_task(step) for step in steps]
    return {
        "executionId": finished["executionId"],
        "workflowName": program.name,
        "version": program.version,
        "status": finished["status"],
        "output": finished["output"],
        "errors": _errors(tasks, finished),
        "durationMs": finished["durationMs"],
        "tasks": tasks,
    }


def _errors(tasks: Sequence[dict[str, Any]], finished: Event) -> list[Any]:
    """Each failed step's error, then the execution's own where it is another; none where it has succeeded."""
    if finished["status"] == "succeeded":
        return []
    distinct: dict[tuple[str, str, str], Any] = {}
    for error in [*(task["error"] for task in tasks), finished["error"]]:
        if error is not None:
            distinct.setdefault((error["code"], error["path"], error["message"]), error)
    return list(distinct.values())


def _task(step: StepRun) -> dict[str, Any]:
    started, ended = step.started, step.ended
    return {
        "path": step.path,
        "taskRef": None if started is None else started["taskRef"],
        "status": ended["status"],
        "output": ended["output"],
        "error": ended["error"],
        "attempts": step.attempts,
        "startedAt": None if started is None else started["at"],
        "completedAt": ended["at"],
        "durationMs": ended["durationMs"],
    }
