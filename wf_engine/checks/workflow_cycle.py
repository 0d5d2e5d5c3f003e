"""WF607 workflow-cycle."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis, nested, uses
from wf_engine.analysis.descent import resolve, way_back
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check(
    "workflow", "WF607", "workflow-cycle", Severity.ERROR, "A workflow that runs itself, directly or through others."
)
def workflow_cycle(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Reported at the reference that leads back, in every workflow on the way round."""
    own = workflow.source.definition
    if own is None or not workflow.layout.workflows:
        return
    for use in (use for step in nested(workflow.steps) for use in uses(step) if use.kind == "Workflow"):
        target = resolve(workflow.workspace, use.ref, workflow.namespace)
        way = way_back(workflow.workspace, target, own) if target is not None else None
        if way is not None and use.node is not None:
            path = " → ".join(each.key.name for each in (own, *way))
            message = f"this workflow would run itself without end: {path}"
            explained = (f"reference:{id(use.node)}",)
            yield Draft(use.node.place, message, "run something else here", explains=explained)
