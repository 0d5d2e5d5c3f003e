"""The outline after an edit: what the edit did not touch is the same objects."""

import re
from typing import NamedTuple

from wf_engine.syntax.cutting import HEADER, SPLIT_LINES, pieces
from wf_engine.syntax.drifting import HEADS, undecided
from wf_engine.syntax.layout import ITEM, SEQ, Cut, Layout, cuts, item_cuts, item_layout, more_cuts
from wf_engine.syntax.lines import KEY, VALUE
from wf_engine.syntax.linking import anchors_before
from wf_engine.syntax.misfits import hangs
from wf_engine.syntax.outline import Body, Entry
from wf_engine.syntax.parts import Child, Leaf
from wf_engine.syntax.pool import Pool
from wf_engine.text import Edit, Span

_BLANK = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?\r?\n)*+")

_DECISIVE = 2
"""The entries that decide about the indentation of a block."""
_UNBOUND = re.compile(r"^(?:={7}|>{7}| *\t[ \t]*-)", re.MULTILINE)
"""Lines whose indentation does not tell which block they belong to."""


class _Window(NamedTuple):
    """Neighbouring entries with the text that stands in their place after the edit."""

    first: int
    last: int
    start: int
    leaves: list[Leaf]
    old: str
    text: str


class Revision:
    """An edit of a document's outline. `outline` is None where the edit may change blocks around it."""

    def __init__(self, top: Body, edit: Edit) -> None:
        self.top = top
        self.new_text = edit.new_text
        self.pool = Pool()
        self.relink = False
        """Whether anchors changed, so that aliases elsewhere may mean something else."""
        self.outline = self._body(top, 0, edit.span)

    def _body(self, body: Body, base: int, span: Span) -> Body | None:
        """The block after the edit of a range in it. `base`: where the block begins in the document."""
        if not body.settled:
            return None
        if span.start < body.starts[0]:
            return self._lead(body, span)
        first, last = body.index_at(span.start), body.index_at(max(span.start, span.end - 1))
        child, at = body.child(first)
        if first == last and not child.crooked and _alone(body, first):
            inner = self._inside(child, base + at, span.shift(-at))
            if inner is not None:
                return body.replaced(first, first, (inner,))
        return self._recut(body, base, span, first, last)

    def _inside(self, child: Child, base: int, span: Span) -> Entry | Body | None:
        """An entry after an edit in the block below it; None where it has none that stays cut."""
        if isinstance(child, Entry) and span.end < child.header.chars:
            return self._header(child, span)
        if isinstance(child, Entry) and span.start >= child.header.chars:
            at = child.header.chars
            body = self._body(child.body, base + at, span.shift(-at))
            return child.with_body(body) if body and child.header.lines + body.lines > SPLIT_LINES else None
        if isinstance(child, Body):
            body = self._body(child, base, span)
            return body if body and body.lines > SPLIT_LINES else None
        return None

    def _header(self, entry: Entry, span: Span) -> Entry | None:
        """An edit in a key without a value, which stays one at its column."""
        old = entry.header.segment.text
        text = self._applied(old, span)
        before, after = HEADER.fullmatch(old), HEADER.fullmatch(text)
        if before is None or after is None or before[1] != after[1] or entry.crooked:
            return None
        self.pool = Pool()
        return Entry(Leaf(self.pool.take(text)), entry.body)

    def _lead(self, body: Body, span: Span) -> Body | None:
        """An edit in the comments before the first entry."""
        lead = body.lead.segment.text if body.lead else ""
        text = self._applied(lead, span)
        if span.end > len(lead) or not _BLANK.fullmatch(lead) or not _BLANK.fullmatch(text):
            return None
        return body.with_groups(Leaf(self.pool.take(text)) if text else None, body.groups)

    def _recut(self, body: Body, base: int, span: Span, first: int, last: int) -> Body | None:
        """Cuts the touched entries again, with those beside them that they may flow into."""
        while True:
            window = self._window(body, span, first, last)
            if last + 1 < len(body) and _flows_on(window.text, body, last + 1):
                last += 1
                continue
            found = _entries(window, body.layout)
            if found is None:
                return None
            if not window.text or (
                found and found[0].start == 0 and (first == 0 or not _depends(found[0], window.text))
            ):
                break
            if first == 0:
                return None
            first -= 1
        if not _stays(window, body):
            return None
        known = anchors_before(self.top, base + window.start) if "*" in window.text else None
        self.pool = Pool((leaf.segment for leaf in window.leaves), known)
        children = tuple(pieces(window.text, found, body.layout, self.pool))
        self.relink = _anchored(window.leaves) != _anchored([leaf for child in children for leaf in child.leaves()])
        return body.replaced(first, last, children)

    def _window(self, body: Body, span: Span, first: int, last: int) -> _Window:
        start = body.child(first)[1]
        leaves = [leaf for index in range(first, last + 1) for leaf in body.child(index)[0].leaves()]
        old = "".join([leaf.segment.text for leaf in leaves])
        return _Window(first, last, start, leaves, old, self._applied(old, span.shift(-start)))

    def _applied(self, text: str, span: Span) -> str:
        return text[: span.start] + self.new_text + text[span.end :]


def _alone(body: Body, index: int) -> bool:
    """Whether nothing beside an entry depends on what stands in it."""
    if body.uneven and index < _DECISIVE:
        return False
    return index + 1 == len(body) or not _flows_on("", body, index + 1)


def _flows_on(text: str, body: Body, following: int) -> bool:
    """Whether a text may take up the entry that follows it, or what it says decide about that."""
    if text and text[-1] != "\n":
        return True
    child = body.child(following)[0]
    first = next(child.leaves()).segment.text
    return (
        child.crooked
        or first.lstrip(" ").startswith(":")
        or (child.overfull if isinstance(child, Entry) else hangs(first))
    )


def _depends(cut: Cut, text: str) -> bool:
    """Whether what stands before a text decides about its first entry."""
    return cut.shape == VALUE or (cut.shape == KEY and hangs(text))


def _entries(window: _Window, layout: Layout) -> list[Cut] | None:
    """The entries of a window; None where a line of it may belong to a block around this one."""
    if any(pattern.search(text) for pattern in (_UNBOUND, HEADS) for text in (window.old, window.text)):
        return None
    if undecided(window.text, layout.indent if layout.kind == SEQ else None):
        return None
    if window.first == 0 and layout.kind == ITEM:
        if item_layout(window.text, layout._replace(depth=layout.depth - 1)) != layout:
            return None
        found = item_cuts(window.text, layout)
    else:
        found = cuts(window.text, layout)
    if not found.straight or not found.settled or more_cuts(window.text, layout, found.found):
        return None
    return found.found


def _stays(window: _Window, body: Body) -> bool:
    """Whether the block is found as it was, its indentation and its end included."""
    if body.uneven and window.first < _DECISIVE:
        return False
    if window.first == 0 and hangs(window.text):
        return False
    if not window.text:
        return window.first > 0
    at_end = window.last + 1 == len(body)
    return not (at_end and window.old.endswith("\n") and window.text[-1] != "\n")


def _anchored(leaves: list[Leaf]) -> list[int]:
    return [id(leaf.segment) for leaf in leaves if leaf.segment.anchors]
