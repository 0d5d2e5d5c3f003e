"""WF502 condition-type."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity
from wf_engine.types import describe, is_any, kinds


@check("step", "WF502", "condition-type", Severity.ERROR, "A condition that is never true or false.")
def condition_type(step: StepAnalysis) -> Iterator[Draft]:
    """`condition.if` gives true or false, `forEach.items` a list."""
    for site in step.sites:
        wanted = {("condition", "if"): "boolean", ("forEach", "items"): "array"}.get(site.site.path[:2])
        if wanted is None or site.findings or site.site.parsed.problems or is_any(site.type):
            continue
        if kinds(site.type) and wanted not in kinds(site.type):
            what = "true or false" if wanted == "boolean" else "a list"
            message = f"this is {describe(site.type)}, but {what} is wanted"
            yield Draft(site.site.node.place, message, "compare it with something" if wanted == "boolean" else None)
