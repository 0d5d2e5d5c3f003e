"""WF303 unknown-dependency."""

from collections.abc import Iterator, Sequence

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest, replacement
from wf_engine.syntax import Scalar, Seq
from wf_engine.text import Severity, did_you_mean


@check(
    "step",
    "WF303",
    "unknown-dependency",
    Severity.ERROR,
    "An id under `dependsOn` that is no step in the same scope.",
    yields_to="steps",
)
def unknown_dependency(step: StepAnalysis) -> Iterator[Draft]:
    """`dependsOn` names steps of the same scope."""
    node = step.step.node.get("dependsOn") if step.step.node else None
    for item in node.items if isinstance(node, Seq) else ():
        if isinstance(item, Scalar) and not item.broken and _is_unknown(item.value, step):
            others = [name for name in step.siblings if name != step.step.id]
            yield _elsewhere(step, item, others) or _nowhere(item, others)


def _nowhere(item: Scalar, others: list[str]) -> Draft:
    message = f"there is no step `{item.text}` here.{did_you_mean(item.text, others)}"
    hint = f"`dependsOn` names steps beside this one: {listed(others)}" if others else "there are no other steps here"
    return Draft(item.place, message, hint, fixes=rename_to_closest(item.place, item.text, others))


def _elsewhere(step: StepAnalysis, item: Scalar, others: list[str]) -> Draft | None:
    """What is said of a step that there is, in a block or around the one in which this step stands."""
    holder = step.scope.holder(item.text)
    if holder is not None and holder.id in others:
        message = f"`{item.text}` stands inside `{holder.id}`, and `dependsOn` names steps beside this one"
        fix = replacement(f"Change it to `{holder.id}`", item.place, holder.id)
        return Draft(item.place, message, f"write `{holder.id}`, which ends after all its steps", fixes=(fix,))
    around = step.scope.steps(item.text) if step.scope.steps else None
    if around is not None and step.step.id in around.inside:
        return Draft(item.place, f"`{step.step.id}` stands inside `{item.text}`, and cannot wait for it", "remove this")
    if around is not None:
        message = f"`{item.text}` stands outside of this block, and `dependsOn` names steps beside this one"
        return Draft(item.place, message, f"let the step around this block depend on `{item.text}`")
    return None


def _is_unknown(name: object, step: StepAnalysis) -> bool:
    return isinstance(name, str) and name not in step.siblings


def listed(names: Sequence[str]) -> str:
    """Names for a hint: the first of them, where they are many."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


_LISTED = 12
