"""Merge conflicts that were left in a text: of the two versions the first is read."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.syntax.faults import Fault, is_conflict_marker, leftover
from wf_engine.text import Span

_MARKER = re.compile(r"^(<{7}|={7}|>{7}|\|{7})[^\n]*", re.MULTILINE)


class _Conflict(NamedTuple):
    opening: Span | None
    """The line of the first marker; it may stand in a segment before."""
    second: Span
    """The second version, and what a three-way merge shows of the common one, with their markers."""


def _found(source: str) -> Iterator[_Conflict]:
    opening = second = divided = None
    for match in _MARKER.finditer(source) if "=======" in source else ():
        line = match[0].rstrip("\r")
        if not is_conflict_marker(line):
            continue
        if match[1][0] == "<":
            opening, second, divided = Span(match.start(), match.start() + len(line)), None, None
        elif match[1][0] == "|":
            second = second or match.start()
        elif match[1][0] == "=":
            divided = second = second or match.start()
        elif divided is not None and second is not None:
            yield _Conflict(opening, Span(second, match.start() + len(line)))
            opening = second = divided = None


def conflicts(source: str) -> Iterator[Fault]:
    """The conflicts of a text, as faults at its first character."""
    for opening, second in _found(source):
        marker = opening or Span(second.start, second.start + len("======="))
        fault = leftover(source[marker.start : marker.end])
        yield fault._replace(start=marker.start, end=marker.end, masked=(marker, second))


def markers(source: str) -> Iterator[Fault]:
    """Markers that stand alone, as faults at the first character of the text."""
    for match in _MARKER.finditer(source):
        line = match[0].rstrip("\r")
        if is_conflict_marker(line):
            fault = leftover(line)
            yield fault._replace(start=match.start(), end=match.start() + len(line))


class SecondVersions:
    """The lines of a text that are the second versions in conflicts. `offset in ...` asks for a line's beginning."""

    def __init__(self, text: str) -> None:
        self._spans = [conflict.second for conflict in _found(text)]
        self._starts = [span.start for span in self._spans]

    def __bool__(self) -> bool:
        return bool(self._spans)

    def __contains__(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._spans[index].end
