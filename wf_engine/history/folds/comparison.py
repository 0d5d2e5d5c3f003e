"""The comparison of two executions: where they part, and what of it is slower."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wf_engine.history.folds.events import Event
from wf_engine.history.folds.steps import Run, Step, run_of


@dataclass(slots=True)
class _Side:
    """One of the two executions."""

    run: Run
    inputs: dict[str, Any] = field(default_factory=dict)
    """By step path."""

    @classmethod
    def of(cls, events: Iterable[Event]) -> "_Side":
        every = list(events)
        inputs = {each.get("path") or "": each.get("input") for each in every if each["type"] == "stepStarted"}
        return cls(run_of(every), inputs)

    def head(self) -> dict[str, Any]:
        started = self.run.started
        return {
            "executionId": self.run.execution_id,
            "workflowName": started.get("workflow"),
            "version": started.get("version"),
            "definitionHash": started.get("definitionHash"),
            "status": self.run.status,
            "durationMs": self.run.duration_ms,
        }


def compare(a: Iterable[Event], b: Iterable[Event]) -> dict[str, Any]:
    """`{a, b, sameDefinition, firstDifference, inputs, outputs, statuses, timings}`.

    `a` and `b` are `{executionId, workflowName, version, definitionHash, status, durationMs}`. `inputs` and `outputs`
    are `[{path, at, a, b}]`: each value that differs, `path` being the step (empty for the execution) and `at` where
    inside the value, such as `items[0].id`; a side that lacks it has no entry. `statuses` are `[{path, a, b}]`,
    `timings` `[{path, a, b, deltaMs}]` of all steps that ran in both, the largest change first. `firstDifference` is
    `{path, what, a, b, at}`, what differs first in the order of the run, with `what` one of `input`, `status`, `output`;
    None where the two are alike.
    """
    first, second = _Side.of(a), _Side.of(b)
    differences = list(_differences(first, second))
    return {
        "a": first.head(),
        "b": second.head(),
        "sameDefinition": first.head()["definitionHash"] == second.head()["definitionHash"],
        "firstDifference": differences[0] if differences else None,
        "inputs": [_without_kind(each) for each in differences if each["what"] == "input"],
        "outputs": [_without_kind(each) for each in differences if each["what"] == "output"],
        "statuses": [_without_kind(each) for each in differences if each["what"] == "status"],
        "timings": sorted(_timings(first.run, second.run), key=lambda each: -abs(each["deltaMs"])),
    }


def _without_kind(difference: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in difference.items() if key != "what"}


def _differences(a: _Side, b: _Side) -> Iterator[dict[str, Any]]:
    """The execution's input, then step by step in the order in which they ended, then the execution's end."""
    yield from _parts("", "input", a.run.started.get("input"), b.run.started.get("input"))
    for path in _order(a.run, b.run):
        one, other = a.run.steps.get(path), b.run.steps.get(path)
        yield from _parts(path, "input", a.inputs.get(path, _NOTHING), b.inputs.get(path, _NOTHING))
        yield from _status(path, one.status if one else None, other.status if other else None)
        yield from _parts(path, "output", _output(one), _output(other))
    yield from _status("", a.run.status, b.run.status)
    yield from _parts("", "output", _end(a.run), _end(b.run))


def _end(run: Run) -> Any:
    return run.finished.get("output") if run.finished else None


def _order(a: Run, b: Run) -> list[str]:
    last = max((each.completed_seq or 0 for run in (a, b) for each in run.steps.values()), default=0) + 1
    ended = {path: step.completed_seq or last for run in (b, a) for path, step in run.steps.items()}
    return sorted(ended, key=lambda path: ended[path])


def _output(step: Step | None) -> Any:
    return _NOTHING if step is None else step.output


def _status(path: str, a: str | None, b: str | None) -> Iterator[dict[str, Any]]:
    if a != b:
        yield {"path": path, "what": "status", "a": a, "b": b}


_NOTHING = object()


def _parts(path: str, what: str, a: Any, b: Any, at: str = "") -> Iterator[dict[str, Any]]:
    """Where two values differ, as deep inside as they are of one shape."""
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        for key in dict.fromkeys((*a, *b)):
            inner = f"{at}.{key}" if at else key
            yield from _parts(path, what, a.get(key, _NOTHING), b.get(key, _NOTHING), inner)
    elif isinstance(a, list) and isinstance(b, list):
        for index in range(max(len(a), len(b))):
            one, other = (each[index] if index < len(each) else _NOTHING for each in (a, b))
            yield from _parts(path, what, one, other, f"{at}[{index}]")
    elif a is not b and (type(a) is not type(b) or a != b):
        sides = {name: value for name, value in (("a", a), ("b", b)) if value is not _NOTHING}
        yield {"path": path, "what": what, "at": at, **sides}


def _timings(a: Run, b: Run) -> Iterator[dict[str, Any]]:
    for path, step in a.steps.items():
        other = b.steps.get(path)
        if other is None or step.started_at is None or other.started_at is None:
            continue
        if step.duration_ms is not None and other.duration_ms is not None:
            delta = round(other.duration_ms - step.duration_ms, 3)
            yield {"path": path, "a": step.duration_ms, "b": other.duration_ms, "deltaMs": delta}
