"""WF703 trigger-input."""

from collections.abc import Iterator

from wf_engine.analysis import WorkflowAnalysis
from wf_engine.analysis.triggers import TriggerAnalysis, triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.language.parameters import dotted, node_at
from wf_engine.language.values import first_line
from wf_engine.syntax import Pair, resolved
from wf_engine.text import Severity, closest, did_you_mean
from wf_engine.types import Answer, assignable, property_of
from wf_engine.workspace.contracts import Contract


@check(
    "workflow",
    "WF703",
    "trigger-input",
    Severity.ERROR,
    "The input of a trigger is not the one that the workflow takes.",
    yields_to="fields",
)
def trigger_input(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """Unknown, missing and incompatible inputs, as in a call of the workflow."""
    definition = workflow.source.definition
    for trigger in triggers_of(workflow) if definition is not None else ():
        if definition is not None and trigger.trigger.type is not None:
            yield from _of_one(trigger, definition.contract)


def _of_one(trigger: TriggerAnalysis, contract: Contract) -> Iterator[Draft]:
    given = {pair.name or "": pair for pair in trigger.given}
    free = [name for name in contract.inputs if name not in given]
    misspelt = set()
    for name, pair in given.items():
        if property_of(contract.input_type, name).status == "forbidden":
            near = closest(name, free)
            misspelt.add(near)
            known = ", ".join(contract.inputs)
            message = f"this workflow has no input `{name}`.{did_you_mean(name, free)}"
            hint = f"its inputs are {known}" if known else "it takes no input"
            yield Draft(pair.key.place, message, hint, fixes=rename_to_closest(pair.key.place, name, free))
        else:
            yield from _incompatible(trigger, contract, name, pair)
    missing = [name for name in contract.required if name not in given and name not in misspelt]
    if missing and _readable(trigger):
        yield _missing(trigger, missing)


def _readable(trigger: TriggerAnalysis) -> bool:
    foreign = "input" if trigger.trigger.type == "webhook" else "inputMapping"
    return trigger.entries == trigger.given and trigger.node.pair(foreign) is None


def _missing(trigger: TriggerAnalysis, missing: list[str]) -> Draft:
    names, field = ", ".join(f"`{name}`" for name in missing), trigger.input
    what = "inputs" if len(missing) > 1 else "input"
    where = "inputMapping" if trigger.trigger.type == "webhook" else "input"
    message = f"this trigger does not give the {what} {names}, which the workflow requires"
    own = trigger.node.get("id")
    place = field.key.place if field else own.place if own else first_line(trigger.node)
    return Draft(place, message, f"give a value under `{where}`, or a `default` to the workflow's input")


def _incompatible(trigger: TriggerAnalysis, contract: Contract, name: str, pair: Pair) -> Iterator[Draft]:
    site = trigger.site_of(resolved(pair.value))
    if site is not None and (site.findings or site.site.parsed.problems):
        return
    wanted = property_of(contract.input_type, name)
    answer = assignable(trigger.type_of(pair.value), wanted.type)
    if answer.answer is Answer.NO:
        node = node_at(pair.value, answer.path)
        yield Draft(
            first_line(node),
            f"the input `{dotted(name, answer.path)}` {answer.reason}",
            "every run that it starts would be refused",
        )
