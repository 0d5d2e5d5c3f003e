"""WF502 condition-type."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.inputs import value_type
from wf_engine.checks.base import Draft, check
from wf_engine.syntax import Map, Node, Scalar
from wf_engine.text import Severity
from wf_engine.types import Type, describe, kinds


@dataclass(frozen=True, slots=True)
class Control:
    """A value that decides what runs: `kind` is what it has to be, `words` the same for people."""

    node: Node
    given: Type
    kind: str
    words: str
    hint: str


_PLACES = (
    ("condition", "if", "boolean", "true or false", "compare it with something, such as `… > 0` or `… != null`"),
    ("forEach", "items", "array", "a list", "read the list itself, such as `tasks.orders.output.items`"),
)


def controls(step: StepAnalysis) -> Iterator[Control]:
    """The condition and the list of a step, as far as nothing is wrong with their expressions."""
    node = step.step.node
    for outer, inner, kind, words, hint in _PLACES:
        holder = node.get(outer) if node else None
        written = holder.get(inner) if isinstance(holder, Map) else None
        if written is None or (isinstance(written, Scalar) and written.style == "missing"):
            continue
        site = step.site_of(written)
        if site is None or not (site.findings or site.site.parsed.problems):
            yield Control(written, value_type(step, written), kind, words, hint)


@check(
    "step",
    "WF502",
    "condition-type",
    Severity.ERROR,
    "A condition that is never true or false, or items that are no list.",
)
def condition_type(step: StepAnalysis) -> Iterator[Draft]:
    """`condition.if` gives true or false, `forEach.items` a list."""
    for control in controls(step):
        found = kinds(control.given)
        if found and control.kind not in found:
            message = f"this is `{describe(control.given)}`, but {control.words} is wanted"
            yield Draft(control.node.place, message, control.hint)
