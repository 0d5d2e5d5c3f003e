"""WF702 unknown-zone."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis
from wf_engine.analysis.schedules import is_zone, zones
from wf_engine.analysis.triggers import triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.text import Severity, did_you_mean


@check("workflow", "WF702", "unknown-zone", Severity.ERROR, "A time zone that there is not.", yields_to="breaks")
def unknown_zone(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Zones are named as IANA names them."""
    for trigger in triggers_of(workflow):
        node = trigger.written("timezone")
        if node is not None and isinstance(node.value, str) and not is_zone(node.value):
            known = zones()
            message = f"there is no time zone `{node.value}`.{did_you_mean(node.value, known)}"
            hint = "IANA names such as `Europe/Berlin` or `UTC`"
            yield Draft(node.place, message, hint, fixes=rename_to_closest(node.place, node.value, known))
