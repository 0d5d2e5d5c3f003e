"""WF302 unknown-workflow."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, UseAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.syntax import Place
from wf_engine.text import Severity, did_you_mean


@check("step", "WF302", "unknown-workflow", Severity.ERROR, "A reference to a Workflow that there is not.")
def unknown_workflow(step: StepAnalysis) -> Iterator[Draft]:
    """Every `workflowRef` of the step and its targets must name a workflow of the workspace."""
    for use in step.uses:
        if use.use.kind != "Workflow" or use.contract is not None or use.astray is not None or use.versions:
            continue
        if use.certain and use.use.node is not None:
            yield _draft(use, use.use.node.place)


def _draft(use: UseAnalysis, place: Place) -> Draft:
    name = use.use.ref.partition("@")[0]
    message = f"there is no workflow `{name}`.{did_you_mean(name, use.known)}"
    hint = "the workflows of a workspace are its documents of `kind: Workflow`"
    if use.other_kind:
        hint = f"there is a task of this name: write `taskRef: {name}`"
    return Draft(place, message, hint, fixes=rename_to_closest(place, name, use.known))
