"""The steps of one scope and what waits for what, as numbers: made once a definition, shared by all of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Steps by their number in the order of the text. It must be free of cycles."""

    waits: tuple[int, ...]
    """How many steps each one waits for."""
    dependents: tuple[tuple[int, ...], ...]
    """The steps that wait for each one, in the order of the text."""

    @classmethod
    def of(cls, dependencies: Sequence[Sequence[int]]) -> "Graph":
        """The graph in which step `i` waits for `dependencies[i]`, each named once."""
        dependents: list[list[int]] = [[] for _ in dependencies]
        for step, needed in enumerate(dependencies):
            for other in needed:
                dependents[other].append(step)
        return cls(tuple(map(len, dependencies)), tuple(map(tuple, dependents)))
