"""WF802 serial-steps."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis
from wf_engine.analysis.scope_steps import ScopeSteps, block_steps, own_steps
from wf_engine.checks.base import Draft, check
from wf_engine.checks.dependency_entries import entry, without
from wf_engine.text import Severity


@check(
    "workflow",
    "WF802",
    "serial-steps",
    Severity.HINT,
    "A step that waits for another without reading anything of it.",
    yields_to="errors",
)
def serial_steps(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Only of steps that change nothing, so that it makes no difference which of them runs first."""
    yield from _drafts(own_steps(workflow))


def _in_blocks(step: StepAnalysis) -> Iterator[Draft]:
    for block in block_steps(step):
        yield from _drafts(block)


serial_steps = serial_steps.also("step", _in_blocks)


def _drafts(scope: ScopeSteps) -> Iterator[Draft]:
    for name, numbers in scope.waiting.serial.items():
        if not numbers or not scope.is_safe(name):
            continue
        step = scope.step(name)
        for number in numbers:
            item = entry(step, number)
            if item is None or not scope.is_safe(item.text):
                continue
            message = f"`{name}` waits for `{item.text}` and reads nothing of it: they could run at the same time"
            hint = f"both only read; remove `{item.text}` here, unless the order matters to you"
            yield Draft(item.place, message, hint, fixes=without(step, number, safe=False))
