"""The document as it would be if a word stood at the cursor.

While someone types, what stands at the cursor is seldom whole. A word put in its place makes it whole, so that the tree
says which field it is the key or the value of; the cost is that of a keystroke.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.editing.endings import below, entry_end, line_end, quote_end_from, value_end
from wf_engine.editing.situation import Block, Situation, Value, situation
from wf_engine.syntax import Document, Map, Seq, trail
from wf_engine.text import Edit, Span
from wf_engine.workspace import SourceDocument

WORD = "wfcursor"

_REST = re.compile(r"[\w.$/@-]*+")
_TYPED = re.compile(r"[\w.$/@-]*\Z")
_TAIL = re.compile(r"[ \t]*+:(?=[ \t\r\n]|\Z)")
_CLOSERS = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Placed:
    """A patched document and where the word stands in it. Offsets are those of the document."""

    source: SourceDocument
    offset: int
    role: str
    """`key`, `value`, or `item`: a new item of a list at the cursor's column."""
    typed: str
    """What is typed of the value in front of the cursor, without the quote."""
    replaces: Span
    """What a completion replaces."""
    column: int = 0
    """The column that further lines of what is inserted are indented from: that of the keys around it."""
    flow: bool = False
    quoted: bool = False
    """The word stands in quotes already."""
    bare: bool = False
    """A key that has no colon yet."""
    gap: str = ""
    """What is missing in front of what is inserted."""


