"""The outline: a document cut into segments along its block structure, so that an edit parses what it changed.

Each entry of a large block is parsed by itself. A broken entry then spoils no other one, the result is a function of
the text alone, and the parser's limits hold for an entry instead of the file.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import Any

from wf_engine.syntax.crooked import crooked_issue
from wf_engine.syntax.layout import ITEM, SEQ, Layout
from wf_engine.syntax.merging import duplicate_keys, layered
from wf_engine.syntax.nodes import Map, Pair, Scalar, Segment, Seq, SyntaxIssue
from wf_engine.syntax.parts import Child, Group, Leaf, grouped, pairs_of


class Entry(Child):
    """A key without a value of its own, and the block below it: `tasks:` and its items."""

    __slots__ = ("body", "header")

    def __init__(self, header: Leaf, body: "Body", *, crooked: bool = False) -> None:
        super().__init__((header, body))
        self.header = header
        self.body = body
        self.crooked = crooked

    def with_body(self, body: "Body") -> "Entry":
        """The same key with another block."""
        return Entry(self.header, body, crooked=self.crooked)

    def leaves(self) -> Iterator[Leaf]:
        """The leaves in the order of the text."""
        yield self.header
        yield from self.body.leaves()

    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong in it."""
        own = self.header.segment.issues
        return (own or self._overfull()) + self.body.issues()

    def nodes(self, kind: str) -> Sequence[Any]:
        """The entry as a pair; in a sequence there is none."""
        return () if kind == SEQ or self.pair is None else (self.pair,)

    def find(self, segment: Segment) -> int | None:
        """Offset of a segment, None where it is not in the entry."""
        if segment is self.header.segment:
            return 0
        found = self.body.find(segment)
        return None if found is None else self.header.chars + found

    @property
    def overfull(self) -> bool:
        """Whether the key has a value of its own besides the block."""
        value = pairs_of(self.header.segment)[:1]
        return bool(value) and not (isinstance(value[0].value, Scalar) and value[0].value.style == "missing")

    def _overfull(self) -> tuple[SyntaxIssue, ...]:
        if not self.overfull:
            return ()
        pair = pairs_of(self.header.segment)[0]
        message = f"`{pair.name}` has a value on its line and entries below it; it can have one of them only"
        return (SyntaxIssue("syntax", pair.value.place, message, "remove one of them"),)

    @property
    def pair(self) -> Pair | None:
        """The entry as a pair of the map around it."""
        pairs = pairs_of(self.header.segment)
        return Pair(pairs[0].key, self.body.node) if pairs else None


