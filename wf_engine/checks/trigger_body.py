"""WF710 trigger-body."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis
from wf_engine.analysis.triggers import TriggerAnalysis, triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.language.workflow import TRIGGER_FIELDS
from wf_engine.text import Severity

_REASONS = {"cron": "a schedule has no other times", "path": "a webhook has no other address"}


@check(
    "workflow",
    "WF710",
    "trigger-body",
    Severity.ERROR,
    "A trigger whose fields are not those of its type.",
    yields_to="fields",
)
def trigger_body(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """A schedule has `cron`, a webhook has `path`, and neither has what belongs to the other."""
    for trigger in triggers_of(workflow):
        kind = trigger.trigger.type
        if kind is not None and kind in TRIGGER_FIELDS:
            yield from _of_one(trigger, kind)


def _of_one(trigger: TriggerAnalysis, kind: str) -> Iterator[Draft]:
    other = next(each for each in TRIGGER_FIELDS if each != kind)
    foreign = [pair for pair in trigger.node.pairs if pair.name in TRIGGER_FIELDS[other]]
    for pair in foreign:
        message = f"`{pair.name}` belongs to a {other}, and this is a {kind}"
        yield Draft(pair.key.place, message, f"remove it, or write `type: {other}`")
    needed, node = TRIGGER_FIELDS[kind][0], trigger.written("type")
    if trigger.node.pair(needed) is None and not foreign and node is not None:
        yield Draft(node.place, f"`{needed}` is missing: {_REASONS[needed]}", f"add `{needed}: …`")
