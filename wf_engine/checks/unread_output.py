"""WF801 unread-output."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis
from wf_engine.analysis.scope_steps import ScopeSteps, block_steps, own_steps
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check(
    "workflow",
    "WF801",
    "unread-output",
    Severity.HINT,
    "A step that only reads, and whose output nobody reads.",
    tags=("unnecessary",),
    yields_to="errors",
)
def unread_output(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Nothing is said where no `output` is written yet that could read it."""
    yield from _drafts(own_steps(workflow))


def _in_blocks(step: StepAnalysis) -> Iterator[Draft]:
    for block in block_steps(step):
        yield from _drafts(block)


unread_output = unread_output.also("step", _in_blocks)


def _drafts(scope: ScopeSteps) -> Iterator[Draft]:
    if not scope.has_output:
        return
    for name in scope.waiting.last:
        if name in scope.in_output or not scope.is_safe(name):
            continue
        node = scope.step(name).node
        written = node.get("id") if node else None
        if written is not None:
            message = f"nobody reads what `{name}` gives, and it changes nothing"
            hint = f"read `tasks.{name}.output` somewhere, or remove the step"
            yield Draft(written.place, message, hint, due_to=(f"skipped:{name}",))
