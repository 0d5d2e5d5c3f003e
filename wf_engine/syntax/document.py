"""Documents and files as values: an edit makes new ones that share every segment it did not change."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate

from wf_engine.syntax.limits import MOST_NODES
from wf_engine.syntax.nodes import Map, Node, Place, Scalar, Segment, Seq, SyntaxIssue
from wf_engine.syntax.outline import SPLIT_LINES, Body, Child, Entry, Leaf, Pool, entries, outline
from wf_engine.syntax.parsing import parse_segment
from wf_engine.text import Edit, Span, Text

_MARKER = re.compile(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)


class Document:
    """One YAML document of a file. Offsets are relative to the document's first character."""

    def __init__(self, top: Leaf | Body) -> None:
        self.top = _linked(top)

    @classmethod
    def parse(cls, text: str, pool: Pool | None = None) -> "Document":
        """The document that a text holds."""
        return cls(outline(text, pool or Pool()))

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

    @cached_property
    def _bases(self) -> Mapping[int, int]:
        return {id(segment): at for at, segment in self.segments()}

    def base(self, segment: Segment) -> int | None:
        """Offset of a segment of this document, None for one of another."""
        return self._bases.get(id(segment))

    def span(self, place: Place) -> Span:
        """The range of a place in this document."""
        return place.span.shift(self._bases.get(id(place.segment), 0))

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
        top: Leaf | Body | Entry = self.top
        at = 0
        while not isinstance(top, Leaf):
            if isinstance(top, Entry):
                if offset - at < top.header.chars:
                    return at, top.header.segment
                at, top = at + top.header.chars, top.body
                continue
            index = top.child_at(offset - at)
            if index < 0:
                return at, top.lead.segment if top.lead else next(top.leaves()).segment
            at, top = at + top.start_of(index), top.children[index]
        return at, top.segment

    @cached_property
    def issues(self) -> tuple[SyntaxIssue, ...]:
        """What is wrong with the YAML of the whole document, in the order of the text."""
        found = [issue for leaf in self.top.leaves() for issue in leaf.segment.issues]
        if isinstance(self.top, Body):
            found.extend(_body_issues(self.top))
        root = self.root
        if root is not None and root.size > MOST_NODES:
            message = f"this document has over {MOST_NODES:,} nodes once its aliases are expanded"
            place = next(Place(s, Span(0, min(len(s.text.split(chr(10), 1)[0]), 80))) for _, s in self.segments())
            found.append(SyntaxIssue("too-large", place, message, "use fewer aliases"))
        return tuple(found)

    def edited(self, edit: Edit) -> "Document":
        """The document after an edit."""
        (start, end), new = edit
        top = self.top
        changed: Leaf | Body | None = None
        if isinstance(top, Body):
            changed = _edit_body(top, start, end, new)
            if changed is not None and changed.lines <= SPLIT_LINES:
                changed = None
        if changed is None:
            text = self.text
            changed = outline(text[:start] + new + text[end:], Pool(leaf.segment for leaf in top.leaves()))
        return Document(changed)


def _last_child(node: Map | Seq) -> Node | None:
    if isinstance(node, Seq):
        return node.items[-1] if node.items else None
    own = [pair for pair in node.pairs if not pair.merged]
    if not own:
        return None
    value = own[-1].value
    return own[-1].key if isinstance(value, Scalar) and value.style == "missing" else value


def _body_issues(body: Body) -> Iterator[SyntaxIssue]:
    yield from body.issues
    for child in body.children:
        if isinstance(child, Entry):
            yield from _body_issues(child.body)


def _edit_body(body: Body, start: int, end: int, new: str) -> Body | None:
    """The block after an edit inside one of its entries; None where the edit may change the block itself."""
    index = body.child_at(start)
    if index < 0 or not body.regular or (start == body.start_of(index) and new[:1] in ("\n", "\r")):
        return None
    child, at = body.children[index], body.start_of(index)
    if end - at > child.chars:
        return None
    replaced = _edit_child(child, body, start - at, end - at, new)
    if replaced is None:
        return None
    children = body.children[:index] + replaced + body.children[index + 1 :]
    return Body(body.kind, body.indent, body.lead, children, regular=True)


def _edit_child(child: Child, body: Body, start: int, end: int, new: str) -> tuple[Child, ...] | None:
    if isinstance(child, Entry) and start >= child.header.chars:
        inner = _edit_body(child.body, start - child.header.chars, end - child.header.chars, new)
        if inner is not None and child.header.lines + inner.lines > SPLIT_LINES:
            return (Entry(child.header, inner),)
    old = "".join([leaf.segment.text for leaf in child.leaves()])
    text = old[:start] + new + old[end:]
    if old[-1:] in ("\n", "\r") and text[-1:] not in ("\n", "\r"):
        return None
    return entries(text, body, Pool(leaf.segment for leaf in child.leaves()))


