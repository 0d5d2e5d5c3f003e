"""WF509 possible-mismatch."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, site_reads
from wf_engine.analysis.inputs import calls
from wf_engine.checks.base import Draft, check
from wf_engine.checks.condition_type import controls
from wf_engine.checks.incompatible_input import compare, compared, said
from wf_engine.language.parameters import node_at
from wf_engine.syntax import Node
from wf_engine.text import Severity
from wf_engine.types import Answer, describe, kinds


@check("step", "WF509", "possible-mismatch", Severity.WARNING, "A value that may not fit where it goes.")
def possible_mismatch(step: StepAnalysis) -> Iterator[Draft]:
    """Null, a kind or a lacking property that would be refused at run time."""
    for call in calls(step):
        for given in compared(call):
            answer = compare(given)
            if answer.answer is Answer.PARTLY:
                hint = f"wanted: {describe(given.wanted.type)}; given: {describe(given.given)}"
                if "null" in kinds(given.given) - kinds(given.wanted.type):
                    hint += "; `?? other` gives another value for null"
                node = node_at(given.pair.value, answer.path)
                yield Draft(node.place, said(call, given, answer), hint, due_to=_skips(step, node))
    for control in controls(step):
        found = kinds(control.given)
        if control.kind in found and "null" in found and len(found) == 2:  # noqa: PLR2004 - that kind and null
            hint = "compare it with something, or add `?? false`" if control.kind == "boolean" else "add `?? []`"
            message = f"this may be null, but {control.words} is wanted"
            yield Draft(control.node.place, message, hint, due_to=_skips(step, control.node))


def _skips(step: StepAnalysis, node: Node) -> tuple[str, ...]:
    """What may be the cause of a null: the steps read there, each of which may have been skipped."""
    site = step.site_of(node)
    return tuple(f"skipped:{name}" for root, name in site_reads(site.site) if root == "tasks") if site else ()
