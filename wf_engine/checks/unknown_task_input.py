"""WF505 unknown-task-input."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import Call, GivenInput, calls
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.text import Severity, did_you_mean


@check("step", "WF505", "unknown-task-input", Severity.ERROR, "An input that the task refuses.", yields_to="breaks")
def unknown_task_input(step: StepAnalysis) -> Iterator[Draft]:
    """The task's schema allows no other properties, or it is a workflow, which never takes unknown inputs."""
    for call in calls(step):
        for given in call.inputs:
            if given.wanted.status == "forbidden":
                yield unknown(call, given)


def unknown(call: Call, given: GivenInput) -> Draft:
    """The draft for an input that is not declared."""
    name, place = given.name, given.pair.key.place
    message = f"`{call.contract.key.name}` has no input `{name}`.{did_you_mean(name, call.free)}"
    known = ", ".join(call.contract.inputs)
    return Draft(
        place, message, f"its inputs are {known}" if known else None, fixes=rename_to_closest(place, name, call.free)
    )
