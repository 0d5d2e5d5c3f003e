"""WF302 unknown-workflow."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.text import Severity, did_you_mean


@check("step", "WF302", "unknown-workflow", Severity.ERROR, "A reference to a Workflow, or a version, that there is not.")
def unknown_workflow(step: StepAnalysis) -> Iterator[Draft]:
    """Every `workflowRef` of the step and its targets must name a workflow of the workspace."""
    for use in step.uses:
        if use.use.kind == "Workflow" and use.contract is None and use.certain and use.use.node is not None:
            name, at, version = use.use.ref.partition("@")
            place = use.use.node.place
            if at and name in use.known:
                yield Draft(place, f"there is no version `{version}` of the workflow `{name}`", "leave the version out for the highest")
            else:
                message = f"there is no workflow `{name}`.{did_you_mean(name, use.known)}"
                hint = "a Workflow of this name must stand in the workspace"
                yield Draft(place, message, hint, fixes=rename_to_closest(place, name, use.known))
