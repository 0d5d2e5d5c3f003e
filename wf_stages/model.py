"""A gate is data: what runs, how its figures are read, what passes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_PATTERNS = ("pattern", "count")


class Tier(StrEnum):
    """How much a gate weighs: a mandatory one stops the stage, a recommended one warns."""

    MANDATORY = "mandatory"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a number comes from: the step's own output or a file that it wrote.

    `read` is one of `pattern` (first group of a regular expression), `count` (how often one matches), `json` (a path such
    as `totals.percent_covered` or `dependencies[].vulns[]`), `json-count`, `json-each` (a figure of each object found, called
    `name: key`) and `junit` (tests, failed, skipped, unexplained).
    """

    name: str
    read: str
    at: str
    file: str | None = None
    scale: float = 1
    """What the number is multiplied with: 100 makes a share a percentage."""
    offset: float = 0
    """What is added after that: scale -1 and offset 100 turn the percentage that survived into the one that did not."""
    key: str = "name"
    """With `json-each`, the member that names a figure, and in `value` the path of its number."""
    value: str = "value"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A bound on a figure, both ends included; `rise_at_most` and `fall_at_most` are percent of its baseline."""

    figure: str
    at_least: float | None = None
    at_most: float | None = None
    rise_at_most: float | None = None
    fall_at_most: float | None = None

    @property
    def compares(self) -> bool:
        """Whether it needs a baseline."""
        return self.rise_at_most is not None or self.fall_at_most is not None

    def holds(self, value: float, baseline: float | None = None) -> bool:
        """Whether the figure keeps within the bound; without a baseline a bound that needs one does not hold."""
        low, high = self.at_least, self.at_most
        if self.compares:
            if baseline is None:
                return False
            low = low if self.fall_at_most is None else baseline * (1 - self.fall_at_most / 100)
            high = high if self.rise_at_most is None else baseline * (1 + self.rise_at_most / 100)
        return (low is None or value >= low) and (high is None or value <= high)

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        words = [
            (self.at_least, "at least {:g}"),
            (self.at_most, "at most {:g}"),
            (self.rise_at_most, "at most {:g} % over the baseline"),
            (self.fall_at_most, "at most {:g} % under the baseline"),
        ]
        return " and ".join(text.format(bound) for bound, text in words if bound is not None)

    def __str__(self) -> str:
        return f"{self.figure} {self.bounds}"


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a gate.

    `passes` are the exit codes that pass, `unable` those that say that the tool could not work; so does output that
    matches `unable_when`. `looked_at` are the bounds without which the tool has looked at nothing.
    """

    name: str
    run: tuple[str, ...]
    version: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    """Globs; the step applies where at least one matches a file of the project. Empty: always."""
    passes: tuple[int, ...] = (0,)
    unable: tuple[int, ...] = ()
    unable_when: tuple[str, ...] = ()
    copy: bool = False
    """Whether it runs in a copy of the project, as a tool must that changes what it looks at."""
    stdout: str | None = None
    """The artifact that takes the standard output, where that is a report and not talk."""
    env: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    looked_at: tuple[Requirement, ...] = ()
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate for one technology. `timeout` is in seconds and bounds each of its steps."""

    number: int
    name: str
    tier: Tier
    timeout: float
    purpose: str
    advice: str
    """What to do when it fails."""
    steps: tuple[Step, ...]
    data: Mapping[str, Any]
    """What it was read from, which evidence keeps beside the outcome so that the verdict can be found again."""


def gate_of(number: int, data: Mapping[str, Any]) -> Gate:
    """A gate from its data, which the schema has checked; `steps` are those of one technology."""
    return Gate(
        number=number,
        name=data["name"],
        tier=Tier(data["tier"]),
        timeout=data["timeout"],
        purpose=data.get("purpose", ""),
        advice=data.get("advice", ""),
        steps=tuple(step_of(each) for each in data["steps"]),
        data=data,
    )


def step_of(data: Mapping[str, Any]) -> Step:
    """A step from its data."""
    names = ("run", "version", "when", "passes", "unable", "unable_when")
    lists = {name: tuple(data[name]) for name in names if name in data}
    return Step(
        name=data["name"],
        copy=data.get("copy", False),
        stdout=data.get("stdout"),
        env=data.get("env", {}),
        figures=tuple(Figure(**each) for each in data.get("figures", ())),
        looked_at=_requirements(data.get("looked_at", ())),
        requires=_requirements(data.get("requires", ())),
        **lists,
    )


def inconsistencies(steps: Sequence[Step]) -> Iterator[str]:
    """What a schema cannot tell of the steps of a gate: names used twice, figures nobody reads, patterns that are none."""
    seen: set[str] = set()
    for step in steps:
        if step.name in seen:
            yield f"two steps are called {step.name!r}"
        seen.add(step.name)
        figures = {figure.name for figure in step.figures}
        for requirement in (*step.looked_at, *step.requires):
            if requirement.figure not in figures:
                yield f"{step.name}: no figure is called {requirement.figure!r}"
        patterns = [(figure.at, int(figure.read == "pattern")) for figure in step.figures if figure.read in _PATTERNS]
        for pattern, groups in [*patterns, *((each, 0) for each in step.unable_when)]:
            problem = _pattern_problem(pattern, groups)
            if problem:
                yield f"{step.name}: {pattern!r}: {problem}"


def _pattern_problem(pattern: str, groups: int) -> str | None:
    try:
        found = re.compile(pattern).groups
    except re.error as error:
        return str(error)
    return "a group is wanted that holds the number" if found < groups else None


def _requirements(data: Sequence[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    return tuple(Requirement(**each) for each in data)
