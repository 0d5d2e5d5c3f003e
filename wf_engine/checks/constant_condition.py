"""WF602 constant-condition."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.constancy import constant_of
from wf_engine.checks.base import Draft, check
from wf_engine.syntax import Map, Scalar
from wf_engine.text import Severity


@check(
    "step",
    "WF602",
    "constant-condition",
    Severity.WARNING,
    "A condition that always turns out the same.",
    yields_to="fields",
)
def constant_condition(step: StepAnalysis) -> Iterator[Draft]:
    """A step that always runs needs no condition, one that never runs need not be there."""
    holder = step.step.node.get("condition") if step.step.node else None
    written = holder.get("if") if isinstance(holder, Map) else None
    if not isinstance(written, Scalar) or not isinstance(holder, Map):
        return
    value, reason = _always(step, written)
    if value is not None:
        instead = "`else` never runs" if value else "`else` always runs"
        alone = "it decides nothing" if value else "the step never runs"
        message = f"this condition is always {str(value).lower()}: {instead if holder.pair('else') else alone}"
        hint = f"{reason}; " if reason else ""
        hint += "remove the condition" if value else "change the condition, or remove the step"
        yield Draft(written.place, message, hint, explains=(f"skipped:{step.step.id}", f"site:{id(written)}"))


def _always(step: StepAnalysis, written: Scalar) -> tuple[bool | None, str]:
    if isinstance(written.value, bool):
        return written.value, ""
    site = step.site_of(written)
    found = constant_of(site) if site else None
    return (found.value, found.reason) if found else (None, "")