class Placeholder:
    """Finds out what is being written at an offset of a document, and puts a word there."""

    def __init__(self, source: SourceDocument, offset: int) -> None:
        self.source = source
        self.base, segment = source.tree.segment_at(offset)
        self.text = segment.text
        self.at = offset - self.base
        self.here: Situation = situation(self.text, self.at, list(_blocks_around(source.tree, self.base, self.text)))

    def place(self) -> Placed | None:
        """The patched document; None where nothing can stand, as in a comment or behind a closed quote."""
        here, value = self.here, self.here.value
        if here.comment or here.done:
            return None
        if value is None:
            return self._word() if here.key is None else self._empty()
        if value.style == "flow":
            return self._in_flow(value)
        if value.style == "plain" and here.key is None and value.start >= here.line:
            return self._word()
        if value.style == "text" and value.start >= here.line:
            return None
        return self._in_value(value)

    def as_value(self) -> Placed:
        """For a word alone on its line, taken for a value: an item of a list, or what belongs to the key above."""
        start = self.here.content
        span = Span(start, line_end(self.text, self.at))
        return self._placed(
            span, WORD, start, "value", typed=self.text[start : self.at], replaces=self._word_span(start)
        )

    def as_item(self) -> Placed:
        """For a word alone on its line, taken for the beginning of a list."""
        return self._item(self._content_from(self.here.line) - self.here.line)

    def as_key_beside(self) -> Placed | None:
        """For a word below a plain value, taken for a key at the wrong indentation."""
        value = self.here.value
        if value is None or value.style != "plain" or value.start >= self.here.line:
            return None
        return self._key(value.column)

    def _empty(self) -> Placed:
        """Behind a key that has no value yet, or in front of its value."""
        end = below(self.text, self.at, self._column, items=not self._owned_by_dash)
        gap = " " if self.text[self.at - 1 : self.at] == ":" else ""
        replaces = Span(self.at, max(self.at, value_end(self.text, self.at)))
        return self._placed(Span(self.at, end), gap + WORD, self.at + len(gap), "value", replaces=replaces, gap=gap)

    def _in_value(self, value: Value) -> Placed:
        """In a quoted, plain or block scalar."""
        quoted = value.quote is not None
        start = value.start + quoted
        closed = quote_end_from(self.text, self.at, value) if quoted else None
        end = below(self.text, max(self.at, closed or 0), value.column, items=False)
        if value.start < self.here.line:
            replaces = self._word_span(self.at - len(_typed_word(self.text[: self.at])))
        elif quoted:
            inside = closed is not None and closed <= line_end(self.text, self.at)
            replaces = Span(start, closed - 1 if closed is not None and inside else self._word_span(self.at).end)
        else:
            replaces = Span(start, max(self.at, value_end(self.text, start)))
        typed = self.text[start : self.at]
        span = Span(value.start, end)
        return self._placed(span, WORD, value.start, "value", typed=typed, replaces=replaces, quoted=quoted)

    def _in_flow(self, value: Value) -> Placed:
        """In a flow collection: the current entry is replaced, and what is open is closed."""
        bracket = value.brackets[-1]
        role = "key" if bracket.char == "{" and bracket.colon is None else "value"
        start = self._content_from(bracket.entry if bracket.colon is None else bracket.colon + 1)
        quoted = value.quote is not None
        closed = quote_end_from(self.text, self.at, value) if quoted else None
        end = entry_end(self.text, closed or self._behind_template(start), value)
        gap = " " if self.text[start - 1 : start] == ":" else ""
        word = gap + WORD + (": x" if role == "key" and not end.colon else "")
        if end.closed:
            span = Span(start, end.offset)
        else:
            span = Span(start, below(self.text, self.at, value.column, items=False))
            word += "".join(_CLOSERS[each.char] for each in reversed(value.brackets))
        begin = value.quote + 1 if value.quote is not None else start
        replaces = self._word_span(begin) if closed is None else Span(begin, closed - 1)
        return self._placed(
            span, word, start + len(gap), role,
            typed=self.text[begin : self.at], replaces=replaces, flow=True, quoted=quoted, bare=not end.colon, gap=gap,
        )  # fmt: skip

    def _behind_template(self, start: int) -> int:
        """The end of a template without quotes around it that the cursor is in; the cursor, where it is in none."""
        typed = self.text[start : self.at]
        if typed.rfind("{{") <= typed.rfind("}}"):
            return self.at
        found = self.text.find("}}", self.at, line_end(self.text, self.at))
        return self.at if found < 0 else found + 2

    def _content_from(self, start: int) -> int:
        """The first character in front of the cursor that is no space, from an offset on."""
        written = self.text[start : self.at].lstrip(" \t\r\n")
        return self.at - len(written)

    def _word(self) -> Placed:
        """A word alone on its line, or none yet: a key, of the block that its column belongs to."""
        here = self.here
        if here.dashes:
            return self._key(None)
        block = _block_at(here.content - here.line, here)
        return self._item(block.column) if block.kind == "seq" else self._key(block.column)

    def _key(self, column: int | None) -> Placed:
        """The word as a key at a column; None: where it stands, behind its dashes."""
        here = self.here
        start = min(here.content, self.at) if column is None else self._content_from(here.line)
        replaces = self._word_span(start)
        tail = _TAIL.match(self.text, replaces.end)
        lead = self.text[here.line : start] if column is None else " " * column
        lead += " " if lead.endswith("-") else ""
        gap = " " if column is None and self.text[start - 1 : start] == "-" else ""
        span = Span(here.line, replaces.end if tail else line_end(self.text, self.at))
        return self._placed(
            span, lead + WORD + ("" if tail else ":"), here.line + len(lead), "key",
            typed=self.text[start : self.at], replaces=replaces, column=start - here.line + len(gap), bare=not tail, gap=gap,
        )  # fmt: skip

    def _item(self, column: int) -> Placed:
        """A new item of a list."""
        here = self.here
        start = self._content_from(here.line)
        span = Span(here.line, line_end(self.text, self.at))
        patch = " " * column + "- " + WORD + ":"
        return self._placed(
            span, patch, here.line + column + 2, "item",
            typed=self.text[start : self.at], replaces=self._word_span(start), column=start - here.line,
        )  # fmt: skip

    @property
    def _column(self) -> int:
        """The column of the key in front of the cursor."""
        return self.here.blocks[-1].column if self.here.blocks else 0

    @property
    def _owned_by_dash(self) -> bool:
        return bool(self.here.blocks) and self.here.blocks[-1].kind == "seq"

    def _word_span(self, start: int) -> Span:
        """From `start` to the end of the word at the cursor."""
        match = _REST.match(self.text, self.at)
        return Span(min(start, self.at), match.end() if match else self.at)

    def _placed(
        self, span: Span, text: str, word: int, role: str, *,
        replaces: Span, typed: str = "", column: int | None = None, flow: bool = False, quoted: bool = False,
        bare: bool = False, gap: str = "",
    ) -> Placed:  # fmt: skip
        """The patched document. Offsets are those of the segment's text."""
        edit = Edit(span.shift(self.base), text)
        patched = SourceDocument(self.source.path, self.source.index, self.source.tree.edited(edit))
        column = self._column if column is None else column
        return Placed(
            patched, self.base + word, role, typed, replaces.shift(self.base), column, flow, quoted, bare, gap
        )


