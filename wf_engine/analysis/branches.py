"""The branches of a `switch`: what is compared with what, and which of them can ever be taken (language §4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.analysis.inputs import value_type
from wf_engine.analysis.step_analysis import StepAnalysis
from wf_engine.expressions.values import equal
from wf_engine.syntax import Map, Node, Place, Scalar, Seq, resolved, value_of
from wf_engine.types import ANY, Answer, Type, assignable, kinds, literal, union

_MOST_VALUES = 200


@dataclass(frozen=True)
class Match:
    """A value that takes a branch. `number` is that of its case."""

    number: int
    node: Node
    value: Any


@dataclass(frozen=True)
class Branches:
    """A `switch` with the type of its value, any where something in it is wrong, and all that it is compared with."""

    node: Map
    value: Type
    matches: tuple[Match, ...]
    readable: bool
    """Whether every `match` could be read."""
    empty: tuple[Place, ...] = ()
    """Each `match` that is a list without values."""

    @property
    def complete(self) -> bool:
        """Whether every value takes one of the cases, so that nothing is left for a default."""
        if not kinds(self.value) or self.value == ANY or not self.readable or len(self.matches) > _MOST_VALUES:
            return False
        return assignable(self.value, union(*[literal(each.value) for each in self.matches])).answer is Answer.YES

    def earlier(self, index: int) -> Match | None:
        """The match before one that takes its value already."""
        value = self.matches[index].value
        return next((each for each in self.matches[:index] if equal(each.value, value)), None)

    def impossible(self, match: Match) -> bool:
        """Whether the value is never that."""
        if self.value == ANY or not kinds(self.value):
            return False
        one = literal(match.value)
        return Answer.NO in (assignable(one, self.value).answer, assignable(self.value, one).answer)


def branches_of(step: StepAnalysis) -> Branches | None:
    """The branches of a step, None where it has none or they cannot be read."""
    written = step.step.node.get("switch") if step.step.node else None
    node = resolved(written) if written is not None else None
    if not isinstance(node, Map):
        return None
    cases = node.get("cases")
    items = [resolved(item) for item in cases.items] if isinstance(cases, Seq) else []
    maps = [item for item in items if isinstance(item, Map)]
    matches = tuple(_matches(maps))
    value = node.get("value")
    known = value is not None and not (isinstance(value, Scalar) and (value.broken or value.style == "missing"))
    type_ = value_type(step, value) if value is not None and known else ANY
    site = step.site_of(value)
    certain = site is None or not site.findings
    readable = len(maps) == len(items) and all(item.pair("match") for item in maps)
    lists = [match for item in maps if isinstance(match := item.get("match"), Seq)]
    empty = tuple(each.place for each in lists if not each.items)
    return Branches(node, type_ if certain else ANY, matches, readable, empty)


def _matches(cases: list[Map]) -> Iterator[Match]:
    for number, case in enumerate(cases):
        written = case.get("match")
        node = resolved(written) if written is not None else None
        for item in node.items if isinstance(node, Seq) else [node]:
            if item is not None and not (isinstance(item, Scalar) and (item.broken or item.style == "missing")):
                yield Match(number, item, _plain(value_of(item)))


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
