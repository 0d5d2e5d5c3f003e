"""WF804 deprecated-task."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check(
    "step",
    "WF804",
    "deprecated-task",
    Severity.HINT,
    "A task whose author says that another is to be used.",
    tags=("deprecated",),
)
def deprecated_task(step: StepAnalysis) -> Iterator[Draft]:
    """Says what its author says."""
    for use in step.uses:
        if use.contract is not None and use.contract.deprecated and use.use.node is not None:
            message = f"`{use.contract.key.name}` is deprecated: {use.contract.deprecated}"
            yield Draft(use.use.node.place, message, "use what its author recommends")
