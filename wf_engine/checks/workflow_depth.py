"""WF608 workflow-depth."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis, nested, uses
from wf_engine.analysis.callees import DEEPEST
from wf_engine.analysis.descent import resolve, too_deep
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check("workflow", "WF608", "workflow-depth", Severity.ERROR, "Sub-workflows too deep in one another.")
def workflow_depth(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """A chain that goes round is a cycle, and said to be one."""
    own = workflow.source.definition
    if own is None or not workflow.layout.workflows:
        return
    for use in (use for step in nested(workflow.steps) for use in uses(step) if use.kind == "Workflow"):
        target = resolve(workflow.workspace, use.ref, workflow.namespace)
        chain = too_deep(workflow.workspace, target) if target is not None else None
        if chain is not None and use.node is not None and len({id(each) for each in (own, *chain)}) == len(chain) + 1:
            path = " → ".join(each.key.name for each in (own, *chain))
            message = f"sub-workflows stand at most {DEEPEST} deep in one another; this goes deeper: {path}"
            yield Draft(use.node.place, message, "run one of them from outside, or join two of them")
