"""WF305 duplicate-id."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis, nested
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import replacement
from wf_engine.language import Step
from wf_engine.syntax import Place
from wf_engine.text import Severity


@check("workflow", "WF305", "duplicate-id", Severity.ERROR, "Two steps with the same id.")
def duplicate_id(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Ids are unique in a workflow, those of steps in blocks included; the later one is reported."""
    if not workflow.layout.repeated:
        return
    ids = {name for facts in workflow.facts for name in facts.ids}
    first: dict[str, Step] = {}
    for step in nested(workflow.steps):
        if not step.id:
            continue
        if step.id not in first:
            first[step.id] = step
            continue
        place, other = _id_place(step), _id_place(first[step.id])
        if place and other:
            free = _free(step.id, ids)
            yield Draft(
                place, f"there is a step `{step.id}` already", "an id is used once in a workflow, blocks included",
                ((other, f"the first `{step.id}`"),), (replacement(f"Change it to `{free}`", place, free),),
            )  # fmt: skip


def _id_place(step: Step) -> Place | None:
    node = step.node.get("id") if step.node else None
    return node.place if node else None


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
