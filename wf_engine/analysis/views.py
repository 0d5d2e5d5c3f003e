"""What a step looks like to the others: the type of its output, and whether it may be skipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wf_engine.analysis.steps import targets
from wf_engine.expressions import Expression, Template
from wf_engine.language import Step, Target
from wf_engine.types import (
    ANY,
    INTEGER,
    NULL,
    STRING,
    Type,
    array_of,
    literal,
    nullable,
    object_of,
    union,
)
from wf_engine.workspace import Reference, reference
from wf_engine.workspace.workspace import Contracts


@dataclass(frozen=True)
class StepView:
    """A step as `tasks.ID` shows it."""

    id: str
    output: Type
    skippable: bool
    one_call: bool
    """It makes exactly one http call, so that `response` is there."""

    @cached_property
    def type(self) -> Type:
        """The type of `tasks.ID`."""
        output = nullable(self.output) if self.skippable else self.output
        statuses = union(literal("succeeded"), literal("skipped")) if self.skippable else literal("succeeded")
        response = nullable(_RESPONSE) if self.skippable else _RESPONSE
        return object_of({"output": output, "status": statuses, "response": response if self.one_call else NULL})


_RESPONSE = object_of({"status": INTEGER, "headers": object_of({}, closed=False)})
_LOOP_ERROR = object_of({"index": INTEGER, "code": STRING, "message": STRING})


def view_of(step: Step, contracts: Contracts, namespace: str) -> StepView | None:
    """How a step looks to others, None where it has no id. Remembered until a contract changes."""
    if step.id is None:
        return None
    if step.node is None:
        return _view(step, step.id, contracts, namespace)
    memo = step.node.memo
    known = memo.get("view") if memo else None
    if known is not None and known[0] is contracts and known[1] == namespace:
        found: StepView = known[2]
        return found
    view = _view(step, step.id, contracts, namespace)
    if step.node.memo is None:
        step.node.memo = {}
    step.node.memo["view"] = (contracts, namespace, view)
    return view


def _view(step: Step, name: str, contracts: Contracts, namespace: str) -> StepView:
    output, others = _own_output(step, contracts, namespace), []
    if step.condition and step.condition.else_:
        others.append(_target_output(step.condition.else_, contracts, namespace))
    if step.fallback:
        others.append(_fallback_output(step, contracts, namespace))
    if step.for_each:
        output = _loop_output(output)
    skippable = step.condition is not None and step.condition.else_ is None
    contract = contract_at(contracts, "WorkflowTask", reference(step.task_ref, namespace)) if step.task_ref else None
    one_call = contract is not None and contract.makes_call and step.for_each is None and not others
    return StepView(name, union(output, *others), skippable, one_call)


def contract_at(contracts: Contracts, kind: str, wanted: Reference) -> Any:
    """The contract of what a reference means, None where there is none."""
    found = contracts.get((kind, wanted.namespace, wanted.name), ())
    return next((each for each in found if wanted.version is None or each.key.version == wanted.version), None)


def _own_output(step: Step, contracts: Contracts, namespace: str) -> Type:
    if step.switch:
        branches = [_target_output(target, contracts, namespace) for path, target in targets(step) if path[:1] == ("switch",)]
        return union(*branches) if branches else ANY
    if step.transform:
        return ANY
    return _target_output(step, contracts, namespace)


def _target_output(target: Step | Target, contracts: Contracts, namespace: str) -> Type:
    if target.tasks is not None:
        return _block_output(target, contracts, namespace)
    kind, ref = ("WorkflowTask", target.task_ref) if target.task_ref else ("Workflow", target.workflow_ref)
    contract = contract_at(contracts, kind, reference(ref, namespace)) if ref else None
    return contract.output_type if contract is not None else ANY


def _block_output(target: Step | Target, contracts: Contracts, namespace: str) -> Type:
    if target.node is not None and target.node.pair("output"):
        return tree_type(target.output)
    views = [view_of(inner, contracts, namespace) for inner in target.tasks or ()]
    outputs = {view.id: nullable(view.output) if view.skippable else view.output for view in views if view is not None}
    return object_of(outputs)


def _fallback_output(step: Step, contracts: Contracts, namespace: str) -> Type:
    fallback = step.fallback
    if fallback is None:
        return ANY
    if fallback.task_ref or fallback.workflow_ref or fallback.tasks is not None:
        return _target_output(fallback, contracts, namespace)
    return tree_type(fallback.output)


def _loop_output(item: Type) -> Type:
    return object_of({
        "results": array_of(nullable(item)),
        "itemCount": INTEGER,
        "successCount": INTEGER,
        "failureCount": INTEGER,
        "errors": array_of(_LOOP_ERROR),
    })


def tree_type(tree: Any) -> Type:
    """The type of a value as far as it is written out; what a template gives is any."""
    if isinstance(tree, Template):
        return ANY if tree.single is not None else STRING
    if isinstance(tree, Expression):
        return ANY
    if isinstance(tree, Mapping):
        return object_of({str(key): tree_type(value) for key, value in tree.items()})
    if isinstance(tree, list | tuple):
        return array_of(union(*map(tree_type, tree)) if tree else ANY)
    return literal(tree)


