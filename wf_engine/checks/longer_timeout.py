"""WF705 longer-timeout."""

from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis, blocks
from wf_engine.checks.base import Draft, check
from wf_engine.language import Step, WorkflowSpec, default
from wf_engine.syntax import Map, Place, Scalar
from wf_engine.text import Severity


class Around(NamedTuple):
    """The timeout around a step, and who has it."""

    milliseconds: int
    text: str
    owner: str
    place: Place | None


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
    whole = spec.timeout if spec.timeout is not None else default(WorkflowSpec, "timeout")
    text = node.text if node is not None else "30s, the default"
    around = Around(whole, text, "the workflow", node.place if node else None)
    if node is None or spec.timeout is not None:
        layout = workflow.layout
        # of a thousand steps none may have a longer one: then only those in blocks are left to compare
        chosen = range(len(workflow.steps)) if layout.timeout > whole else layout.holders
        for number in chosen:
            yield from _in_step(workflow.steps[number], around)


def _in_step(step: Step, around: Around) -> Iterator[Draft]:
    node = _timeout(step.node)
    if step.timeout is not None and node is not None:
        if step.timeout > around.milliseconds:
            message = f"this timeout of {node.text} is never reached: {around.owner} ends after {around.text}"
            related = ((around.place, f"the timeout of {around.owner}"),) if around.place else ()
            yield Draft(node.place, message, "make this one shorter, or that one longer", related)
        else:
            around = Around(step.timeout, node.text, f"the step `{step.id}`", node.place)
    for block in blocks(step):
        for inner in block.steps:
            yield from _in_step(inner, around)


def _of_callees(step: StepAnalysis) -> Iterator[Draft]:
    """A step's own timeout that cuts short what it runs before its timeout can."""
    node, own = _timeout(step.step.node), step.step.timeout
    if node is None or own is None or step.step.for_each is not None:
        return
    for use in step.uses:
        contract = use.contract
        if contract is not None and contract.timeout is not None and contract.timeout > own and not use.use.path:
            kind = "workflow" if use.use.kind == "Workflow" else "task"
            shown = _shown(contract.timeout)
            message = f"the timeout of the {kind} `{contract.key.name}`, {shown}, is never reached: this step ends after {node.text}"
            yield Draft(node.place, message, "make this one longer, or that one shorter")


longer_timeout = longer_timeout.also("step", _of_callees)


def _timeout(node: Map | None) -> Scalar | None:
    written = node.get("timeout") if node else None
    return written if isinstance(written, Scalar) and not written.broken else None


def _shown(milliseconds: int) -> str:
    for unit, size in (("h", 3_600_000), ("m", 60_000), ("s", 1_000)):
        if milliseconds % size == 0:
            return f"{milliseconds // size}{unit}"
    return f"{milliseconds}ms"
