"""WF508 undeclared-task-input."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import Call, GivenInput, calls, undeclared_keys
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.unknown_task_input import unknown
from wf_engine.text import Severity, did_you_mean
from wf_engine.types import properties


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
            else:
                yield from _inside(call, given)


def _inside(call: Call, given: GivenInput) -> Iterator[Draft]:
    """Keys of the maps that are written in an input, at any depth."""
    for pair, around in undeclared_keys(given.pair.value, given.wanted.type):
        name, known = pair.name or "", list(properties(around))
        message = f"`{name}` is no key that `{call.contract.key.name}` declares here.{did_you_mean(name, known)}"
        hint = f"it declares {', '.join(known)}" if known else None
        yield Draft(pair.key.place, message, hint, fixes=rename_to_closest(pair.key.place, name, known))
