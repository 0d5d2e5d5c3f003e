"""WF605 redundant-dependency."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis
from wf_engine.analysis.scope_steps import ScopeSteps, block_steps, own_steps
from wf_engine.checks.base import Draft, check
from wf_engine.checks.dependency_entries import entry, without
from wf_engine.text import Severity


@check(
    "workflow",
    "WF605",
    "redundant-dependency",
    Severity.WARNING,
    "An entry of `dependsOn` that says what is so without it.",
    tags=("unnecessary",),
    yields_to="errors",
)
def redundant_dependency(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """The step reads the other one, or waits for it through a third."""
    yield from _drafts(own_steps(workflow))


def _in_blocks(step: StepAnalysis) -> Iterator[Draft]:
    for block in block_steps(step):
        yield from _drafts(block)


redundant_dependency = redundant_dependency.also("step", _in_blocks)


def _drafts(scope: ScopeSteps) -> Iterator[Draft]:
    for name, numbers in scope.waiting.redundant.items():
        step = scope.step(name)
        for number in numbers:
            item = entry(step, number)
            if item is None:
                continue
            reason = f"it reads `tasks.{item.text}`"
            if item.text in (step.depends_on or ())[:number]:
                reason = "it is named twice"
            elif item.text not in scope.waiting.reads[name]:
                reason = "another step that it waits for does so"
            message = f"`{name}` waits for `{item.text}` without this: {reason}"
            yield Draft(item.place, message, "remove it", fixes=without(step, number))
