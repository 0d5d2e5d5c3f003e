"""WF301 unknown-task."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.text import Severity, did_you_mean


@check("step", "WF301", "unknown-task", Severity.ERROR, "A reference to a WorkflowTask that there is not.")
def unknown_task(step: StepAnalysis) -> Iterator[Draft]:
    """Every `taskRef` of the step and its targets must name a task of the workspace."""
    for use in step.uses:
        if use.use.kind != "WorkflowTask" or use.contract is not None or use.astray is not None:
            continue
        name, node = use.use.ref, use.use.node
        if use.certain and node is not None and name.partition("@")[0] not in use.known:
            place = node.place
            message = f"there is no task `{name}`.{did_you_mean(name, use.known)}"
            hint = "the tasks of a workspace are its documents of `kind: WorkflowTask`"
            if use.other_kind:
                hint = f"there is a workflow of this name: write `workflowRef: {name}`"
            yield Draft(place, message, hint, fixes=rename_to_closest(place, name, use.known))
