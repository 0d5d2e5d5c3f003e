"""The segments of a document with where they begin: what was worked out for one stays true while it only moves."""

from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.syntax import Segment
from wf_engine.workspace import SourceDocument, SourceFile


class PlacedSegment(NamedTuple):
    """A segment that begins at `offset`, the beginning of the line `line` of the file."""

    offset: int
    line: int
    segment: Segment


def placed_segments(file: SourceFile, source: SourceDocument) -> Iterator[PlacedSegment]:
    """The segments of a document in the order of the text."""
    start = file.file.starts[source.index]
    line = file.text.position(start).line
    counted = "\r" not in file.text.value
    for at, segment in source.tree.segments():
        yield PlacedSegment(start + at, line if counted else file.text.position(start + at).line, segment)
        line += segment.line_count
