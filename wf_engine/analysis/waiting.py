"""The steps of one scope among themselves: whose output is read, and who waits for whom without need (language §4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wf_engine.analysis.graph import Graph, graph_of
from wf_engine.analysis.steps import StepFacts, facts_of
from wf_engine.language import Step


@dataclass(frozen=True, eq=False)
class Waiting:
    """Steps by id; of two equal ids the first counts."""

    facts: Mapping[str, StepFacts]
    graph: Graph

    @cached_property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """The steps that each step reads."""
        return {
            name: frozenset([other for root, other in each.reads if root == "tasks"])
            for name, each in self.facts.items()
        }

    @cached_property
    def last(self) -> tuple[str, ...]:
        """The steps that no other step waits for."""
        needed = {other for others in self.graph.dependencies.values() for other in others}
        return tuple(name for name in self.facts if name not in needed)

    @cached_property
    def redundant(self) -> Mapping[str, tuple[int, ...]]:
        """By step the numbers of the entries of `dependsOn` that say what is so without them."""
        found = {name: tuple(self._redundant_of(name, each)) for name, each in self.facts.items() if each.declared}
        return {name: numbers for name, numbers in found.items() if numbers}

    @cached_property
    def serial(self) -> Mapping[str, tuple[int, ...]]:
        """By step the numbers of the entries of `dependsOn` that make it wait for a step of which it reads nothing."""
        return {
            name: tuple(
                number
                for number, other in enumerate(each.declared)
                if other in self.facts
                and other != name
                and other not in self.reads[name]
                and number not in self.redundant.get(name, ())
            )
            for name, each in self.facts.items()
            if each.declared
        }

    def _redundant_of(self, name: str, facts: StepFacts) -> Iterator[int]:
        waits = self.graph.dependencies[name]
        for number, other in enumerate(facts.declared):
            if (
                other in facts.declared[:number]
                or other in self.reads[name]
                or (len(waits) > 1 and other in self._bits and self._reached(waits, other))
            ):
                yield number

    def _reached(self, waits: Sequence[str], goal: str) -> bool:
        return any(self._above[each] & self._bits[goal] for each in waits if each != goal)

    @cached_property
    def _bits(self) -> Mapping[str, int]:
        return {name: 1 << number for number, name in enumerate(self.facts)}

    @cached_property
    def _above(self) -> Mapping[str, int]:
        """By step all that it waits for, directly or through others, as bits; in a circle not all of it."""
        found: dict[str, int] = {}
        begun: set[str] = set()
        for start in self.facts:
            todo = [start]
            while todo:
                name = todo[-1]
                ahead = (
                    [] if name in begun else [other for other in self.graph.dependencies[name] if other not in begun]
                )
                begun.add(name)
                if ahead:
                    todo += ahead
                    continue
                todo.pop()
                above = 0
                for other in self.graph.dependencies[name]:
                    above |= self._bits[other] | found.get(other, 0)
                found[name] = above
        return found


def waiting_of(steps: Sequence[Step]) -> Waiting:
    """The steps of a scope among themselves."""
    facts: dict[str, StepFacts] = {}
    for step in steps:
        if step.id:
            facts.setdefault(step.id, facts_of(step))
    return Waiting(facts, graph_of([(name, each.dependencies) for name, each in facts.items()]))
