"""WF509 possible-mismatch."""

from collections.abc import Iterable, Iterator

from wf_engine.analysis import SiteAnalysis, StepAnalysis, TaskAnalysis, WorkflowAnalysis, site_reads
from wf_engine.analysis.controls import Control, cache_controls, step_controls, trigger_controls
from wf_engine.analysis.inputs import calls
from wf_engine.checks.base import Draft, check
from wf_engine.checks.incompatible_input import compare, compared, said
from wf_engine.language.parameters import node_at
from wf_engine.text import Severity
from wf_engine.types import Answer, describe, kinds, stated_kinds
from wf_engine.types.messages import noun


@check(
    "step",
    "WF509",
    "possible-mismatch",
    Severity.WARNING,
    "A value that may not fit where it goes.",
    yields_to="fields",
)
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
                yield Draft(node.place, said(call, given, answer), hint, due_to=_skips(step.site_of(node)))
    yield from _doubtful(step_controls(step))


def _in_trigger(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    return _doubtful(trigger_controls(workflow))


def _in_cache(task: TaskAnalysis) -> Iterator[Draft]:
    return _doubtful(cache_controls(task))


def _doubtful(controls: Iterable[Control]) -> Iterator[Draft]:
    for control in controls:
        others = stated_kinds(control.given) - {control.kind}
        if control.kind in kinds(control.given) and others:
            hint = control.hint
            if others == {"null"}:
                hint = "compare it with something, or add `?? false`" if control.kind == "boolean" else "add `?? []`"
            message = f"this may be {noun(list(others))}, but {control.words} is wanted"
            yield Draft(control.node.place, message, hint, due_to=_skips(control.site))


def _skips(site: SiteAnalysis | None) -> tuple[str, ...]:
    """What may be the cause of a null: the steps read there, each of which may have been skipped."""
    return tuple(f"skipped:{name}" for root, name in site_reads(site.site) if root == "tasks") if site else ()


possible_mismatch = possible_mismatch.also("workflow", _in_trigger).also("task", _in_cache)
