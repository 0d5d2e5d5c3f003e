"""The positioned tree of a YAML document.

A node's offsets are relative to its segment (`segments.py`): text that an edit only moves keeps its nodes, the very
same objects, and everything that was remembered about them (`memo`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar

from wf_engine.text import Span

T = TypeVar("T")


class Place(NamedTuple):
    """A range inside a segment; a document makes it absolute (`Document.span`)."""

    segment: "Segment"
    span: Span


class Segment:
    """A run of whole lines that is parsed by itself. Compared by identity: it is one place in one document."""

    __slots__ = (
        "__weakref__", "aliases", "anchors", "count", "expanded", "expansion", "issues", "line_count", "memo", "node", "shift",
        "sound", "text", "uses",
    )  # fmt: skip

    def __init__(self, text: str, shift: int = 0) -> None:
        self.text = text
        self.shift = shift
        """Columns by which its first line is read further right than it stands: to the indentation it should have."""
        self.line_count = text.count("\n")
        self.node: Node | None = None
        self.issues: tuple[SyntaxIssue, ...] = ()
        self.anchors: dict[str, Node] = {}
        self.aliases: tuple[Alias, ...] = ()
        self.uses: dict[str, Node | None] = {}
        """Aliases whose anchors stand in other segments, with what they mean there."""
        self.sound = True
        """Whether the parser read all of it."""
        self.expanded = True
        """Whether its aliases have what they stand for."""
        self.count = 0
        """Nodes written in it."""
        self.expansion = 0
        """Nodes that its aliases stand for."""
        self.memo: dict[Any, Any] = {}


class SyntaxIssue(NamedTuple):
    """Something that is wrong with the YAML itself. `kind` names the check that reports it."""

    kind: str
    place: Place
    message: str
    hint: str | None = None
    fix_title: str | None = None
    fix_text: str | None = None
    """What to put in the place of `fix_span`, or of the issue's own range."""
    fix_span: Span | None = None
    restriction: bool = False
    """YAML itself allows it, the language does not (language §1)."""


class Node:
    """A value in the tree: `start` and `end` are offsets into the text of `segment`."""

    __slots__ = ("__weakref__", "_extent", "anchor", "end", "memo", "segment", "start")
    kind: ClassVar[str] = "node"

    def __init__(self, segment: Segment, start: int, end: int) -> None:
        self.segment = segment
        self.start = start
        self.end = end
        self._extent: tuple[int, int] | None = None
        self.anchor: str | None = None
        self.memo: dict[Any, Any] | None = None

    @property
    def place(self) -> Place:
        """Where the node stands."""
        return Place(self.segment, Span(self.start, self.end))

    @property
    def size(self) -> int:
        """Number of nodes in the subtree, aliases expanded."""
        return self._measured()[0]

    @property
    def height(self) -> int:
        """Levels of collections in the subtree, aliases expanded; 0 for a scalar."""
        return self._measured()[1]

    def _measured(self) -> tuple[int, int]:
        if self._extent is None:
            size, height = 1, -1
            for part in self.parts():
                inner = part._measured()  # noqa: SLF001 - the same class
                size += inner[0]
                height = max(height, inner[1])
            self._extent = size, height + (not isinstance(self, Alias)) if height >= 0 else 0
        return self._extent

    def parts(self) -> "Iterator[Node]":
        """The nodes directly inside, merged ones and the target of an alias included."""
        yield from ()

    def remember(self, key: Any, compute: Callable[[], T]) -> T:
        """What `compute` gives, computed once in the life of this node. It may read nothing but the node."""
        if self.memo is None:
            self.memo = {}
        if key not in self.memo:
            self.memo[key] = compute()
        found: T = self.memo[key]
        return found

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.start}, {self.end})"


class Scalar(Node):
    """A scalar. `value` is its JSON value, `text` the string it would be if it were quoted."""

    __slots__ = ("broken", "offsets", "style", "text", "value")
    kind = "scalar"

    def __init__(
        self,
        segment: Segment,
        start: int,
        end: int,
        value: Any,
        text: str,
        style: str,
        offsets: tuple[tuple[int, int], ...] | None = None,
    ) -> None:
        # what the base does, said again: most nodes are scalars, and a call more for each is felt
        self.segment = segment
        self.start = start
        self.end = end
        self._extent = None
        self.anchor = None
        self.memo = None
        self.value = value
        self.text = text
        self.style = style
        """`plain`, `single`, `double`, `literal`, `folded` or `missing` (no text at all: null)."""
        self.broken = False
        """An error is already reported about it: its value has type any."""
        self.offsets = offsets or ((0, start),)
        """Where the text comes from: from `text` offset a on, the source offset is b + (offset - a)."""

    def source(self, offset: int) -> int:
        """The segment offset from which the text at `offset` was read."""
        base = self.offsets[0]
        for entry in self.offsets:
            if entry[0] > offset:
                break
            base = entry
        return min(base[1] + offset - base[0], self.end)

    def source_span(self, span: Span) -> Span:
        """The segment range from which a range of `text` was read."""
        start = self.source(span.start)
        return Span(start, max(start, self.source(span.end - 1) + 1) if span.end > span.start else start)

    def place_of(self, span: Span) -> Place:
        """The place of a range of `text`."""
        return Place(self.segment, self.source_span(span))


