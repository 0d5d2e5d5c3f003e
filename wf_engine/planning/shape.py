"""What a workflow is made of, as plans and pictures see it: steps in levels, and what runs inside of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wf_engine.analysis import facts_of, graph_of
from wf_engine.expressions import Expression, bare
from wf_engine.language import Fallback, Step, Target, default
from wf_engine.language.workflow import ForEach
from wf_engine.planning.graph import Dependencies, parallel_groups
from wf_engine.planning.texts import inserted

Kind = Literal["task", "workflow", "transform", "switch", "block", "value"]
Role = Literal["case", "default", "else", "fallback"]


@dataclass(frozen=True)
class Loop:
    """A forEach: its items as they are written, or None of a list that is written out, which is `values`."""

    items: str
    values: Sequence[Any] | None
    item_var: str
    width: int | None
    """Iterations at once, None for as many as the workflow allows."""


@dataclass(frozen=True)
class Runs:
    """What a step or a branch runs. `ref` is the task or workflow, `inside` the steps of a block."""

    kind: Kind
    ref: str | None = None
    inside: "Steps | None" = None


@dataclass(frozen=True)
class Branch:
    """What may run in a step's place. `label` says when: `gold`, `default`, `else`, `on failure`."""

    role: Role
    label: str
    path: str
    runs: Runs


@dataclass(frozen=True)
class StepShape:
    """A step. `path` is that of its events, with `[*]` for the number of an iteration."""

    id: str
    path: str
    level: int
    runs: Runs
    condition: str | None
    loop: Loop | None
    branches: tuple[Branch, ...]
    step: Step

    @property
    def inside(self) -> str:
        """The path in front of the steps inside it."""
        return f"{self.path}[*]" if self.loop else self.path


@dataclass(frozen=True)
class Steps:
    """The steps of a workflow or a block, in the order of the text; `dependencies` are within them."""

    steps: tuple[StepShape, ...]
    dependencies: Dependencies
    groups: Sequence[Sequence[str]]

    @property
    def edges(self) -> Iterator[tuple[str, str]]:
        """Pairs of a step and one that waits for it."""
        return ((needed, name) for name, others in self.dependencies.items() for needed in others)


def shape_of(steps: Sequence[Step], prefix: str = "") -> Steps:
    """The shape of steps; those without an id, and those in circles, are left out."""
    graph = graph_of([(step.id, facts_of(step).dependencies) for step in steps])
    groups = parallel_groups(graph.dependencies)
    levels = {name: level for level, group in enumerate(groups) for name in group}
    named: dict[str, Step] = {}
    for step in steps:
        if step.id in levels:
            named.setdefault(step.id or "", step)
    return Steps(
        tuple(_step(step, f"{prefix}{name}", levels[name]) for name, step in named.items()),
        {name: tuple(other for other in graph.dependencies[name] if other in named) for name in named},
        groups,
    )


def _step(step: Step, path: str, level: int) -> StepShape:
    inside = f"{path}[*]" if step.for_each else path
    return StepShape(
        id=step.id or "",
        path=path,
        level=level,
        runs=_runs(step, inside),
        condition=None if step.condition is None else _text(step.condition.if_),
        loop=None if step.for_each is None else _loop(step.for_each),
        branches=tuple(_branches(step, path, inside)),
        step=step,
    )


def _loop(loop: ForEach) -> Loop:
    values = loop.items if isinstance(loop.items, list | tuple) else None
    width = 1 if loop.parallel is False else loop.max_concurrency
    return Loop(_text(loop.items), values, loop.item_var or default(ForEach, "itemVar"), width)


def _branches(step: Step, path: str, inside: str) -> Iterator[Branch]:
    if step.switch is not None:
        for case in step.switch.cases or ():
            yield Branch("case", _text(case.match), inside, _runs(case, inside))
        if step.switch.default is not None:
            yield Branch("default", "default", inside, _runs(step.switch.default, inside))
    if step.condition is not None and step.condition.else_ is not None:
        yield Branch("else", "else", f"{path}~else", _runs(step.condition.else_, f"{path}~else"))
    if step.fallback is not None:
        causes = step.fallback.causes or ()
        label = "circuit open" if tuple(causes) == ("circuitOpen",) else "on failure"
        yield Branch("fallback", label, f"{inside}~fallback", _runs(step.fallback, f"{inside}~fallback"))


def _runs(target: Step | Target, path: str) -> Runs:
    if target.task_ref is not None:
        return Runs("task", target.task_ref)
    if target.workflow_ref is not None:
        return Runs("workflow", target.workflow_ref)
    if target.tasks is not None:
        return Runs("block", inside=shape_of(target.tasks, f"{path}."))
    if isinstance(target, Step):
        return Runs("switch" if target.switch is not None else "transform", _switched(target))
    return Runs("value") if isinstance(target, Fallback) else Runs("block")


def _switched(step: Step) -> str | None:
    return _text(step.switch.value) if step.switch is not None else None


def _text(written: Any) -> str:
    """An expression or a value as it is written, without the braces around the whole."""
    if isinstance(written, Expression):
        return bare(written.text)
    if isinstance(written, list | tuple):
        return ", ".join(_text(item) for item in written)
    if isinstance(written, Mapping):
        return "{…}"
    return "null" if written is None else inserted(written)
