"""Faults that may be why the parser stops in a text, the likeliest first."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wf_engine.syntax.faults import Fault, fault_of, unreadable
from wf_engine.syntax.lines import moved
from wf_engine.text import Span

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_LOOK_BACK = 40
"""Lines before an error in which its cause is looked for."""


class Candidate(NamedTuple):
    """A fault in the line that begins at `base`."""

    base: int
    fault: Fault


class _Row(NamedTuple):
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def empty(self) -> bool:
        content = self.text.strip()
        return not content or content[0] == "#"


def candidates(source: str, stop: int, masks: Mapping[int, Span], most: int) -> list[Candidate]:
    """At most `most` faults: lines that look wrong up to the error at `stop`, then the lines around it."""
    lines = [_Row(match.start(), match[0].rstrip("\r\n")) for match in _LINE.finditer(source)]
    here = max((index for index, row in enumerate(lines) if row.start <= stop), default=0)
    while here > 0 and lines[here].empty:
        here -= 1
    found = []
    for index in range(min(here + 1, len(lines) - 1), max(0, here - _LOOK_BACK) - 1, -1):
        row = lines[index]
        fault = fault_of(row.text, _above(lines, index))
        if fault is not None and not any(row.start <= mask < row.end for mask in masks):
            found.append(Candidate(row.start, fault))
    found = found[: max(1, most // 2)]
    for index in (here, here + 1, here - 1, here + 2):
        if 0 <= index < len(lines) and not lines[index].empty:
            found += _losses(source, lines, index)
    return found[:most]


def _above(lines: list[_Row], index: int) -> str | None:
    """The nearest line with content above one."""
    return next((lines[number].text for number in range(index - 1, -1, -1) if not lines[number].empty), None)


def _losses(source: str, lines: list[_Row], index: int) -> Iterator[Candidate]:
    """What may go because of a line: the line, what stands behind its dash, the line with all that is below it."""
    row = lines[index]
    fault = unreadable(row.text, _above(lines, index))
    yield Candidate(row.start, fault)
    indent = len(row.text) - len(row.text.lstrip(" "))
    if row.text[indent : indent + 2] == "- ":
        yield Candidate(row.start, fault._replace(masked=(Span(indent + 1, len(row.text)),)))
    end = index + 1
    while end < len(lines) and (not lines[end].text.strip() or lines[end].text.startswith(" " * (indent + 1))):
        end += 1
    if end > index + 1:
        whole = Span(0, lines[end - 1].end - row.start)
        if fault.fix_span == Span(0, indent) and fault.fix is not None:
            below = source[row.start : row.start + whole.end]
            fault = fault._replace(fix=moved(below, len(fault.fix) - indent), fix_span=whole)
        yield Candidate(row.start, fault._replace(masked=(whole,)))
