"""WF502 condition-type."""

from collections.abc import Iterable, Iterator

from wf_engine.analysis import StepAnalysis, TaskAnalysis, WorkflowAnalysis
from wf_engine.analysis.controls import Control, cache_controls, step_controls, trigger_controls
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity
from wf_engine.types import describe, kinds


def _in_step(step: StepAnalysis) -> Iterator[Draft]:
    """`condition.if` gives true or false, `forEach.items` a list."""
    return _wrong(step_controls(step))


def _in_trigger(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """`filter` of a webhook gives true or false."""
    return _wrong(trigger_controls(workflow))


def _in_cache(task: TaskAnalysis) -> Iterator[Draft]:
    """`bypassWhen` of a cache gives true or false."""
    return _wrong(cache_controls(task))


def _wrong(controls: Iterable[Control]) -> Iterator[Draft]:
    for control in controls:
        found = kinds(control.given)
        if found and control.kind not in found:
            message = f"this is `{describe(control.given)}`, but {control.words} is wanted"
            yield Draft(control.node.place, message, control.hint)


condition_type = (
    check(
        "step",
        "WF502",
        "condition-type",
        Severity.ERROR,
        "A condition that is never true or false, or items that are no list.",
    )(_in_step)
    .also("workflow", _in_trigger)
    .also("task", _in_cache)
)
