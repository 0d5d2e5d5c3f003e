"""Call hierarchy: who runs a task or a workflow, and what it runs."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.editing.names.collecting import occurrences_in
from wf_engine.editing.names.finding import location_of, occurrence_at
from wf_engine.editing.names.model import Occurrence
from wf_engine.language import DefinitionKey
from wf_engine.text import Location, Span
from wf_engine.workspace import Definition, Workspace


@dataclass(frozen=True, slots=True)
class Callable:
    """A task or a workflow; `span` is its whole document, `name_span` where its name stands."""

    key: DefinitionKey
    path: str
    span: Span
    name_span: Span
    description: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """The other end of some calls, with the references that make them: they stand in the caller's document."""

    other: Callable
    places: tuple[Location, ...]


def callables(workspace: Workspace, path: str, offset: int) -> tuple[Callable, ...]:
    """The task or workflow that is named at an offset, or that the document there defines."""
    file = workspace.files.get(path)
    if file is None:
        return ()
    found = occurrence_at(workspace, path, offset)
    if found is not None and found.subjects[0].kind in ("task", "workflow") and found.role == "read":
        definition = _meant(workspace, found)
        return (_callable(workspace, definition),) if definition else ()
    definition = file.documents[file.file.document_at(offset)].definition
    return (_callable(workspace, definition),) if definition else ()


def find(workspace: Workspace, key: DefinitionKey) -> Definition | None:
    """The definition of a key; one that is gone is None."""
    found = workspace.names.get((key.kind, key.namespace, key.name), ())
    return next((each for each in found if each.key == key), None)


def incoming(workspace: Workspace, key: DefinitionKey) -> tuple[Call, ...]:
    """The workflows that run a task or a workflow."""
    found = []
    for caller in sorted(workspace.definitions("Workflow"), key=lambda each: (each.path, each.source.index)):
        if key.name not in workspace.files[caller.path].text.value:
            continue
        places = [location_of(workspace, each) for each, called in _runs(workspace, caller) if called.key == key]
        if places:
            found.append(Call(_callable(workspace, caller), tuple(places)))
    return tuple(found)


def outgoing(workspace: Workspace, key: DefinitionKey) -> tuple[Call, ...]:
    """What a workflow runs, in the order of its text; a task runs nothing."""
    caller = find(workspace, key)
    called: dict[DefinitionKey, tuple[Definition, list[Location]]] = {}
    for each, other in _runs(workspace, caller) if caller else ():
        called.setdefault(other.key, (other, []))[1].append(location_of(workspace, each))
    return tuple([Call(_callable(workspace, other), tuple(places)) for other, places in called.values()])


def _runs(workspace: Workspace, caller: Definition) -> Iterator[tuple[Occurrence, Definition]]:
    for each in occurrences_in(workspace, caller.source):
        if each.role == "read" and each.subjects[0].kind in ("task", "workflow"):
            called = _meant(workspace, each)
            if called is not None:
                yield each, called


def _meant(workspace: Workspace, occurrence: Occurrence) -> Definition | None:
    definition = occurrence.source.definition
    namespace = definition.key.namespace if definition else "default"
    find_one = workspace.task if occurrence.subjects[0].kind == "task" else workspace.workflow
    return find_one(occurrence.node.text, namespace)


def _callable(workspace: Workspace, definition: Definition) -> Callable:
    file = workspace.files[definition.path].file
    start = file.starts[definition.source.index]
    whole = Span(start, start + definition.source.tree.chars)
    place = definition.name_place
    name = file.span(definition.source.index, place) if place else Span(start, start)
    return Callable(definition.key, definition.path, whole, name, definition.contract.description)
