"""Entries that are indented otherwise than their neighbours: read all the same, and reported."""

import re

from wf_engine.syntax.faults import fault_of, unreadable
from wf_engine.syntax.layout import Layout
from wf_engine.syntax.lines import OTHER, shape_of
from wf_engine.syntax.nodes import Place, Segment, SyntaxIssue
from wf_engine.text import Span

_INDENT = re.compile(r"^ *(?=[^ \r\n])", re.MULTILINE)


def crooked_issue(segment: Segment, layout: Layout) -> SyntaxIssue | None:
    """The issue of an entry that is indented otherwise than `layout` says; None where the segment reports its first line."""
    text = segment.text
    line = text.split("\n", 1)[0].rstrip("\r")
    column = len(line) - len(line.lstrip(" "))
    if any(issue.place.span.start <= len(line) for issue in segment.issues):
        return None
    place = Place(segment, Span(column, len(line)))
    if column == len(line) or shape_of(text, column) == OTHER:
        fault = fault_of(line) or unreadable(line, None)
        return SyntaxIssue("syntax", Place(segment, Span(fault.start, fault.end)), fault.message, fault.hint)
    message = f"this is indented by {column}, the entries beside it by {layout.indent}"
    fix, span = " " * layout.indent, Span(0, column)
    if not segment.shift and segment.sound:
        fix, span = _moved(text, layout.indent - column), Span(0, len(text))
    return SyntaxIssue(
        "syntax", place, message, "align it with its neighbours", f"Indent it by {layout.indent}", fix, span
    )


def _moved(text: str, by: int) -> str:
    """All lines moved to the right, or to the left."""
    return _INDENT.sub(lambda match: " " * max(0, len(match[0]) + by), text)
