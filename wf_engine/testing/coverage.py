"""Which steps and branches of the workflows under test no case has reached."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.execution import Event
from wf_engine.language import Step, Target, WorkflowDocument
from wf_engine.testing.running import Result
from wf_engine.workspace import Definition

_ITERATION = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Coverage:
    """A workflow's steps and branches, as `path` and what there may happen: `runs`, `if true`, `case "gold"`."""

    workflow: str
    places: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """`{workflow, places, reached, missed: [{path, branch}]}`."""
        return {
            "workflow": self.workflow,
            "places": len(self.places),
            "reached": len(self.places) - len(self.missed),
            "missed": [{"path": path, "branch": branch} for path, branch in self.missed],
        }


def coverage_of(results: Iterable[Result]) -> list[Coverage]:
    """The coverage of each workflow that cases were about, by its name."""
    definitions: dict[str, Definition] = {}
    events: dict[str, list[Event]] = {}
    for result in results:
        target = result.case.target
        if target is not None and isinstance(target.model, WorkflowDocument):
            name = f"{target.key.name}@{target.key.version}" if target.key.version else target.key.name
            definitions[name] = target
            events.setdefault(name, []).extend(result.events)
    return [_coverage(name, definition, events[name]) for name, definition in sorted(definitions.items())]


def _coverage(name: str, definition: Definition, events: Iterable[Event]) -> Coverage:
    model = definition.model
    steps = model.spec.tasks or () if isinstance(model, WorkflowDocument) and model.spec else ()
    places = dict(_places(steps, ""))
    reached = {(_ITERATION.sub("", event["path"]), each) for event in events for each in _happened(event)}
    missed = tuple(place for place, also in places.items() if not any((place[0], each) in reached for each in also))
    return Coverage(name, tuple(places), missed)


_Place = tuple[tuple[str, str], tuple[str, ...]]
"""A path with a branch, and what of events shows that it was taken."""


def _places(steps: Iterable[Step], scope: str) -> Iterator[_Place]:
    for step in steps:
        path = f"{scope}{step.id}"
        yield (path, "runs"), ("runs",)
        if step.condition is not None:
            yield (path, "if true"), ("if true",)
            yield (path, "if false"), ("if false",)
        if step.fallback is not None:
            yield (path, "fallback"), ("fallback",)
        yield from _cases(step, path)
        for suffix, target in _targets(step):
            yield from _places(target.tasks or (), f"{path}{suffix}.")


def _cases(step: Step, path: str) -> Iterator[_Place]:
    if step.switch is None:
        return
    for case in step.switch.cases or ():
        values = case.match if isinstance(case.match, list | tuple) else [case.match]
        shown = ", ".join(map(_shown, values))
        yield (path, f"case {shown}"), tuple(f"case {_shown(value)}" for value in (*values, case.match))
    if step.switch.default is not None:
        yield (path, "default"), ("default",)


def _targets(step: Step) -> Iterator[tuple[str, Step | Target]]:
    yield "", step
    if step.switch is not None:
        yield from (("", case) for case in step.switch.cases or ())
        if step.switch.default is not None:
            yield "", step.switch.default
    if step.condition is not None and step.condition.else_ is not None:
        yield "~else", step.condition.else_
    if step.fallback is not None:
        yield "~fallback", step.fallback


def _happened(event: Mapping[str, Any]) -> Iterator[str]:
    match event["type"]:
        case "stepStarted":
            yield "runs"
        case "conditionEvaluated":
            yield "if true" if event["value"] else "if false"
        case "caseMatched":
            yield "default" if event.get("default") else f"case {_shown(event['match'])}"
        case "fallbackStarted":
            yield "fallback"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
