"""What is drawn of a workflow: nodes, some with a picture inside of them, and the edges between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from wf_engine.planning.shape import Branch, Kind, Loop, Runs, Steps, StepShape

Look = Literal["task", "workflow", "transform", "decision", "value", "group"]
_LONGEST = 44
"""Characters of a line in a picture."""


@dataclass(frozen=True)
class Node:
    """A box. `key` is unique in the whole picture and a plain word; a group has a picture inside."""

    key: str
    title: str
    detail: str
    look: Look
    inside: "Picture | None" = None


@dataclass(frozen=True)
class Edge:
    """An arrow between two nodes of the same picture; `rarely`: only where something fails or does not hold."""

    start: str
    end: str
    label: str = ""
    rarely: bool = False


@dataclass(frozen=True)
class Picture:
    """Nodes and edges."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def picture_of(steps: Steps) -> Picture:
    """The picture of the steps of a workflow."""
    return _picture(steps, count(1))


def _picture(steps: Steps, numbers: Iterator[int]) -> Picture:
    nodes = {step.id: _step(step, numbers) for step in steps.steps}
    edges = [Edge(nodes[start].key, nodes[end].key) for start, end in steps.edges]
    return Picture(tuple(nodes.values()), tuple(edges))


def _step(step: StepShape, numbers: Iterator[int]) -> Node:
    """A step: one box where it just runs something, else a group of what it decides and what may run."""
    loop = _loop(step.loop) if step.loop else ""
    if step.condition is None and not step.branches:
        node = _target(step.runs, step.id, numbers)
        if not loop:
            return node
        return Node(_key(numbers), step.id, loop, "group", node.inside or Picture((node,), ()))
    inside = _decided(step, numbers)
    return Node(_key(numbers), short(step.id), loop, "group", inside)


def _decided(step: StepShape, numbers: Iterator[int]) -> Picture:
    nodes: list[Node] = []
    edges: list[Edge] = []
    own = _own(step, numbers, nodes, edges)
    if step.condition is not None:
        test = Node(_key(numbers), "if", short(step.condition), "decision")
        nodes.insert(0, test)
        edges.insert(0, Edge(test.key, own.key, "true"))
        _branches(step, "else", test, numbers, nodes, edges)
    _branches(step, "fallback", own, numbers, nodes, edges)
    return Picture(tuple(nodes), tuple(edges))


def _own(step: StepShape, numbers: Iterator[int], nodes: list[Node], edges: list[Edge]) -> Node:
    """What the step runs where its condition holds; of a switch the choice, with its cases behind it."""
    if step.runs.kind != "switch":
        nodes.append(_target(step.runs, step.id, numbers))
        return nodes[-1]
    choice = Node(_key(numbers), "switch", short(step.runs.ref or ""), "decision")
    nodes.append(choice)
    for role in ("case", "default"):
        _branches(step, role, choice, numbers, nodes, edges)
    return choice


def _branches(
    step: StepShape, role: str, start: Node, numbers: Iterator[int], nodes: list[Node], edges: list[Edge]
) -> None:
    for branch in step.branches:
        if branch.role == role:
            node = _target(branch.runs, _called(branch), numbers)
            nodes.append(node)
            edges.append(Edge(start.key, node.key, short(branch.label), rarely=role in ("else", "fallback")))


def _called(branch: Branch) -> str:
    return "value" if branch.runs.kind == "value" else branch.runs.ref or branch.label


def _target(runs: Runs, title: str, numbers: Iterator[int]) -> Node:
    title = short(title)
    if runs.inside is not None:
        return Node(_key(numbers), title, "", "group", _picture(runs.inside, numbers))
    detail = short(runs.ref or "") if runs.ref != title else ""
    look = _LOOKS.get(runs.kind, "value")
    return Node(_key(numbers), title, detail or ("" if look == "value" else runs.kind), look)


_LOOKS: dict[Kind, Look] = {"task": "task", "workflow": "workflow", "transform": "transform"}


def _loop(loop: Loop) -> str:
    width = "" if loop.width is None else ", one at a time" if loop.width == 1 else f", {loop.width} at once"
    return short(f"for each {loop.item_var} of {loop.items}{width}")


def _key(numbers: Iterator[int]) -> str:
    return f"n{next(numbers)}"


def short(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
