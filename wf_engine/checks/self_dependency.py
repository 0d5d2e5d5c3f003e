"""WF304 self-dependency."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, facts_of
from wf_engine.analysis.places import dependency_place
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check("step", "WF304", "self-dependency", Severity.ERROR, "A step that waits for itself.")
def self_dependency(step: StepAnalysis) -> Iterator[Draft]:
    """A step cannot read its own output, nor name itself under `dependsOn`."""
    name = step.step.id
    if name and name in facts_of(step.step).dependencies:
        place = dependency_place(step.step, name)
        if place is not None:
            yield Draft(place, f"`{name}` waits for itself", "refer to another step, or remove this")
