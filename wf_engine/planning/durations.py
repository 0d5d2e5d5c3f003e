"""How long a run takes, estimated from what is known of its parts (language §7)."""

import re
from collections.abc import Callable, Mapping
from statistics import mean
from typing import Any

from wf_engine.planning.graph import Dependencies
from wf_engine.planning.shape import Branch, Runs, Steps, StepShape

Known = Callable[[str], tuple[bool, Any]]
"""Whether the value of the expression at a path is known, and the value."""
Child = Callable[[str], "tuple[Steps, int, Child] | None"]
"""The steps of the workflow that a reference means, how many of its calls may be in flight, and what those it refers to
mean."""

_HARDLY_ANYTHING = 1e-6
"""What a step weighs beside its duration: of two ways that take equally long the one with more steps is critical."""


class Estimate:
    """Durations in milliseconds of steps, from those that are given by step path, by step id, or by task or workflow.

    A switch whose value is not known takes as long as its longest branch, a loop of unknown length as one iteration. A
    part of which nothing is known takes no time; where nothing at all is known there is no estimate. Fallbacks count
    for nothing.
    """

    def __init__(self, given: Mapping[str, float], known: Known, child: Child, slots: int) -> None:
        self._given = by_path(given)
        self._known = known
        self._child = child
        self._slots = slots

    def steps(self, steps: Steps) -> dict[str, float]:
        """The durations of those steps of which something is known, by id."""
        found = {step.id: self.step(step) for step in steps.steps}
        return {name: duration for name, duration in found.items() if duration is not None}

    def step(self, step: StepShape) -> float | None:
        """The duration of a step with all that is in it."""
        whole = self._given.get(step.path, self._given.get(step.id) if step.path == step.id else None)
        if whole is not None:
            return whole
        decided, holds = self._condition(step)
        otherwise = next((self._branch(each) for each in step.branches if each.role == "else"), None)
        if decided and holds is False:
            return otherwise if otherwise is not None else 0.0
        own = self._looped(step, self._once(step))
        if not decided and otherwise is not None:
            own = max(own or 0.0, otherwise)
        limit = step.step.timeout
        return own if own is None or limit is None else min(own, float(limit))

    def _condition(self, step: StepShape) -> tuple[bool, Any]:
        if step.step.condition is None:
            return True, True
        written = step.step.condition.if_
        return (True, written) if isinstance(written, bool) else self._known(f"{step.path}.condition.if")

    def _once(self, step: StepShape) -> float | None:
        """One iteration, where there is a loop."""
        if step.runs.kind != "switch":
            return self._target(step.runs, step.inside)
        cases = [each for each in step.branches if each.role in ("case", "default")]
        taken = self._taken(step, cases)
        durations = [each for each in map(self._branch, taken) if each is not None]
        return max(durations, default=None)

    def _taken(self, step: StepShape, branches: list[Branch]) -> list[Branch]:
        """The branches that a switch may take: one where its value is known."""
        switch = step.step.switch
        written = switch.value if switch is not None else None
        known, value = self._known(f"{step.path}.switch.value")
        if not known and (written is None or isinstance(written, str | int | float | bool | list | dict)):
            known, value = True, written
        if not known or switch is None:
            return branches
        for case, branch in zip(switch.cases or (), branches, strict=False):
            matches = case.match if isinstance(case.match, list | tuple) else [case.match]
            if any(type(each) is type(value) and each == value for each in matches):
                return [branch]
        return [branch for branch in branches if branch.role == "default"]

    def _branch(self, branch: Branch) -> float | None:
        return self._target(branch.runs, branch.path)

    def _target(self, runs: Runs, path: str) -> float | None:
        if path in self._given:
            return self._given[path]
        if runs.ref is not None and runs.kind in ("task", "workflow") and runs.ref in self._given:
            return self._given[runs.ref]
        if runs.kind == "workflow":
            child = self._child(runs.ref or "")
            if child is None:
                return None
            steps, slots, further = child
            return Estimate(_below(path, self._given), _nothing, further, slots).whole(steps)
        return None if runs.inside is None else self.whole(runs.inside)

    def whole(self, steps: Steps) -> float | None:
        """How long steps take together: their critical path. None where nothing is known of them."""
        known = self.steps(steps)
        return sum(known.get(name, 0.0) for name in critical_path(steps.dependencies, known)) if known else None

    def _looped(self, step: StepShape, once: float | None) -> float | None:
        if step.loop is None or once is None:
            return once
        known, items = self._known(f"{step.path}.forEach.items")
        if step.loop.values is not None:
            known, items = True, step.loop.values
        count = len(items) if known and isinstance(items, list | tuple) else 1
        width = step.loop.width or self._slots
        return once * -(-count // max(width, 1))


def _nothing(_: str) -> tuple[bool, Any]:
    return False, None


def critical_path(dependencies: Dependencies, durations: Mapping[str, float]) -> tuple[str, ...]:
    """The way through the graph that takes longest; without durations, the one with most steps."""
    import networkx as nx  # it takes a quarter of a second to load, and few commands need it

    graph: nx.DiGraph[str] = nx.DiGraph()
    start = ""
    for name, needed in dependencies.items():
        weight = durations.get(name, 0) + _HARDLY_ANYTHING
        for other in needed or (start,):
            graph.add_edge(other, name, weight=weight)
    return tuple(nx.dag_longest_path(graph, weight="weight")[1:])


def by_path(given: Mapping[str, float]) -> dict[str, float]:
    """The durations with `[*]` for the numbers of iterations, each the mean of those that were given."""
    found: dict[str, list[float]] = {}
    for path, duration in given.items():
        found.setdefault(re.sub(r"\[[0-9]+\]", "[*]", path), []).append(duration)
    return {path: mean(durations) for path, durations in found.items()}


def _below(path: str, given: Mapping[str, float]) -> dict[str, float]:
    """The durations as the steps of a workflow that runs at a path see them: by their own paths, and by name."""
    inside = {key.removeprefix(f"{path}."): value for key, value in given.items() if key.startswith(f"{path}.")}
    plain = {key: value for key, value in given.items() if not any(mark in key for mark in ".[~")}
    return {**plain, **inside}
