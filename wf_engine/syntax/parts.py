"""The parts of an outline: segments, and neighbours in groups with their sums.

An edit adds up one group and the list of groups, whatever the size of the block.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Any

from wf_engine.syntax.layout import SEQ
from wf_engine.syntax.nodes import Map, Pair, Run, Segment, Seq, SyntaxIssue

_FULL = 48
"""Segments after which a group is closed."""


class Part:
    """A run of whole lines with the sums of what it holds."""

    __slots__ = ("chars", "count", "expansion", "faulty", "lines", "linked")

    chars: int
    lines: int
    count: int
    linked: bool
    expansion: int
    faulty: bool

    def __init__(self, parts: "Sequence[Part]") -> None:
        self.chars = sum([part.chars for part in parts])
        self.lines = sum([part.lines for part in parts])
        self.count = sum([part.count for part in parts])
        """Number of segments."""
        self.linked = True in [part.linked for part in parts]
        """Whether it holds an anchor or an alias."""
        self.expansion = sum([part.expansion for part in parts]) if self.linked else 0
        """Number of nodes that its aliases stand for."""
        self.faulty = True
        """False: nothing is wrong in it."""


class Child(Part, ABC):
    """An entry of a block. A crooked one is indented otherwise than its neighbours."""

    __slots__ = ("crooked",)

    crooked: bool

    @abstractmethod
    def leaves(self) -> "Iterator[Leaf]":
        """The leaves in the order of the text."""

    @abstractmethod
    def nodes(self, kind: str) -> Sequence[Any]:
        """The items that it adds to a sequence, or the pairs that it adds to a map."""

    @abstractmethod
    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong in it, in the order of the text."""

    @abstractmethod
    def find(self, segment: Segment) -> int | None:
        """Offset of a segment, None where it is not in it."""


class Leaf(Child):
    """A segment in the outline."""

    __slots__ = ("segment",)

    def __init__(self, segment: Segment, *, crooked: bool = False) -> None:
        self.segment = segment
        self.crooked = crooked
        self.chars = len(segment.text)
        self.lines = segment.line_count
        self.count = 1
        self.linked = bool(segment.anchors or segment.aliases)
        self.expansion = segment.expansion
        self.faulty = bool(segment.issues)

    def leaves(self) -> "Iterator[Leaf]":
        """The leaf itself."""
        yield self

    def nodes(self, kind: str) -> Sequence[Any]:
        """Its items or pairs."""
        if kind != SEQ:
            return pairs_of(self.segment)
        node = self.segment.node
        return node.items if isinstance(node, Seq) else ()

    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong in it."""
        return self.segment.issues

    def find(self, segment: Segment) -> int | None:
        """Offset of a segment, None where it is another."""
        return 0 if segment is self.segment else None


class Group(Part):
    """Neighbouring entries of a block."""

    __slots__ = ("_bases", "_issues", "_large", "_names", "_nodes", "_run", "_starts", "children", "uneven")

    def __init__(self, children: tuple[Child, ...]) -> None:
        super().__init__(children)
        self.children = children
        self.faulty = True in [child.faulty for child in children]
        self.uneven = True in [child.crooked for child in children]
        self._starts: list[int] | None = None
        self._nodes: tuple[Any, ...] | None = None
        self._names: tuple[str, ...] | None = None
        self._run: Run | None = None
        self._issues: tuple[SyntaxIssue, ...] | None = None
        self._bases: dict[int, int] | None = None
        self._large: list[tuple[int, Child]] = []

    @property
    def starts(self) -> list[int]:
        """Offsets of the children, and of the end."""
        if self._starts is None:
            self._starts = list(accumulate([child.chars for child in self.children], initial=0))
        return self._starts

    @property
    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong in it."""
        if self._issues is None:
            found = chain.from_iterable([child.issues() for child in self.children if child.faulty])
            self._issues = tuple(found) if self.faulty else ()
        return self._issues

    def nodes(self, kind: str) -> tuple[Any, ...]:
        """The items or pairs that it adds to its block."""
        if self._nodes is None:
            self._nodes = tuple(chain.from_iterable([child.nodes(kind) for child in self.children]))
        return self._nodes

    @property
    def run(self) -> Run:
        """What it adds to a sequence."""
        if self._run is None:
            self._run = Run(self.nodes(SEQ))
        return self._run

    def names(self, kind: str) -> tuple[str, ...]:
        """The keys that it adds to a map, those that are brought in by others left out."""
        if self._names is None:
            pairs = [pair for pair in self.nodes(kind) if not pair.merged]
            self._names = tuple([name for pair in pairs if (name := pair.name) is not None])
        return self._names

    def find(self, segment: Segment) -> int | None:
        """Offset of a segment, None where it is not in the group."""
        if self._bases is None:
            self._bases = self._indexed()
        found = self._bases.get(id(segment))
        if found is not None:
            return found
        for at, child in self._large:
            found = child.find(segment)
            if found is not None:
                return at + found
        return None

    def _indexed(self) -> dict[int, int]:
        """The offsets of all segments, but for those of large entries, which have an index of their own."""
        bases: dict[int, int] = {}
        for start, child in zip(self.starts, self.children, strict=False):
            if child.count > _FULL:
                self._large.append((start, child))
                continue
            at = start
            for leaf in child.leaves():
                bases[id(leaf.segment)] = at
                at += leaf.chars
        return bases


def grouped(children: Sequence[Child]) -> tuple[Group, ...]:
    """Neighbours in groups."""
    groups, full, count = [], 0, 0
    for number, child in enumerate(children, 1):
        count += child.count
        if count >= _FULL:
            groups.append(Group(tuple(children[full:number])))
            full, count = number, 0
    if full < len(children):
        groups.append(Group(tuple(children[full:])))
    return tuple(groups)


def pairs_of(segment: Segment) -> tuple[Pair, ...]:
    """The entries of a segment that is a map, or a map behind a dash."""
    node = segment.node
    if isinstance(node, Seq) and len(node.items) == 1:
        node = node.items[0]
    return node.pairs if isinstance(node, Map) else ()
