r"""The text store: an immutable text that knows its lines and is edited in pieces.

A text is a sequence of chunks of whole lines, so that an edit copies one chunk and a short list of sums, whatever the
size of the file. Only `\n`, `\r\n` and `\r` end a line, as the Language Server Protocol has it; `str.splitlines`
would also split at U+2028, NEL and form feed and put every later position in the wrong place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from wf_engine.text.spans import Edit, Position, Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_CHUNK = 4096
"""Code points a chunk is cut at, at the next line end: small enough to copy in microseconds."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Whole lines; `starts` are the offsets at which its lines begin, the first being 0."""

    text: str
    starts: tuple[int, ...]
    open: bool
    """Whether the last line has no line end; only a text's last chunk may be open."""


def _chunk(text: str) -> _Chunk:
    if "\r" in text:
        starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    else:
        starts = list(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))
    closed = len(text) > 0 and starts[-1] == len(text)
    return _Chunk(text, tuple(starts[:-1] if closed else starts), not closed)


def _chunks(text: str) -> Iterator[_Chunk]:
    start = 0
    while len(text) - start > 2 * _CHUNK:
        cut = _LINE_END.search(text, start + _CHUNK)
        if cut is None:
            break
        yield _chunk(text[start : cut.end()])
        start = cut.end()
    yield _chunk(text[start:])


class Text:
    """An immutable text with an offset table. `Text(value)`; `replace` gives a new one that shares the rest."""

    __slots__ = ("__dict__", "_chunks")

    def __init__(self, value: str = "") -> None:
        self._chunks: tuple[_Chunk, ...] = tuple(_chunks(value))

    @classmethod
    def _of(cls, chunks: tuple[_Chunk, ...]) -> "Text":
        text = cls.__new__(cls)
        text._chunks = chunks  # noqa: SLF001 - the class's own constructor
        return text

    @cached_property
    def _offsets(self) -> list[int]:
        return list(accumulate([len(chunk.text) for chunk in self._chunks], initial=0))

    @cached_property
    def _lines(self) -> list[int]:
        return list(accumulate([len(chunk.starts) for chunk in self._chunks], initial=0))

    @cached_property
    def value(self) -> str:
        """The whole text."""
        return "".join([chunk.text for chunk in self._chunks])

    def __len__(self) -> int:
        return self._offsets[-1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Text({self.value!r})"

    @property
    def line_count(self) -> int:
        """Number of lines; a text that ends in a line end has an empty last line, as editors count."""
        return self._lines[-1] + (0 if self._chunks[-1].open else 1)

    def line_start(self, line: int) -> int:
        """Offset at which a line begins; before the first it is 0, past the last the text's end."""
        if line < 0:
            return 0
        if line >= self._lines[-1]:
            return len(self)
        index = bisect_right(self._lines, line) - 1
        return self._offsets[index] + self._chunks[index].starts[line - self._lines[index]]

    def line_span(self, line: int) -> Span:
        """A line without its line end."""
        start, end = self.line_start(line), self.line_start(line + 1)
        return Span(start, start + len(self.slice(Span(start, end)).rstrip("\r\n")))

    def line(self, line: int) -> str:
        """The text of a line without its line end."""
        return self.slice(self.line_span(line))

    @property
    def line_end(self) -> str:
        """How its first line ends, as those do that are added; a text of one line ends none."""
        return self.slice(Span(self.line_span(0).end, self.line_start(1))) or "\n"

    def position(self, offset: int) -> Position:
        """Line and column of an offset; one outside the text is moved to its nearest end."""
        offset = min(max(offset, 0), len(self))
        index = max(0, min(bisect_right(self._offsets, offset) - 1, len(self._chunks) - 1))
        chunk, local = self._chunks[index], offset - self._offsets[index]
        if not chunk.open and local == len(chunk.text) and index == len(self._chunks) - 1:
            return Position(self._lines[-1], 0)
        row = bisect_right(chunk.starts, local) - 1
        return Position(self._lines[index] + row, local - chunk.starts[row])

    def offset(self, position: Position) -> int:
        """Offset of a position; a column past the line's end is the line's end, a line past the last the text's end."""
        if position.line < 0:
            return 0
        span = self.line_span(position.line)
        return min(span.start + max(position.column, 0), span.end)

    def slice(self, span: Span) -> str:
        """The text of a range."""
        first = bisect_right(self._offsets, span.start) - 1
        pieces = []
        for index in range(max(first, 0), len(self._chunks)):
            base = self._offsets[index]
            if base >= span.end:
                break
            pieces.append(self._chunks[index].text[max(span.start - base, 0) : span.end - base])
        return "".join(pieces)

    def mentions(self, word: str) -> bool:
        """Whether a word, which has no line end in it, stands anywhere. Where it stood nowhere, an edit costs what it changed."""
        if word in self._absent:
            return False
        found = any(word in chunk.text for chunk in self._chunks)
        if not found:
            self._absent.add(word)
        return found

    @cached_property
    def _absent(self) -> set[str]:
        """Words that were looked for and stand nowhere."""
        return set()

    def replace(self, edit: Edit) -> "Text":
        """The text after an edit. Costs the chunks that the edit touches."""
        (start, end), new = edit
        start = min(max(start, 0), len(self))
        end = min(max(end, start), len(self))
        last_index = len(self._chunks) - 1
        first = min(bisect_right(self._offsets, start) - 1, last_index)
        last = max(first, min(bisect_right(self._offsets, end) - 1, last_index))
        if first > 0 and start == self._offsets[first]:
            first -= 1  # a \n put right behind a chunk that ends in \r makes one line end of the two
        before = self._chunks[first].text[: start - self._offsets[first]]
        after = self._chunks[last].text[end - self._offsets[last] :]
        middle = before + new + after
        if (last < last_index and not middle.endswith(("\n", "\r"))) or (
            last < last_index and middle.endswith("\r") and self._chunks[last + 1].text.startswith("\n")
        ):
            last += 1
            middle += self._chunks[last].text
        new_chunks = tuple(chunk for chunk in _chunks(middle) if chunk.text)
        text = Text._of(self._chunks[:first] + new_chunks + self._chunks[last + 1 :] or (_chunk(""),))
        if self._absent:
            kept = (word for word in self._absent if not any(word in chunk.text for chunk in new_chunks))
            text._absent.update(kept)  # noqa: SLF001 - the same class
        return text
