"""WF508 undeclared-task-input."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import calls
from wf_engine.checks.base import Draft, check
from wf_engine.checks.unknown_task_input import unknown
from wf_engine.text import Severity


@check(
    "step",
    "WF508",
    "undeclared-task-input",
    Severity.WARNING,
    "An input that the task's schema does not name.",
    yields_to="breaks",
)
def undeclared_task_input(step: StepAnalysis) -> Iterator[Draft]:
    """The schema names its properties and says nothing of others: the input has likely no effect."""
    for call in calls(step):
        for given in call.inputs:
            if given.wanted.status == "undeclared":
                yield unknown(call, given)