def _typed_word(text: str) -> str:
    match = _TYPED.search(text)
    return match[0] if match else ""


def _block_at(column: int, here: Situation) -> Block:
    """The block that an entry at a column belongs to; below a key without a value, a new one."""
    blocks = here.blocks
    if here.hungry is not None and column > here.hungry:
        return Block(column, "map")
    same = [block for block in blocks if block.column == column]
    if same:
        return next((block for block in same if block.kind == "map"), same[-1])
    if not blocks or column < blocks[0].column:
        return Block(0, "map")
    nearest = min(blocks, key=lambda block: (abs(block.column - column), block.kind == "seq"))
    behind = blocks[blocks.index(nearest) + 1 :][:1]
    return behind[0] if nearest.kind == "seq" and nearest.column < column and behind else nearest


def _blocks_around(document: Document, base: int, text: str) -> Iterator[Block]:
    """The blocks that are open in front of a segment: those that what stands before it is in, as far out as it begins.

    What is broken may stand in a segment of its own, in the middle of a step.
    """
    column = _first_column(text)
    before = [block for block in _blocks_at(document, _last_said(document, base)) if block.column <= column]
    at = list(_blocks_at(document, base))
    return iter(before if len(before) > len(at) else at)


def _last_said(document: Document, base: int) -> int:
    """The end of the last line in front of an offset that is more than a comment; 0 where there is none."""
    while base > 0:
        start, segment = document.segment_at(base - 1)
        for line in reversed(segment.text[: base - start].splitlines(keepends=True)):
            if line.strip() and not line.lstrip().startswith("#"):
                return base - 1 - (len(line) - len(line.rstrip()))
            base -= len(line)
        base = min(base, start)
    return 0


def _first_column(text: str) -> int:
    """The column at which the first line of a segment begins that says anything."""
    line = next((each for each in text.splitlines() if each.strip() and not each.lstrip().startswith("#")), "")
    return len(line) - len(line.lstrip(" "))


def _blocks_at(document: Document, offset: int) -> Iterator[Block]:
    way = trail(document, offset)
    for crumb in way.crumbs:
        if isinstance(crumb.container, Map | Seq):
            yield from _block_of(crumb.container)
    last = way.crumbs[-1].pair if way.crumbs else None
    if last is not None and isinstance(last.value, Map | Seq):
        yield from _block_of(last.value)


def _block_of(node: Map | Seq) -> Iterator[Block]:
    if node.flow:
        return
    own = [pair.key for pair in node.pairs if not pair.merged] if isinstance(node, Map) else list(node.items)
    if own:
        first = own[0] if isinstance(node, Map) else node
        text = first.segment.text
        line = max(text.rfind("\n", 0, first.start), text.rfind("\r", 0, first.start)) + 1
        yield Block(first.start - line, node.kind)
