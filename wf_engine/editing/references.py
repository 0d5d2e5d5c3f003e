"""References: all places of the workspace that name what is named at the cursor; in one document, its highlights."""

from dataclasses import dataclass
from typing import Literal

from wf_engine.editing.names.finding import location_of, occurrence_at, occurrences_of
from wf_engine.editing.names.model import Occurrence, Role, Subject
from wf_engine.text import Location
from wf_engine.workspace import Definition, Workspace


@dataclass(frozen=True, slots=True)
class Named:
    """A place that names something, and what is done with it there."""

    location: Location
    role: Role


def references(workspace: Workspace, path: str, offset: int, *, declaration: bool = True) -> tuple[Named, ...]:
    """All places that name what stands at an offset, in the order of files and texts."""
    found = occurrence_at(workspace, path, offset)
    every = _places(workspace, found) if found else {}
    return tuple(each for each in every.values() if declaration or each.role != "definition")


def highlights(workspace: Workspace, path: str, offset: int) -> tuple[Named, ...]:
    """The places of one file that name what stands at an offset."""
    return tuple(each for each in references(workspace, path, offset) if each.location.path == path)


def reference_count(workspace: Workspace, definition: Definition) -> int:
    """How often the workspace refers to a task or a workflow by its name."""
    kind: Literal["task", "workflow"] = "task" if definition.key.kind == "WorkflowTask" else "workflow"
    subject = Subject(kind, definition.key.name, (definition.key.namespace,))
    return sum(each.role == "read" for _, each in occurrences_of(workspace, subject))


def _places(workspace: Workspace, found: Occurrence) -> dict[Location, Named]:
    places = {
        where: Named(where, each.role)
        for subject in found.subjects
        for where, each in occurrences_of(workspace, subject)
    }
    return places or {(where := location_of(workspace, found)): Named(where, found.role)}
