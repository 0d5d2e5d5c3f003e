"""The step graph: who waits for whom, and where that goes round in a circle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Graph:
    """The steps of one scope by id, with the ids each waits for; only ids that exist, and never itself."""

    dependencies: Mapping[str, tuple[str, ...]]
    cycles: tuple[tuple[str, ...], ...] = field(default=())
    """Each as the ids on the way round, beginning with the one that stands first in the text."""

    def reaches(self, start: str, goal: str) -> bool:
        """Whether `start` waits, directly or through others, for `goal`."""
        seen, todo = {start}, [start]
        while todo:
            for dependency in self.dependencies.get(todo.pop(), ()):
                if dependency == goal:
                    return True
                if dependency not in seen:
                    seen.add(dependency)
                    todo.append(dependency)
        return False


def graph_of(steps: Sequence[tuple[str | None, tuple[str, ...]]]) -> Graph:
    """The graph of steps given as id and names waited for; of two equal ids the first counts."""
    named: dict[str, tuple[str, ...]] = {}
    for name, waited in steps:
        if name is not None:
            named.setdefault(name, waited)
    dependencies = {
        name: tuple([other for other in others if other in named and other != name]) for name, others in named.items()
    }
    return Graph(dependencies, tuple(_cycles(dependencies)))


def _cycles(dependencies: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """One cycle for each knot of steps that wait for each other."""
    order = {name: number for number, name in enumerate(dependencies)}
    if all(order[other] < order[name] for name, others in dependencies.items() for other in others):
        return []  # each waits only for what stands before it
    done: set[str] = set()
    found = []
    for start in dependencies:
        if start in done:
            continue
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack = [(start, iter(dependencies[start]))]
        path.append(start)
        on_path[start] = 0
        while stack:
            name, rest = stack[-1]
            following = next((other for other in rest if other not in done), None)
            if following is None:
                stack.pop()
                path.pop()
                del on_path[name]
                done.add(name)
            elif following in on_path:
                found.append(_rotated(path[on_path[following] :], order))
                done.update(path[on_path[following] :])
            else:
                on_path[following] = len(path)
                path.append(following)
                stack.append((following, iter(dependencies[following])))
    return found


def _rotated(cycle: list[str], order: Mapping[str, int]) -> tuple[str, ...]:
    first = min(range(len(cycle)), key=lambda index: order[cycle[index]])
    return tuple(cycle[first:] + cycle[:first])