class Body(Child):
    """A block whose entries are segments of their own: a mapping, a sequence, or the mapping behind a dash."""

    __slots__ = ("_issues", "_node", "_numbers", "_starts", "groups", "layout", "lead", "settled", "uneven")

    def __init__(
        self, layout: Layout, lead: Leaf | None, groups: tuple[Group, ...], *, settled: bool, crooked: bool = False
    ) -> None:
        super().__init__((lead, *groups) if lead else groups)
        self.layout = layout
        self.lead = lead
        """Comments and blank lines before the first entry."""
        self.groups = groups
        self.settled = settled
        """No line in it could be an entry of a block further out: an edit inside changes nothing outside."""
        self.crooked = crooked
        self.uneven = True in [group.uneven for group in groups]
        """Whether an entry of it is crooked."""
        self._starts: list[int] | None = None
        self._numbers: list[int] | None = None
        self._node: Map | Seq | None = None
        self._issues: tuple[SyntaxIssue, ...] | None = None

    @classmethod
    def of(cls, layout: Layout, lead: Leaf | None, children: "Sequence[Child]", *, settled: bool) -> "Body":
        """A block of entries."""
        return cls(layout, lead, grouped(children), settled=settled)

    def with_groups(self, lead: Leaf | None, groups: tuple[Group, ...]) -> "Body":
        """The same block with other entries."""
        return Body(self.layout, lead, groups, settled=self.settled, crooked=self.crooked)

    @property
    def starts(self) -> list[int]:
        """Offsets of the groups, and of the end."""
        if self._starts is None:
            lead = self.lead.chars if self.lead else 0
            self._starts = list(accumulate([group.chars for group in self.groups], initial=lead))
        return self._starts

    @property
    def node(self) -> Map | Seq:
        """The value of the block."""
        if self._node is None:
            self._node = self._assembled()
        return self._node

    @property
    def _firsts(self) -> list[int]:
        """Numbers of the groups' first entries, and of entries in all."""
        if self._numbers is None:
            self._numbers = list(accumulate([len(group.children) for group in self.groups], initial=0))
        return self._numbers

    def __len__(self) -> int:
        """Number of entries."""
        return self._firsts[-1]

    def index_at(self, offset: int) -> int:
        """Number of the entry in which an offset lies; -1 for what stands before the first."""
        number = min(bisect_right(self.starts, offset) - 1, len(self.groups) - 1)
        if number < 0:
            return -1
        group = self.groups[number]
        inside = min(bisect_right(group.starts, offset - self.starts[number]) - 1, len(group.children) - 1)
        return self._firsts[number] + inside

    def child(self, index: int) -> "tuple[Child, int]":
        """An entry by its number, and where it begins in the block."""
        number = bisect_right(self._firsts, index) - 1
        group, inside = self.groups[number], index - self._firsts[number]
        return group.children[inside], self.starts[number] + group.starts[inside]

    def items_before(self, index: int) -> int:
        """Number of items that the entries before one add to a sequence."""
        number = bisect_right(self._firsts, index) - 1
        before = sum(len(group.nodes(SEQ)) for group in self.groups[:number])
        children = self.groups[number].children[: index - self._firsts[number]]
        return before + sum(len(child.nodes(SEQ)) for child in children)

    def replaced(self, first: int, last: int, children: "Sequence[Child]") -> "Body":
        """The block with other entries in the place of `first` to `last`."""
        before, after = bisect_right(self._firsts, first) - 1, bisect_right(self._firsts, last) - 1
        head = self.groups[before].children[: first - self._firsts[before]]
        tail = self.groups[after].children[last + 1 - self._firsts[after] :]
        return self.with_groups(
            self.lead, self.groups[:before] + grouped((*head, *children, *tail)) + self.groups[after + 1 :]
        )

    def nodes(self, kind: str) -> Sequence[Any]:
        """The block as an item of a sequence; a map has none without a key."""
        return (self.node,) if kind == SEQ else ()

    def children(self) -> "Iterator[Child]":
        """The entries in the order of the text."""
        for group in self.groups:
            yield from group.children

    def leaves(self) -> Iterator[Leaf]:
        """The leaves in the order of the text."""
        if self.lead:
            yield self.lead
        for child in self.children():
            yield from child.leaves()

    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong in the entries, and in the block as a whole, in the order of the text."""
        if self._issues is None:
            lead = self.lead.issues() if self.lead else ()
            found = tuple(chain(lead, *[group.issues for group in self.groups if group.faulty]))
            own = (*self._crooked_issues(), *self._repeated())
            self._issues = tuple(sorted((*found, *own), key=self._position)) if own else found
        return self._issues

    def _position(self, issue: SyntaxIssue) -> tuple[int, int]:
        base = self.find(issue.place.segment) or 0
        return base + issue.place.span.start, base + issue.place.span.end

    def find(self, segment: Segment) -> int | None:
        """Offset of a segment, None where it is not in the block."""
        if self.lead and self.lead.segment is segment:
            return 0
        for at, group in zip(self.starts, self.groups, strict=False):
            found = group.find(segment)
            if found is not None:
                return at + found
        return None

    def _crooked_issues(self) -> Iterator[SyntaxIssue]:
        """Of the first crooked entry: where there are more, they mostly have one cause."""
        groups = [group for group in self.groups if group.uneven] if self.uneven else []
        crooked = (child for group in groups for child in group.children if child.crooked)
        issues = (crooked_issue(next(child.leaves()).segment, self.layout) for child in crooked)
        yield from islice((issue for issue in issues if issue is not None), 1)

    def _repeated(self) -> Iterable[SyntaxIssue]:
        """Keys that are written twice; not where a line is lost, which may have stood between them."""
        if self.layout.kind == SEQ:
            return ()
        names = list(chain.from_iterable([group.names(self.layout.kind) for group in self.groups]))
        if len(names) == len(set(names)) or not all(leaf.segment.sound for leaf in self.leaves()):
            return ()
        return duplicate_keys(chain.from_iterable(group.nodes(self.layout.kind) for group in self.groups))

    def _assembled(self) -> Map | Seq:
        kind = self.layout.kind
        segment = next(self.groups[0].children[0].leaves()).segment
        first = segment.node
        if kind == ITEM and isinstance(first, Seq) and first.items:
            first = first.items[0]
        start, end = (first.start, first.end) if first is not None else (0, 0)
        if kind == SEQ:
            return Seq.of_runs(segment, start, end, tuple([group.run for group in self.groups]))
        nodes = list(chain.from_iterable([group.nodes(kind) for group in self.groups]))
        return Map(segment, start, end, tuple(layered(nodes) if self.linked else nodes))
