"""WF606 loop-depth."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity

_DEEPEST = 3


@check("step", "WF606", "loop-depth", Severity.ERROR, "A forEach in too many others.")
def loop_depth(step: StepAnalysis) -> Iterator[Draft]:
    """Loops stand at most three deep; of a pile of them the first that is too deep is reported."""
    pair = step.step.node.pair("forEach") if step.step.node else None
    if pair is not None and len(step.scope.loops) == _DEEPEST + 1:
        message = f"this forEach stands in {_DEEPEST} others: at most {_DEEPEST} may stand in one another"
        yield Draft(pair.key.place, message, "move the inner steps into a workflow of their own, and run that")
