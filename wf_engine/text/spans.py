"""Places in a text."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code-point offsets."""

    start: int
    end: int

    def shift(self, by: int) -> "Span":
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def contains(self, offset: int) -> bool:
        """Whether a cursor at `offset` touches the range, its end included."""
        return self.start <= offset <= self.end


class Position(NamedTuple):
    """A line and a column, both from 0; the column counts code points."""

    line: int
    column: int


class Edit(NamedTuple):
    """Replaces what stands at `span` by `new_text`."""

    span: Span
    new_text: str
