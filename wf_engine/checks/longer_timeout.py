"""WF705 longer-timeout."""

from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis, blocks, uses
from wf_engine.checks.base import Draft, check
from wf_engine.language import Step, WorkflowSpec, default
from wf_engine.syntax import Map, Place, Scalar
from wf_engine.text import Severity
from wf_engine.workspace import Contract, reference

_FALLBACK = ("fallback",)
"""Where a target stands that runs once the step's own timeout is over."""


class Around(NamedTuple):
    """The timeout around a step, and who has it."""

    milliseconds: int
    text: str
    owner: str
    place: Place | None

    @property
    def related(self) -> tuple[tuple[Place, str], ...]:
        """Where it is written."""
        return ((self.place, f"the timeout of {self.owner}"),) if self.place else ()


@check(
    "workflow",
    "WF705",
    "longer-timeout",
    Severity.WARNING,
    "A timeout that is longer than the one around it.",
    yields_to="fields",
)
def longer_timeout(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """It never ends anything, since what is around it has ended before."""
    spec = workflow.model.spec
    if spec is None:
        return
    node = _timeout(spec.node)
    if node is None and spec.timeout is not None:
        return
    whole = spec.timeout if spec.timeout is not None else default(WorkflowSpec, "timeout")
    text = node.text if node is not None else "30s, the default"
    around = Around(whole, text, "the workflow", node.place if node else None)
    layout = workflow.layout
    # of a thousand steps none may have a longer one: then only those in blocks are left to compare
    written = max([layout.timeout, *(_written(workflow, *ref) for ref in layout.refs)])
    for number in range(len(workflow.steps)) if written > whole else layout.holders:
        yield from _in_step(workflow, workflow.steps[number], around)


def _in_step(workflow: WorkflowAnalysis, step: Step, outer: Around) -> Iterator[Draft]:
    own = _own(step)
    around = outer if own is None or own.milliseconds > outer.milliseconds else own
    if own is not None and around is outer and own.place is not None:
        message = f"this timeout of {own.text} is never reached: {outer.owner} ends after {outer.text}"
        yield Draft(own.place, message, "make this one shorter, or that one longer", outer.related)
    for use in uses(step):
        if (own is None or use.path == _FALLBACK) and use.node is not None:
            yield from _called(_contract(workflow, use.kind, use.ref), use.node, outer)
    for block in blocks(step):
        for inner in block.steps:
            yield from _in_step(workflow, inner, outer if block.path == _FALLBACK else around)


def _own(step: Step) -> Around | None:
    node = _timeout(step.node)
    if node is None or step.timeout is None:
        return None
    return Around(step.timeout, node.text, f"the step `{step.id}`", node.place)


def _called(contract: Contract | None, node: Scalar, around: Around) -> Iterator[Draft]:
    if contract is not None and contract.timeout is not None and contract.timeout > around.milliseconds:
        message = f"{_never_reached(contract)}: {around.owner} ends after {around.text}"
        yield Draft(node.place, message, "make that one shorter, or this one longer", around.related)


def _of_callees(step: StepAnalysis) -> Iterator[Draft]:
    """A step's own timeout that cuts short what it runs before its timeout can; a fallback runs after it."""
    node, own = _timeout(step.step.node), step.step.timeout
    if node is None or own is None:
        return
    for use in step.uses:
        contract = use.contract
        if contract is None or contract.timeout is None or use.use.path == _FALLBACK:
            continue
        if contract.timeout > own:
            message = f"{_never_reached(contract)}: this step ends after {node.text}"
            yield Draft(node.place, message, "make this one longer, or that one shorter")


longer_timeout = longer_timeout.also("step", _of_callees)


def _never_reached(contract: Contract) -> str:
    kind = "workflow" if contract.key.kind == "Workflow" else "task"
    return f"the timeout of the {kind} `{contract.key.name}`, {_shown(contract.timeout or 0)}, is never reached"


def _contract(workflow: WorkflowAnalysis, kind: str, ref: str) -> Contract | None:
    return workflow.workspace.contract(kind, reference(ref, workflow.namespace))


def _written(workflow: WorkflowAnalysis, kind: str, ref: str) -> int:
    contract = _contract(workflow, kind, ref)
    return (contract.timeout or 0) if contract else 0


def _timeout(node: Map | None) -> Scalar | None:
    written = node.get("timeout") if node else None
    return written if isinstance(written, Scalar) and not written.broken else None


def _shown(milliseconds: int) -> str:
    for unit, size in (("h", 3_600_000), ("m", 60_000), ("s", 1_000)):
        if milliseconds % size == 0:
            return f"{milliseconds // size}{unit}"
    return f"{milliseconds}ms"
