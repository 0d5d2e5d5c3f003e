"""Definition and type definition: where the thing at the cursor is declared, and where its shape is."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.editing.cursor import cursor_at
from wf_engine.editing.expression_at import chain_at, text_offset
from wf_engine.editing.names.finding import location_of, occurrence_at
from wf_engine.editing.names.model import Occurrence, Subject
from wf_engine.editing.names.origins import leaves
from wf_engine.editing.names.scopes import StepRoot
from wf_engine.expressions import Member
from wf_engine.syntax import Scalar
from wf_engine.text import Location, Span
from wf_engine.workspace import Definition, Workspace, reference

_DEFINED = ("task", "workflow", "version")


@dataclass(frozen=True)
class Target:
    """Where something is defined; `origin` is the range at the cursor that leads there, in offsets of the file."""

    origin: Span
    location: Location


def definition(workspace: Workspace, path: str, offset: int) -> tuple[Target, ...]:
    """The declarations of what stands at an offset: several where it may be one of several things."""
    found = _named(workspace, path, offset)
    if found is None:
        return ()
    occurrence, origin = found
    places = [place for subject in occurrence.subjects for place in declarations(workspace, subject, occurrence)]
    return tuple([Target(origin, place) for place in dict.fromkeys(places)])


def type_definition(workspace: Workspace, path: str, offset: int) -> tuple[Target, ...]:
    """Where the shape of what stands at an offset is written: a schema, an `output`, a task."""
    found = _named(workspace, path, offset)
    if found is None:
        return ()
    occurrence, origin = found
    value = [
        leaf for each in occurrence.value for leaf in (each.placed.outputs() if isinstance(each, StepRoot) else (each,))
    ]
    places = [place for leaf in leaves(tuple(value)) if (place := leaf.location) is not None]
    if not places and any(subject.kind in _DEFINED for subject in occurrence.subjects):
        return definition(workspace, path, offset)
    return tuple([Target(origin, place) for place in dict.fromkeys(places)])


def declarations(workspace: Workspace, subject: Subject, occurrence: Occurrence | None = None) -> Iterator[Location]:
    """Where a thing is declared; of several versions of a workflow, the one that an occurrence means."""
    if subject.place is not None:
        yield subject.place
    elif subject.kind in _DEFINED:
        for each in _definitions(workspace, subject, occurrence):
            place = each.version_place if subject.kind == "version" else each.name_place
            if place is not None:
                yield workspace.location(each.source, place)


def _definitions(workspace: Workspace, subject: Subject, occurrence: Occurrence | None) -> list[Definition]:
    kind = "WorkflowTask" if subject.kind == "task" else "Workflow"
    owner, name = subject.owner[0], subject.owner[1] if subject.kind == "version" else subject.name
    found = workspace.names.get((kind, owner, name), ())
    if occurrence is not None and occurrence.role == "definition":
        return [each for each in found if each.source is occurrence.source]
    version = reference(occurrence.node.text, owner).version if occurrence is not None else None
    return [each for each in found if version in (None, each.key.version)][:1]


def _named(workspace: Workspace, path: str, offset: int) -> tuple[Occurrence, Span] | None:
    """The name at an offset, and the range that stands for it; `tasks.x.output` is the step's."""
    found = occurrence_at(workspace, path, offset)
    if found is not None:
        whole = found.form == "text" and found.subjects[0].kind in _DEFINED
        place = found.node.place if whole else found.place
        return found, workspace.location(found.source, place).span
    cursor = cursor_at(workspace, path, offset)
    site = cursor.site if cursor else None
    if cursor is None or site is None or not isinstance(cursor.node, Scalar):
        return None
    at = text_offset(cursor.node, cursor.offset - cursor.trail.base)
    for expr in chain_at(site.site, at):
        if isinstance(expr, Member) and expr.name_span.contains(at) and isinstance(expr.target, Member):
            source = cursor.node.source(expr.target.name_span.end) + cursor.trail.base + cursor.start
            before = occurrence_at(workspace, path, source)
            if before is not None and location_of(workspace, before).span.end == source:
                return before, cursor.node.source_span(expr.name_span).shift(cursor.trail.base + cursor.start)
    return None
