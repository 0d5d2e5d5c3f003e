"""WF309 duplicate-trigger."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis
from wf_engine.analysis.triggers import triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.syntax import Place
from wf_engine.text import Severity


@check("workflow", "WF309", "duplicate-trigger", Severity.ERROR, "Two triggers with the same id.")
def duplicate_trigger(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """The later one is reported."""
    first: dict[str, Place] = {}
    for trigger in triggers_of(workflow):
        node, name = trigger.written("id"), trigger.trigger.id
        if node is None or name is None:
            continue
        if name in first:
            message = f"there is a trigger `{name}` already"
            yield Draft(node.place, message, "give it an id of its own", ((first[name], f"the first `{name}`"),))
        first.setdefault(name, node.place)
