"""The outline: a document cut into segments along its block structure, so that an edit parses what it changed.

YAML ends a block's entry at the next line that is indented no deeper, whatever stands in between; so a large block can
be cut at those lines without parsing, and each entry be parsed by itself. A broken entry then spoils no other one, the
result is a function of the text alone, and the parser's limits hold for an entry instead of the file.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from wf_engine.syntax.convert import duplicate_keys, with_merges
from wf_engine.syntax.faults import fault_of, unreadable
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Segment, Seq, SyntaxIssue
from wf_engine.syntax.parsing import parse_segment
from wf_engine.text import Span

SPLIT_LINES = 40
"""Blocks of more lines are cut into their entries."""

_CONTENT = re.compile(r"^( *)(?=[^ \r\n#])(.?.?)", re.MULTILINE)
_KEY = re.compile(r"""(?:"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[^\s#\[\]{},"'&*!|>%@`-][^\r\n]*?|-[^\s][^\r\n]*?) *:(?=[ \r\n]|\Z)""")
_HEADER = re.compile(r"""( *)(?:"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[\w./$-]+) *: *(?:#[^\r\n]*)?(?:\r\n|\n)""")


class Pool:
    """Segments of the text before an edit, to be used again, each once, where the same text stands now."""

    def __init__(self, segments: Iterator[Segment] | None = None) -> None:
        self._by_text: dict[str, list[Segment]] = {}
        for segment in segments or ():
            self._by_text.setdefault(segment.text, []).append(segment)

    def take(self, text: str) -> Segment:
        """A segment of this text: an old one where there is one left, else a newly parsed one."""
        kept = self._by_text.get(text)
        return kept.pop(0) if kept else parse_segment(text)


class Leaf:
    """A segment in the outline."""

    __slots__ = ("chars", "lines", "segment")

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.chars = len(segment.text)
        self.lines = segment.line_count

    def leaves(self) -> "Iterator[Leaf]":
        """The leaf itself."""
        yield self


class Entry:
    """A key without a value of its own, and the block below it: `tasks:` and its items."""

    __slots__ = ("body", "chars", "header", "lines")

    def __init__(self, header: Leaf, body: "Body") -> None:
        self.header = header
        self.body = body
        self.chars = header.chars + body.chars
        self.lines = header.lines + body.lines

    def leaves(self) -> Iterator[Leaf]:
        """The leaves in the order of the text."""
        yield self.header
        yield from self.body.leaves()

    def pairs(self) -> Iterator[Pair]:
        """The entry as a pair of the map around it."""
        node = self.header.segment.node
        if isinstance(node, Map) and node.pairs:
            yield Pair(node.pairs[0].key, self.body.node)


Child = Leaf | Entry


class Body:
    """A block whose entries are segments of their own: a mapping or a sequence at one indentation."""

    __slots__ = ("_ends", "chars", "children", "indent", "issues", "kind", "lead", "lines", "node", "regular")

    def __init__(self, kind: str, indent: int, lead: Leaf | None, children: tuple[Child, ...], *, regular: bool) -> None:
        self.kind = kind
        self.indent = indent
        self.lead = lead
        self.children = children
        self.regular = regular
        """No stray lines: an edit inside an entry cannot change where the others begin."""
        self._ends = list(accumulate((child.chars for child in children), initial=lead.chars if lead else 0))
        self.chars = self._ends[-1]
        self.lines = sum([child.lines for child in children]) + (lead.lines if lead else 0)
        self.issues: list[SyntaxIssue] = []
        self.node: Node = self._assemble()

    def leaves(self) -> Iterator[Leaf]:
        """The leaves in the order of the text."""
        if self.lead:
            yield self.lead
        for child in self.children:
            yield from child.leaves()

    def child_at(self, offset: int) -> int:
        """Index of the child in which an offset lies; -1 for what stands before them."""
        return min(bisect_right(self._ends, offset) - 1, len(self.children) - 1)

    def start_of(self, index: int) -> int:
        """Offset of a child within the block."""
        return self._ends[index] if index >= 0 else 0

    def _assemble(self) -> Node:
        anchor = self.children[0].leaves()
        segment = next(anchor).segment
        first = segment.node
        start, end = (first.start, first.end) if first is not None else (0, 0)
        if self.kind == "seq":
            items = [item for child in self.children if isinstance(child, Leaf) for item in _items(child)]
            return Seq(segment, start, end, tuple(items))
        pairs = with_merges([pair for child in self.children for pair in _pairs(child)])
        self.issues = duplicate_keys(pairs)
        return Map(segment, start, end, tuple(pairs))


def _items(leaf: Leaf) -> tuple[Node, ...]:
    node = leaf.segment.node
    return node.items if isinstance(node, Seq) else ()


def _pairs(child: Child) -> tuple[Pair, ...]:
    if isinstance(child, Entry):
        return tuple(child.pairs())
    node = child.segment.node
    return node.pairs if isinstance(node, Map) else ()


class _Line(NamedTuple):
    """A line that is indented no deeper than its block."""

    start: int
    indent: int
    role: str
    """`entry`, `inside` (goes on with the entry before) or `stray`."""


def outline(text: str, pool: Pool) -> Leaf | Body:
    """The outline of a document's text."""
    if text.count("\n") <= SPLIT_LINES or re.match(r"(---[ \t]*[^\s#]|%)", text):
        return Leaf(pool.take(text))
    return _body(text, -1, pool) or Leaf(pool.take(text))


def entries(text: str, body: Body, pool: Pool) -> tuple[Child, ...] | None:
    """A run of text as entries of a block that exists; None where it holds anything that is none."""
    lines = list(_structure(text, body.kind, body.indent))
    if not lines or lines[0].start != 0 or any(line.role == "stray" for line in lines):
        return None
    if any(line.indent < body.indent for line in lines):
        return None
    return tuple(_cut(text, lines, body.kind, body.indent, pool))


def _body(text: str, parent_indent: int, pool: Pool) -> Body | None:
    """The block that a run of lines holds; None where it is not plainly one."""
    start = re.match(r"(?:---[^\r\n]*(?:\r\n|\n))?", text).end()  # type: ignore[union-attr] - matches always
    first = _CONTENT.search(text, start)
    if first is None:
        return None
    kind = "seq" if first[2] in ("- ", "-", "-\r", "-\n") else "map"
    if kind == "map" and not _KEY.match(text, first.end(1)):
        return None
    indent = _indentation(text, start, len(first[1]), parent_indent)
    if indent < parent_indent or (indent == parent_indent and kind == "map"):
        return None
    lines = [line for line in _structure(text, kind, indent) if line.start >= start]
    if not any(line.role == "entry" for line in lines):
        return None
    stray = any(line.role == "stray" or line.indent < indent for line in lines) or first.start() != lines[0].start
    if first.start() < lines[0].start:
        lines.insert(0, _Line(first.start(), len(first[1]), "stray"))
    lead = Leaf(pool.take(text[: lines[0].start])) if lines[0].start else None
    return Body(kind, indent, lead, tuple(_cut(text, lines, kind, indent, pool)), regular=not stray)


def _indentation(text: str, start: int, first: int, parent_indent: int) -> int:
    """The indentation of a block's entries: that of its first line, unless more lines agree on a smaller one."""
    counts = Counter(len(match[1]) for match in _CONTENT.finditer(text, start) if len(match[1]) <= first)
    smaller = [indent for indent in counts if parent_indent <= indent < first and counts[indent] > counts[first]]
    return max(smaller, key=lambda indent: counts[indent]) if smaller else first


def _structure(text: str, kind: str, indent: int) -> Iterator[_Line]:
    """The lines that are indented no deeper than `indent`, with their role."""
    for match in re.finditer(rf"^( {{0,{indent}}})(?=[^ \r\n#])(.?.?)", text, re.MULTILINE):
        column, lead = len(match[1]), match[2]
        dash = lead in ("- ", "-", "-\r")
        if lead[:1] in ("]", "}") or (kind == "map" and dash and column == indent):
            role = "inside"
        elif column == indent and (dash if kind == "seq" else _KEY.match(text, match.end(1))):
            role = "entry"
        else:
            role = "stray"
        yield _Line(match.start(), column, role)


def _cut(text: str, lines: list[_Line], kind: str, indent: int, pool: Pool) -> Iterator[Child]:
    """The pieces between the lines; stray lines next to each other are one piece."""
    cuts: list[_Line] = []
    for line in lines:
        if not cuts or line.role == "entry" or (line.role == "stray" and cuts[-1].role != "stray"):
            cuts.append(line)
    for number, line in enumerate(cuts):
        piece = text[line.start : cuts[number + 1].start if number + 1 < len(cuts) else len(text)]
        if line.role == "entry":
            yield _entry(piece, indent, pool) if kind == "map" else Leaf(pool.take(piece))
        else:
            yield Leaf(_stray(piece))


def _entry(text: str, indent: int, pool: Pool) -> Child:
    """An entry of a mapping: cut further where it is long and no more than a key with a block."""
    header = _HEADER.match(text) if text.count("\n") > SPLIT_LINES else None
    if header is not None:
        body = _body(text[header.end() :], indent, pool)
        if body is not None:
            return Entry(Leaf(pool.take(header[0])), body)
    return Leaf(pool.take(text))


def _stray(text: str) -> Segment:
    """Lines that belong to no entry: reported once, at the first."""
    segment = Segment(text)
    line = text.split("\n", 1)[0].rstrip("\r")
    fault = fault_of(line) or unreadable(line, "")
    segment.issues = (SyntaxIssue("syntax", Place(segment, Span(fault.start, fault.end)), fault.message, fault.hint),)
    return segment
