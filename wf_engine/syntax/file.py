"""A file as a value: its text, and its documents."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise

from wf_engine.syntax.document import Document
from wf_engine.syntax.nodes import Place
from wf_engine.syntax.pool import Pool, Work
from wf_engine.text import Edit, Span, Text

_MARK = "\ufeff"
_MARKER = re.compile(r"(?:---|\.\.\.)(?<![^\r\n]...)(?=[ \t\r\n]|\Z)")
"""What stands before it is looked at last: few places have three dashes or dots at all."""
_MARKER_OR_DIRECTIVE = re.compile(r"(?<![^\r\n])(?:---|\.\.\.|%)")
_PREAMBLE = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r)|%[^\r\n]*+(?:\r\n|\n|\r))*+")
_NOTHING = re.compile(_PREAMBLE.pattern + r"(?:\.\.\.[^\n]*\n?)?")


class File:
    """The documents of a file, with its text."""

    def __init__(self, text: Text, documents: tuple[Document, ...], work: Work) -> None:
        self.text = text
        self.documents = documents
        self.work = work
        """What the parser had to do to make this version of the file."""

    @classmethod
    def parse(cls, text: Text | str) -> "File":
        """The file that a text holds."""
        return cls._parsed(text if isinstance(text, Text) else Text(text), Pool())

    @classmethod
    def _parsed(cls, text: Text, pool: Pool) -> "File":
        documents = tuple(Document.parse(piece, pool) for piece in _pieces(text.value))
        return cls(text, documents, pool.work)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offsets at which the documents begin; a byte order mark stands before the first."""
        return tuple(accumulate((document.chars for document in self.documents), initial=_mark(self.text)))[:-1]

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
        changed = self._document_edited(index, text, edit)
        if changed is not None:
            return File(text, (*self.documents[:index], changed, *self.documents[index + 1 :]), changed.work)
        return File._parsed(text, Pool(leaf.segment for each in self.documents for leaf in each.top.leaves()))

    def _document_edited(self, index: int, text: Text, edit: Edit) -> Document | None:
        """The document after an edit inside it; None where the edit may change where documents begin."""
        start, document = self.starts[index], self.documents[index]
        span = edit.span.shift(-start)
        if span.start < 0 or span.end > document.chars or _mark(text) != _mark(self.text):
            return None
        after = Span(edit.span.start, edit.span.start + len(edit.new_text))
        if not _inside_line(self.text, edit) and any(
            _MARKER_OR_DIRECTIVE.search(lines) for lines in (_lines(self.text, edit.span), _lines(text, after))
        ):
            return None
        first = next(document.top.leaves()).segment.text
        head = _PREAMBLE.match(first)
        if head and span.start < head.end() and _MARKER.match(first, head.end()):
            return None
        changed = document.edited(Edit(span, edit.new_text))
        alone = len(self.documents) == 1
        if alone or (
            document.root is not None and changed.root is not None and _ends_line(text, start + changed.chars)
        ):
            return changed
        return None


def _mark(text: Text) -> int:
    return 1 if text.slice(Span(0, 1)) == _MARK else 0


def _inside_line(text: Text, edit: Edit) -> bool:
    """Whether an edit leaves alone the beginnings of lines, which alone may be markers."""
    if text.position(edit.span.start).column < len("--- "):
        return False
    touched = text.slice(edit.span) + edit.new_text
    return "\n" not in touched and "\r" not in touched


def _lines(text: Text, span: Span) -> str:
    """The lines that a range touches, with the one before: a document ends behind the line of its `...`."""
    first, last = text.position(span.start).line, text.position(span.end).line
    return text.slice(Span(text.line_start(first - (1 if span.start == len(text) else 0)), text.line_start(last + 1)))


def _ends_line(text: Text, end: int) -> bool:
    return end >= len(text) or text.slice(Span(end - 1, end)) in ("\n", "\r")


def _pieces(value: str) -> list[str]:
    """The texts of the documents; the empty file has one, which is empty."""
    value = value.removeprefix(_MARK)
    cuts = [0]
    for match in _MARKER.finditer(value):
        start = match.start()
        if match[0] == "...":
            end = value.find("\n", start)
            cuts.append(len(value) if end < 0 else end + 1)
        elif not _only_preamble(value, cuts[-1], start):
            cuts.append(start)
    cuts.append(len(value))
    pieces = [value[start:end] for start, end in pairwise(cuts)]
    found: list[str] = []
    for piece in pieces:
        if found and _NOTHING.fullmatch(piece):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found or [""]


def _only_preamble(value: str, start: int, end: int) -> bool:
    """Whether nothing but comments, blank lines and directives stand there: they belong to the document after them."""
    match = _PREAMBLE.match(value, start, end)
    return match is not None and match.end() == end
