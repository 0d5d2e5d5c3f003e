"""WF206 one-target."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, targets
from wf_engine.checks.base import Draft, check
from wf_engine.language import Case, Fallback, Step
from wf_engine.syntax import Map, Place
from wf_engine.text import Severity

_STEP_FORMS = ("taskRef", "workflowRef", "transform", "switch", "tasks")
_TARGET_FORMS = ("taskRef", "workflowRef", "tasks")


@check(
    "step",
    "WF206",
    "one-target",
    Severity.ERROR,
    "Nothing, or more than one thing, for a step to run.",
    yields_to="breaks",
)
def one_target(step: StepAnalysis) -> Iterator[Draft]:
    """Looks at the step and at each of its targets."""
    for _, target in targets(step.step):
        node = target.node
        if node is None:
            continue
        forms = _STEP_FORMS if isinstance(target, Step) else _TARGET_FORMS
        written = [node.names[form] for form in forms if form in node.names]
        if len(written) > 1:
            written.sort(key=node.pairs.index)
            names = " and ".join(f"`{pair.name}`" for pair in written)
            yield Draft(written[1].key.place, f"{names} cannot stand together: one thing runs", "keep one of them")
        elif not written and not _may_be_empty(target, node):
            choice = ", ".join(f"`{form}`" for form in (*forms, *(("output",) if isinstance(target, Fallback) else ())))
            what = "this step runs nothing" if isinstance(target, Step) else "this runs nothing"
            yield Draft(_first_key(node), what, f"add one of {choice}", yields_to="text")


def _may_be_empty(target: object, node: Map) -> bool:
    """A fallback may give a value instead; an unknown field may be a misspelt target, which is said already."""
    if isinstance(target, Fallback) and node.pair("output"):
        return True
    known = {"id", "description", "input", "output", "dependsOn", "condition", "forEach", "timeout", "retry"}
    known |= {"circuitBreaker", "fallback", "causes"} | ({"match"} if isinstance(target, Case) else set())
    return any(pair.name not in known for pair in node.pairs)


def _first_key(node: Map) -> Place:
    return node.pairs[0].key.place if node.pairs else node.place
