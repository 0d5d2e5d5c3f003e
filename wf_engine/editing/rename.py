"""Rename: one name everywhere it is written, or why that cannot be done."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.checks.fixes import appended_entry
from wf_engine.editing.names.finding import location_of, occurrence_at, occurrences_of
from wf_engine.editing.names.model import Occurrence, Subject
from wf_engine.editing.names.spelling import plain_or_quoted, rewritten
from wf_engine.editing.names.validity import declaring, refusal, unchangeable
from wf_engine.editing.names.verifying import changed_meaning, left_behind
from wf_engine.language import default
from wf_engine.language.workflow import ForEach
from wf_engine.syntax import Map, resolved
from wf_engine.text import Edit, FileEdit, Location, Span
from wf_engine.workspace import Workspace

Places = list[tuple[Location, Occurrence]]


@dataclass(frozen=True, slots=True)
class Renaming:
    """What can be renamed at a cursor: the range of the name, and the name."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a name stays as it is: a sentence without a full stop."""

    reason: str


@dataclass(frozen=True, slots=True)
class RenameEdit:
    """An edit with what it is about; `certain` is False where somebody should look at it first."""

    edit: FileEdit
    certain: bool
    description: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """All edits of a rename, in the order of files and texts."""

    subject: Subject
    name: str
    edits: tuple[RenameEdit, ...]


def prepare_rename(workspace: Workspace, path: str, offset: int) -> Renaming | Refused | None:
    """What would be renamed at an offset; None where no name stands there."""
    found = occurrence_at(workspace, path, offset)
    if found is None:
        return None
    subject = found.subjects[0]
    places = occurrences_of(workspace, subject)
    reason = unchangeable(workspace, subject, places)
    return Refused(reason) if reason else Renaming(location_of(workspace, found).span, subject.name)


def rename(workspace: Workspace, path: str, offset: int, name: str) -> Renamed | Refused | None:
    """The edits that give what stands at an offset another name; None where no name stands there."""
    found = occurrence_at(workspace, path, offset)
    if found is None:
        return None
    subject = found.subjects[0]
    places = occurrences_of(workspace, subject)
    if name == subject.name:
        return Renamed(subject, name, ())
    reason = unchangeable(workspace, subject, places) or refusal(workspace, subject, places, name)
    if reason:
        return Refused(reason)
    edits = _edits(workspace, subject, places, name)
    if isinstance(edits, Refused):
        return edits
    made = [each.edit for each in edits]
    reason = changed_meaning(workspace, subject, made, name)
    # what is not certain is looked at anyhow; a loop's variable is named in expressions only
    if reason is None and not subject.implied and all(each.certain for each in edits):
        reason = left_behind(workspace, subject, made)
    return Refused(reason) if reason else Renamed(subject, name, edits)


def _edits(workspace: Workspace, subject: Subject, places: Places, name: str) -> tuple[RenameEdit, ...] | Refused:
    made: dict[tuple[str, Edit], RenameEdit] = {}
    for _, each in places:
        written = rewritten(each, subject, name)
        if written is None:
            return Refused(
                f"`{name}` cannot be written where `{subject.name}` stands; put quotes around that text first"
            )
        for place, text in written:
            where = workspace.location(each.source, place)
            edit = FileEdit(where.path, Edit(where.span, text))
            made.setdefault((edit.path, edit.edit), RenameEdit(edit, each.certain, _about(subject, each)))
    if subject.implied:
        for edit in _variable_written(workspace, subject, name):
            made[edit.path, edit.edit] = RenameEdit(
                edit, certain=True, description="The loop says how its variable is called"
            )
    return tuple(sorted(made.values(), key=lambda each: (each.edit.path, each.edit.edit.span)))


def _about(subject: Subject, occurrence: Occurrence) -> str:
    if occurrence.certain:
        return f"The {subject.spoken} `{subject.name}`"
    return f"May mean another `{subject.name}` as well"


def _variable_written(workspace: Workspace, subject: Subject, name: str) -> Iterator[FileEdit]:
    """A loop variable that had its name by default needs a key that gives it another."""
    crumb = declaring(workspace, subject)
    loop = resolved(crumb.pair.value) if crumb and crumb.pair else None
    if subject.place is None or not isinstance(loop, Map):
        return
    key = next(key for key in ("itemVar", "indexVar") if default(ForEach, key) == subject.name)
    added = appended_entry("", loop, [f"{key}: {plain_or_quoted(name)}"])
    file = workspace.files[subject.place.path].file
    index = file.document_at(subject.place.span.start)
    for place, text in added.edits if added else ():
        yield FileEdit(subject.place.path, Edit(file.span(index, place), text))
