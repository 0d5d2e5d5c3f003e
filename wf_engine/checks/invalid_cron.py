"""WF701 invalid-cron."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis
from wf_engine.analysis.schedules import cron_fault
from wf_engine.analysis.triggers import triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check("workflow", "WF701", "invalid-cron", Severity.ERROR, "A schedule that is none.", yields_to="breaks")
def invalid_cron(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Five fields, each within its bounds, on days that there are."""
    for trigger in triggers_of(workflow):
        node = trigger.written("cron")
        if node is not None and isinstance(node.value, str) and trigger.trigger.type == "schedule":
            text = node.value
            fault = node.remember("cron", lambda text=text: cron_fault(text))  # type: ignore[misc]
            if fault is not None:
                yield Draft(node.place, fault, "such as `0 6 * * 1`, Mondays at six")
