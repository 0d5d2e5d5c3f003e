"""WF709 unsigned-webhook."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis
from wf_engine.analysis.triggers import triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check(
    "workflow",
    "WF709",
    "unsigned-webhook",
    Severity.WARNING,
    "A webhook that takes requests from anybody.",
    yields_to="fields",
)
def unsigned_webhook(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Without `secretRef` no signature is asked for."""
    for trigger in triggers_of(workflow):
        if trigger.trigger.type == "webhook" and trigger.node.pair("secretRef") is None:
            place = trigger.node.pairs[0].key.place
            node = trigger.written("type")
            message = "this webhook has no `secretRef`: whoever knows its address can start the workflow"
            hint = "add `secretRef: NAME`, the secret with which its requests are signed"
            yield Draft(node.place if node else place, message, hint)
