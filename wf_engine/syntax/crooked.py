"""Entries that are indented otherwise than their neighbours: read all the same, and reported."""

from wf_engine.syntax.faults import fault_of, unreadable
from wf_engine.syntax.layout import Layout
from wf_engine.syntax.lines import OTHER, moved, shape_of
from wf_engine.syntax.nodes import Place, Segment, SyntaxIssue
from wf_engine.text import Span


def crooked_issue(segment: Segment, layout: Layout) -> SyntaxIssue | None:
    """The issue of an entry that is indented otherwise than `layout` says; None where the segment reports its first line."""
    text = segment.text
    line = text.split("\n", 1)[0].rstrip("\r")
    column = len(line) - len(line.lstrip(" "))
    tabs = len(line) - len(line.lstrip(" \t"))
    if tabs > column and segment.shift and shape_of(text, tabs) != OTHER:
        place, fix = Place(segment, Span(column, tabs)), " " * layout.indent
        message = "a tab in the indentation: YAML allows spaces only"
        return SyntaxIssue("syntax", place, message, "indent with spaces", "Indent with spaces", fix, Span(0, tabs))
    if any(issue.place.span.start <= len(line) for issue in segment.issues):
        return None
    place = Place(segment, Span(column, len(line)))
    if column == len(line) or shape_of(text, column) == OTHER:
        fault = fault_of(line) or unreadable(line, None)
        return SyntaxIssue("syntax", Place(segment, Span(fault.start, fault.end)), fault.message, fault.hint)
    message = f"this is indented by {column}, the entries beside it by {layout.indent}"
    fix, span = " " * layout.indent, Span(0, column)
    if not segment.shift and segment.sound:
        fix, span = moved(text, layout.indent - column), Span(0, len(text))
    title = f"Indent it by {layout.indent}"
    return SyntaxIssue("syntax", place, message, f"indent it by {layout.indent}", title, fix, span)