def _linked(top: Leaf | Body) -> Leaf | Body:
    """Gives the aliases of each segment the anchors of the segments before it."""
    if isinstance(top, Leaf) or not any(leaf.segment.aliases or leaf.segment.anchors for leaf in top.leaves()):
        return top
    known: dict[str, Node] = {}
    return _link_body(top, known)


def _link_body(body: Body, known: dict[str, Node]) -> Body:
    lead = _link_leaf(body.lead, known) if body.lead else None
    children: list[Child] = []
    for child in body.children:
        if isinstance(child, Leaf):
            children.append(_link_leaf(child, known))
        else:
            children.append(Entry(_link_leaf(child.header, known), _link_body(child.body, known)))
    if lead is body.lead and all(new is old for new, old in zip(children, body.children, strict=True)):
        return body
    return Body(body.kind, body.indent, lead, tuple(children), regular=body.regular)


def _link_leaf(leaf: Leaf, known: dict[str, Node]) -> Leaf:
    segment = leaf.segment
    if any(known.get(name) is not target for name, target in segment.uses.items()):
        segment = parse_segment(segment.text, dict(known))
        leaf = Leaf(segment)
    known.update(segment.anchors)
    return leaf


class File:
    """The documents of a file, with its text."""

    def __init__(self, text: Text, documents: tuple[Document, ...]) -> None:
        self.text = text
        self.documents = documents

    @classmethod
    def parse(cls, text: Text | str) -> "File":
        """The file that a text holds."""
        text = text if isinstance(text, Text) else Text(text)
        return cls(text, _documents(text.value, Pool()))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offsets at which the documents begin; a byte order mark stands before the first."""
        mark = 1 if self.text.slice(Span(0, 1)) == "\ufeff" else 0
        return tuple(accumulate((document.chars for document in self.documents), initial=mark))[:-1]

    def document_at(self, offset: int) -> int:
        """Index of the document in which an offset lies."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def span(self, index: int, place: Place) -> Span:
        """The range in the file of a place in one of its documents."""
        return self.documents[index].span(place).shift(self.starts[index])

    def edited(self, edit: Edit) -> "File":
        """The file after an edit. Costs what the edit changed."""
        text = self.text.replace(edit)
        index = self.document_at(edit.span.start)
        start, document = self.starts[index], self.documents[index]
        inside = start <= edit.span.start and edit.span.end <= start + document.chars
        if not inside or _touches_marker(self.text, text, edit, last=index == len(self.documents) - 1):
            pool = Pool(leaf.segment for each in self.documents for leaf in each.top.leaves())
            return File(text, _documents(text.value, pool))
        changed = document.edited(Edit(edit.span.shift(-start), edit.new_text))
        return File(text, (*self.documents[:index], changed, *self.documents[index + 1 :]))


def _touches_marker(old: Text, new: Text, edit: Edit, *, last: bool) -> bool:
    """Whether an edit may change where documents begin: it touches a marker line, or the end of a document."""
    before = _lines_around(old, edit.span)
    after = _lines_around(new, Span(edit.span.start, edit.span.start + len(edit.new_text)))
    if _DIRECTIVE.search(before) or _DIRECTIVE.search(after):
        return True
    return not last and after[-1:] not in ("\n", "\r")


def _lines_around(text: Text, span: Span) -> str:
    first, last = text.position(span.start).line, text.position(span.end).line
    return text.slice(Span(text.line_start(max(first - 1, 0)), text.line_start(last + 2)))


def _documents(value: str, pool: Pool) -> tuple[Document, ...]:
    if value.startswith("\ufeff"):
        value = value[1:]
    cuts = [0]
    for match in _MARKER.finditer(value):
        start = match.start()
        if match[0] == "...":
            end = value.find("\n", start)
            cuts.append(len(value) if end < 0 else end + 1)
        elif not _only_preamble(value, cuts[-1], start):
            cuts.append(start)
    cuts.append(len(value))
    pieces = [value[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    kept = [piece for number, piece in enumerate(pieces) if piece or number == 0]
    return tuple(Document.parse(piece, pool) for piece in kept)


def _only_preamble(value: str, start: int, end: int) -> bool:
    """Whether nothing but comments, blank lines and directives stand there: they belong to the document after them."""
    return re.fullmatch(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)|%[^\r\n]*(?:\r\n|\n|\r))*", value[start:end]) is not None
