"""Whether every name means after some edits what it meant before."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from wf_engine.checks import diagnostics
from wf_engine.editing.names.collecting import occurrences_in, scalars
from wf_engine.editing.names.finding import location_of
from wf_engine.editing.names.model import Subject
from wf_engine.text import FileEdit, Location
from wf_engine.workspace import SourceFile, Workspace
from wf_engine.workspace.workspace import Change

Meaning = tuple[Location, frozenset[Subject], bool]
"""A place, what is named there, and whether that is certain."""


def edited(workspace: Workspace, edits: Iterable[FileEdit]) -> Workspace:
    """The workspace after edits that do not overlap; what it found out is its own."""
    texts: dict[str, str] = {}
    for each in sorted(edits, key=lambda each: (each.path, each.edit.span), reverse=True):
        text = texts.get(each.path) or workspace.files[each.path].text.value
        (start, end), new = each.edit
        texts[each.path] = text[:start] + new + text[end:]
    changes = [Change(path, SourceFile.parse(path, text)) for path, text in texts.items()]
    return replace(workspace, memo={}).apply(changes)


def left_behind(workspace: Workspace, subject: Subject, edits: list[FileEdit]) -> str | None:
    """What names a thing in a way that a rename does not follow, with the first such place; None where nothing does.

    Those are the paths and the expressions about items of a transform, and values of examples that checks find wrong.
    """
    touched = {each.path for each in edits}
    after = edited(workspace, edits)
    for path, file in workspace.files.items():
        if path not in touched and subject.name not in file.text.value:
            continue
        known = Counter(_found_in(workspace, path))
        reshaped = path in touched and subject.kind in ("property", "input")
        paths = _lines_of_paths(after, path, subject.name) if reshaped else []
        lines = paths + [line for _, line in Counter(_found_in(after, path)) - known]
        if lines:
            short = path.rpartition("/")[2]
            return f"Line {min(lines)} of {short} names `{subject.name}` in a way that a rename does not follow"
    return None


def _lines_of_paths(workspace: Workspace, path: str, name: str) -> list[int]:
    """The lines, from 1, where the transform of a task reads a property of that name."""
    reads = re.compile(rf"(?:\.|\[['\"]){re.escape(name)}(?![\w-])")
    lines = []
    for source in workspace.files[path].documents:
        spec = source.model.spec.node if source.model and source.model.spec else None
        transform = spec.get("transform") if spec else None
        for scalar in scalars(transform) if transform else ():
            if reads.search(scalar.text):
                start = workspace.location(source, scalar.place).span.start
                lines.append(workspace.files[path].text.position(start).line + 1)
    return lines


def _found_in(workspace: Workspace, path: str) -> list[tuple[str, int]]:
    """Codes and lines, from 1; a rename leaves lines where they are."""
    text = workspace.files[path].text
    return [(each.code, text.position(each.location.span.start).line + 1) for each in diagnostics(workspace, path)]


def changed_meaning(workspace: Workspace, subject: Subject, edits: list[FileEdit], name: str) -> str | None:
    """Why a rename would change what some text means, with the first such place; None where it would not.

    A rename leaves the names in their order: the first after it means what the first before it meant, and so on.
    """
    touched = {each.path for each in edits}
    after = edited(workspace, edits)
    for path, file in workspace.files.items():
        if path not in touched and name not in file.text.value:
            continue
        was, now = _Names(workspace, path, subject), _Names(after, path, subject)
        for before, behind in zip_longest(was.meanings, now.meanings):
            if (
                before is None
                or behind is None
                or (before[2] and was.called(before, subject, name) != now.called(behind))
            ):
                return _said(after, (behind or now.meanings[-1])[0] if now.meanings else None, subject)
    return None


def _said(workspace: Workspace, where: Location | None, subject: Subject) -> str:
    if where is None:
        return f"Then nothing would mean what `{subject.name}` does now"
    text = workspace.files[where.path].text
    line, short = text.position(where.span.start).line + 1, where.path.rpartition("/")[2]
    return f"Then `{text.slice(where.span)}` in line {line} of {short} would mean something else than it does now"


class _Names:
    """The names of a file in their order."""

    def __init__(self, workspace: Workspace, path: str, target: Subject) -> None:
        found: dict[Location, tuple[set[Subject], bool]] = {}
        for source in workspace.files[path].documents:
            for each in occurrences_in(workspace, source) if source.ours else ():
                if target.implied and each.role == "definition" and each.subjects[0].kind == "loop":
                    continue  # which the rename writes where none was
                subjects, certain = found.get(where := location_of(workspace, each), (set(), True))
                found[where] = (subjects | set(each.subjects), certain and each.certain)
        self.path = path
        self.meanings: list[Meaning] = [
            (where, frozenset(subjects), certain)
            for where, (subjects, certain) in sorted(found.items(), key=lambda each: each[0].span)
        ]
        self._starts = [where.span.start for where, _, _ in self.meanings]

    def called(self, meaning: Meaning, target: Subject | None = None, name: str = "") -> set[tuple[object, ...]]:
        """What is named somewhere, in terms that a rename of `target` leaves as they are."""
        return {self._called(each, target, name) for each in meaning[1]}

    def _called(self, subject: Subject, target: Subject | None, name: str) -> tuple[object, ...]:
        owner = subject.owner
        if subject == target:
            subject = replace(subject, name=name)
        elif target is not None and target.kind == "workflow" and owner == (*target.owner, target.name):
            owner = (*target.owner, name)
        place: object = subject.place.path if subject.place else None
        if subject.place is not None and subject.place.path == self.path:
            place = bisect_left(self._starts, subject.place.span.start)
        # an implied variable gets a place of its own with its own name
        return (subject.kind, subject.name, owner, None if subject.kind == "loop" else place)
