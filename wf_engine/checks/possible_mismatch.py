"""WF509 possible-mismatch."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import calls
from wf_engine.checks.base import Draft, check
from wf_engine.checks.incompatible_input import compare
from wf_engine.language.parameters import node_at
from wf_engine.text import Severity
from wf_engine.types import Answer, describe


@check("step", "WF509", "possible-mismatch", Severity.WARNING, "An input that some values would not fit.")
def possible_mismatch(step: StepAnalysis) -> Iterator[Draft]:
    """Null, a kind or a lacking property that the task would refuse at run time."""
    for call in calls(step):
        for given in call.inputs:
            if given.wanted.status not in ("required", "optional"):
                continue
            answer = compare(given)
            if answer.answer is Answer.PARTLY:
                where = ".".join(map(str, (given.name, *answer.path)))
                message = f"`{where}` of `{call.contract.key.name}` {answer.reason}"
                hint = f"wanted: {describe(given.wanted.type)}; given: {describe(given.given)}; `??` gives another value for null"
                yield Draft(node_at(given.pair.value, answer.path).place, message, hint)
