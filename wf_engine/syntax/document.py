"""A YAML document as a value: an edit makes a new one that shares every segment it did not change."""

from collections.abc import Iterator
from functools import cached_property

from wf_engine.syntax.cutting import SPLIT_LINES, outline
from wf_engine.syntax.limits import MOST_NODES
from wf_engine.syntax.linking import linked
from wf_engine.syntax.nodes import Map, Node, Place, Scalar, Segment, Seq, SyntaxIssue
from wf_engine.syntax.outline import Body, Entry
from wf_engine.syntax.parts import Child, Leaf
from wf_engine.syntax.pool import Pool, Work
from wf_engine.syntax.revision import Revision
from wf_engine.text import Edit, Span

_OFTEN = 100
"""Places asked for one by one; an edit makes a new document, in which mostly few are."""


class Document:
    """One YAML document of a file. Offsets are relative to the document's first character."""

    def __init__(self, top: Leaf | Body, work: Work, *, expanded: bool = True) -> None:
        self.top = top
        self.work = work
        """What the parser had to do to make this version of the document."""
        self._asked = 0
        self.expanded = expanded
        """Whether aliases are expanded: not where they stand for more nodes than the limit (language §1)."""

    @classmethod
    def parse(cls, text: str, pool: Pool | None = None) -> "Document":
        """The document that a text holds; `pool` has segments that may be used again."""
        pool = pool or Pool()
        pool.begin()
        before = pool.work
        top = outline(text, pool)
        if pool.expand:
            return cls(top, pool.work - before)
        plain = Pool((leaf.segment for leaf in top.leaves()), expand=False)
        top = outline(text, plain)
        return cls(top, pool.work - before + plain.work, expanded=False)

    @property
    def chars(self) -> int:
        """Length in code points."""
        return self.top.chars

    @property
    def root(self) -> Node | None:
        """The document's value, None where it is empty."""
        return self.top.node if isinstance(self.top, Body) else self.top.segment.node

    @property
    def text(self) -> str:
        """The document's text."""
        return "".join([leaf.segment.text for leaf in self.top.leaves()])

    def segments(self) -> Iterator[tuple[int, Segment]]:
        """The segments with the offsets at which they begin."""
        at = 0
        for leaf in self.top.leaves():
            yield at, leaf.segment
            at += leaf.chars

    def base(self, segment: Segment) -> int | None:
        """Offset of a segment of this document, None for one of another."""
        self._asked += 1
        return self.top.find(segment) if self._asked <= _OFTEN else self._bases.get(id(segment))

    @cached_property
    def _bases(self) -> dict[int, int]:
        """The offsets of all segments: who asks for many is answered from a table."""
        return {id(segment): at for at, segment in self.segments()}

    def span(self, place: Place) -> Span:
        """The range of a place in this document."""
        return place.span.shift(self.base(place.segment) or 0)

    def extent(self, node: Node) -> Span:
        """The whole range of a node, also of one whose parts are segments of their own."""
        first, last = node, node
        while isinstance(first, Map) and any(not pair.merged for pair in first.pairs):
            first = next(pair.key for pair in first.pairs if not pair.merged)
        while isinstance(last, Map | Seq):
            inner = _last_child(last)
            if inner is None or inner.segment is last.segment:
                break
            last = inner
        start = min(self.span(node.place).start, self.span(first.place).start)
        return Span(start, max(self.span(last.place).end, self.span(node.place).end))

    def segment_at(self, offset: int) -> tuple[int, Segment]:
        """The segment in which an offset lies, and where it begins."""
        part: Child = self.top
        at = 0
        while isinstance(part, Entry | Body):
            if isinstance(part, Entry):
                if offset - at < part.header.chars:
                    return at, part.header.segment
                at, part = at + part.header.chars, part.body
                continue
            index = part.index_at(offset - at)
            if index < 0:
                return at, next(part.leaves()).segment
            part, start = part.child(index)
            at += start
        return at, next(part.leaves()).segment

    @cached_property
    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong with the YAML of the whole document, in the order of the text."""
        found = self.top.issues()
        if not self.expanded:
            alias = next(alias for leaf in self.top.leaves() for alias in leaf.segment.aliases)
            message = f"the aliases of this document stand for more than {MOST_NODES:,} nodes; none is expanded"
            found = (SyntaxIssue("too-large", alias.place, message, "use fewer aliases"), *found)
            return tuple(sorted(found, key=lambda issue: self.span(issue.place)))
        return found

    def edited(self, edit: Edit) -> "Document":
        """The document after an edit. Costs what the edit changed."""
        if isinstance(self.top, Body) and self.expanded:
            revision = Revision(self.top, edit)
            top, pool = revision.outline, revision.pool
            if top is not None and top.lines > SPLIT_LINES:
                if revision.relink:
                    pool.begin()
                    top = linked(top, pool)
                if top.expansion <= MOST_NODES:
                    return Document(top, pool.work)
        text = self.text
        pool = Pool(leaf.segment for leaf in self.top.leaves())
        return Document.parse(text[: edit.span.start] + edit.new_text + text[edit.span.end :], pool)


def _last_child(node: Map | Seq) -> Node | None:
    if isinstance(node, Seq):
        return node.items[-1] if node.items else None
    own = [pair for pair in node.pairs if not pair.merged]
    if not own:
        return None
    value = own[-1].value
    return own[-1].key if isinstance(value, Scalar) and value.style == "missing" else value
