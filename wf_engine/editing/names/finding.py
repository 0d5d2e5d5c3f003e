"""From a cursor to what is named there, and to all other places that name it."""

from collections.abc import Iterator

from wf_engine.editing.names.collecting import occurrences_in
from wf_engine.editing.names.model import Occurrence, Subject
from wf_engine.language import Step
from wf_engine.syntax import Node, Segment, children
from wf_engine.text import Location, Span
from wf_engine.workspace import SourceDocument, Workspace

_LOCAL = ("step", "loop")
"""Kinds whose names mean nothing outside of their document."""


def occurrence_at(workspace: Workspace, path: str, offset: int) -> Occurrence | None:
    """The name at an offset of a file: the shortest that the offset touches."""
    file = workspace.files.get(path)
    if file is None:
        return None
    index = file.file.document_at(offset)
    source = file.documents[index]
    if not source.ours:
        return None

    def around(step: Step) -> bool:
        if step.node is None:
            return False
        span = source.tree.extent(step.node).shift(file.file.starts[index])
        return span.contains(offset) or any(segment.aliases for segment in _segments(step.node))

    found = [
        (span.end - span.start, number, each)
        for number, each in enumerate(occurrences_in(workspace, source, around))
        if (span := location_of(workspace, each).span).contains(offset)
    ]
    return min(found)[2] if found else None


def location_of(workspace: Workspace, occurrence: Occurrence) -> Location:
    """Where a name is written."""
    return workspace.location(occurrence.source, occurrence.place)


def occurrences_of(workspace: Workspace, subject: Subject) -> list[tuple[Location, Occurrence]]:
    """All places that name a thing, in the order of files and texts; each once."""
    found: dict[Location, Occurrence] = {}
    for source in _documents(workspace, subject):
        for each in occurrences_in(workspace, source, lambda step: _may_name(step, subject)):
            if subject in each.subjects:
                found.setdefault(location_of(workspace, each), each)
    return sorted(found.items(), key=lambda each: (each[0].path, each[0].span))


def _documents(workspace: Workspace, subject: Subject) -> Iterator[SourceDocument]:
    """The documents that may name a thing."""
    for source in workspace.documents():
        local = subject.kind in _LOCAL and subject.place is not None
        if local and subject.place is not None and not _holds(workspace, source, subject.place):
            continue
        text = workspace.files[source.path].text.value
        if subject.name in text or "\\" in text:
            yield source


def _holds(workspace: Workspace, source: SourceDocument, place: Location) -> bool:
    start = workspace.files[source.path].file.starts[source.index]
    return source.path == place.path and Span(start, start + source.tree.chars).contains(place.span.start)


def _may_name(step: Step, subject: Subject) -> bool:
    """Whether a step may hold a name, told from its text alone; an escape may spell it, an alias bring it."""
    if step.node is None:
        return False
    node = step.node
    return any(
        subject.name in segment.text or "\\" in segment.text or segment.aliases
        for segment in node.remember("segments", lambda: _segments(node))
    )


def _segments(node: Node) -> tuple[Segment, ...]:
    """The segments in which a node stands with all its parts."""
    found: dict[int, Segment] = {}
    todo = [node]
    while todo:
        part = todo.pop()
        found[id(part.segment)] = part.segment
        todo.extend(children(part))
    return tuple(found.values())