class Pair:
    """An entry of a map. `merged` entries come from a `<<` and stand elsewhere. Compared by identity."""

    __slots__ = ("key", "merged", "name", "value")

    def __init__(self, key: Node, value: Node, *, merged: bool = False) -> None:
        self.key = key
        self.value = value
        self.merged = merged
        named = key if isinstance(key, Scalar) else resolved(key)
        self.name: str | None = named.text if isinstance(named, Scalar) else None
        """The key as text, None where it is no scalar."""

    def changed(self, *, key: Node | None = None, value: Node | None = None) -> "Pair":
        """The entry with another key or value."""
        return Pair(key or self.key, value or self.value, merged=self.merged)


class Map(Node):
    """A mapping; the pairs stand in the order of the text."""

    __slots__ = ("_by_name", "flow", "merges", "pairs")
    kind = "map"

    def __init__(self, segment: Segment, start: int, end: int, pairs: tuple[Pair, ...], *, flow: bool = False) -> None:
        super().__init__(segment, start, end)
        self.pairs = pairs
        self.flow = flow
        self._by_name: dict[str | None, Pair] | None = None
        self.merges: tuple[Pair, ...] = ()
        """The `<<` entries as they are written, whose own entries are among the pairs."""

    def parts(self) -> Iterator[Node]:
        """Keys and values."""
        for pair in self.pairs:
            yield pair.key
            yield pair.value

    def pair(self, name: str) -> Pair | None:
        """The first entry of that name."""
        return (self._by_name or self.names).get(name)

    @property
    def names(self) -> "Mapping[str | None, Pair]":
        """The first entry of each name."""
        if self._by_name is None:
            self._by_name = {pair.name: pair for pair in reversed(self.pairs)}
        return self._by_name

    @property
    def doubled(self) -> frozenset[str | None]:
        """The names of more than one entry."""
        if len(self.names) == len(self.pairs):
            return frozenset()
        return frozenset(name for name, count in Counter(pair.name for pair in self.pairs).items() if count > 1)

    def get(self, name: str) -> Node | None:
        """The value under a name, aliases followed."""
        pair = (self._by_name or self.names).get(name)
        return resolved(pair.value) if pair is not None else None


class Run:
    """Neighbouring items of a sequence, the same object as long as none of them changes."""

    __slots__ = ("items", "memo")

    def __init__(self, items: tuple[Node, ...]) -> None:
        self.items = items
        self.memo: dict[Any, Any] = {}


class Seq(Node):
    """A sequence."""

    __slots__ = ("_runs", "flow", "items")
    kind = "seq"

    def __init__(self, segment: Segment, start: int, end: int, items: tuple[Node, ...], *, flow: bool = False) -> None:
        super().__init__(segment, start, end)
        self.items = items
        self.flow = flow
        self._runs: tuple[Run, ...] | None = None

    @classmethod
    def of_runs(cls, segment: Segment, start: int, end: int, runs: tuple[Run, ...]) -> "Seq":
        """A sequence of items that are known in runs."""
        items: list[Node] = []
        for run in runs:
            items += run.items
        seq = cls(segment, start, end, tuple(items))
        seq._runs = runs
        return seq

    @property
    def runs(self) -> tuple[Run, ...]:
        """All items, in runs: what is known of a run need not be asked of its items."""
        if self._runs is None:
            self._runs = (Run(self.items),)
        return self._runs

    def parts(self) -> Iterator[Node]:
        """The items."""
        yield from self.items


class Alias(Node):
    """`*name`; `target` is None where there is no such anchor before it."""

    __slots__ = ("name", "target")
    kind = "alias"

    def __init__(self, segment: Segment, start: int, end: int, name: str, target: Node | None) -> None:
        super().__init__(segment, start, end)
        self.name = name
        self.target = target

    def parts(self) -> Iterator[Node]:
        """What it stands for."""
        if self.target is not None:
            yield self.target


def resolved(node: Node) -> Node:
    """The node itself, or what an alias stands for."""
    while isinstance(node, Alias) and node.target is not None:
        node = node.target
    return node


def value_of(node: Node) -> Any:
    """The JSON value of a subtree; keys become text, an unknown alias null. Read-only: it is shared."""
    node = resolved(node)
    if isinstance(node, Scalar):
        return node.value
    if node.memo is None:
        node.memo = {}
    elif "value" in node.memo:
        return node.memo["value"]
    value: Any = None
    if isinstance(node, Map):
        value = {}
        for pair in node.pairs:
            name = pair.name
            if name is not None:
                value[name] = value_of(pair.value)
    elif isinstance(node, Seq):
        value = []
        for item in node.items:
            value.append(value_of(item))
    node.memo["value"] = value
    return value


def children(node: Node) -> Iterator[Node]:
    """The nodes written directly inside a node; merged entries and alias targets are elsewhere."""
    if isinstance(node, Map):
        for pair in node.pairs:
            if not pair.merged:
                yield pair.key
                yield pair.value
    elif isinstance(node, Seq):
        yield from node.items
