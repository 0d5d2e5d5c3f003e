"""WF604 missing-default."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.branches import branches_of
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check(
    "step",
    "WF604",
    "missing-default",
    Severity.WARNING,
    "A `switch` without a `default`.",
    yields_to="fields",
)
def missing_default(step: StepAnalysis) -> Iterator[Draft]:
    """A value that no case takes fails the step; where the cases take every value there can be, nothing is missing."""
    branches = branches_of(step)
    pair = step.step.node.pair("switch") if step.step.node else None
    if branches is None or pair is None or not branches.readable or branches.node.pair("default"):
        return
    if branches.matches and not branches.complete:
        message = "this switch has no `default`: a value that no case takes fails the step"
        yield Draft(pair.key.place, message, "add `default:` with what runs then, such as a `taskRef`")
