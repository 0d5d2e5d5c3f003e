"""WF303 unknown-dependency."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.syntax import Scalar, Seq
from wf_engine.text import Severity, did_you_mean


@check("step", "WF303", "unknown-dependency", Severity.ERROR, "An id under `dependsOn` that is no step in the same scope.")
def unknown_dependency(step: StepAnalysis) -> Iterator[Draft]:
    """`dependsOn` names steps of the same scope."""
    node = step.step.node.get("dependsOn") if step.step.node else None
    for item in node.items if isinstance(node, Seq) else ():
        if isinstance(item, Scalar) and not item.broken and isinstance(item.value, str) and item.value not in step.siblings:
            others = [name for name in step.siblings if name != step.step.id]
            message = f"there is no step `{item.value}` here.{did_you_mean(item.value, others)}"
            hint = f"steps in this scope: {', '.join(others[:12])}" if others else "this scope has no other steps"
            yield Draft(item.place, message, hint, fixes=rename_to_closest(item.place, item.value, others))
