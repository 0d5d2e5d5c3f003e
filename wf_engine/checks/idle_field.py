"""WF209 idle-field."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis, WorkflowAnalysis, targets
from wf_engine.analysis.expressions import scalars_of
from wf_engine.analysis.triggers import triggers_of
from wf_engine.checks.base import Draft, check
from wf_engine.language import Fallback, ForEach, Step, Target
from wf_engine.language.defaults import default
from wf_engine.language.values import short
from wf_engine.syntax import Map
from wf_engine.text import Severity

_RUNS = ("taskRef", "workflowRef", "transform", "switch")
_OF_TASKS = ("retry", "circuitBreaker")


@check(
    "step",
    "WF209",
    "idle-field",
    Severity.WARNING,
    "A field that has no effect where it stands.",
    tags=("unnecessary",),
    yields_to="breaks",
)
def idle_field(step: StepAnalysis) -> Iterator[Draft]:
    """`output` belongs to blocks, a block takes no `input`, and only tasks are retried."""
    yield from _of_targets(step)
    node = step.step.node
    if node is None:
        return
    runs = _what_runs(step.step)
    for name in _OF_TASKS:
        pair = node.pair(name)
        if pair and runs and not any(target.task_ref for _, target in targets(step.step)):
            message = f"`{name}` has no effect on {runs}: it belongs to steps that run tasks"
            yield Draft(pair.key.place, message, "write it on the task, or on the step that runs it")
    yield from _of_transform(step)
    loop = step.step.for_each
    limit = loop.node.pair("maxConcurrency") if loop and loop.node else None
    if loop is not None and loop.parallel is False and limit is not None:
        message = "`maxConcurrency` has no effect beside `parallel: false`: one item runs at a time"
        yield Draft(limit.key.place, message, "remove one of the two")
    names = [default(ForEach, each) for each in ("itemVar", "indexVar")] if loop else []
    if loop is not None and loop.node is not None and (loop.item_var or names[0]) == (loop.index_var or names[1]):
        pair = loop.node.pair("indexVar") or loop.node.pair("itemVar")
        message = f"`{loop.item_var or names[0]}` is the name of the item and of its index: only one can be read"
        yield Draft(pair.key.place if pair else loop.node.place, message, "give them two names")


def _of_schedules(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    for trigger in triggers_of(workflow):
        for pair in trigger.given if trigger.trigger.type == "schedule" else ():
            for each in scalars_of(pair.value):
                if isinstance(each.value, str) and "{{" in each.value and not each.broken:
                    message = (
                        f"`{short(each.value)}` stays as it is written: the input of a schedule holds no templates"
                    )
                    yield Draft(each.place, message, "write the value itself")


idle_field = idle_field.also("workflow", _of_schedules)


def _of_transform(step: StepAnalysis) -> Iterator[Draft]:
    node = step.step.node
    given = node.pair("input") if node else None
    own = step.step.transform.node.pair("input") if step.step.transform and step.step.transform.node else None
    others = [target for path, target in targets(step.step) if path]
    if given and own and _what_runs(step.step) == "a transform" and not any(map(_takes_input, others)):
        message = "`input` has no effect here: the transform has an `input` of its own"
        yield Draft(given.key.place, message, "remove one of the two")


def _what_runs(step: Step) -> str | None:
    """What the step runs, where that is told; None where anything is unclear."""
    found = [
        words
        for name, words in (
            ("workflowRef", "a workflow"),
            ("transform", "a transform"),
            ("switch", "a switch without a task"),
            ("tasks", "a block"),
        )
        if step.node is not None and step.node.pair(name)
    ]
    return found[0] if len(found) == 1 else None


def _of_targets(step: StepAnalysis) -> Iterator[Draft]:
    others = [target for path, target in targets(step.step) if path]
    for _, target in targets(step.step):
        node = target.node
        if node is None:
            continue
        output, given = node.pair("output"), node.pair("input")
        runs = next((name for name in _RUNS if node.pair(name)), None)
        if output and runs and not node.pair("tasks"):
            message = f"`output` has no effect beside `{runs}`: the output is that of what runs"
            yield Draft(output.key.place, message, "only a block of `tasks` and a fallback's value have an `output`")
        elif given and node.pair("tasks") and not runs and not (target is step.step and any(map(_takes_input, others))):
            message = "`input` has no effect here: a block takes none, its steps see what is around it"
            yield Draft(given.key.place, message, "give the input to the steps inside")
        elif given and output and isinstance(target, Fallback) and not node.pair("tasks"):
            message = "`input` has no effect beside `output`: the fallback is this value, and runs nothing"
            yield Draft(given.key.place, message, "remove it")


def _takes_input(target: Step | Target) -> bool:
    """Whether a target would take the step's own input."""
    node: Map | None = target.node
    return node is not None and not node.pair("tasks") and not (isinstance(target, Fallback) and node.pair("output"))
