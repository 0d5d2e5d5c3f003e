"""From what the checks found to diagnostics with absolute places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wf_engine.checks.base import Check, Found, Results
from wf_engine.checks.doubts import doubts_of
from wf_engine.checks.silencing import unsilenced
from wf_engine.checks.units import Unit, units
from wf_engine.syntax import Place
from wf_engine.text import Diagnostic, Edit, FileEdit, Fix, Location, Related, Severity
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "hint": Severity.HINT}


@dataclass(frozen=True)
class FileUnits:
    """The checking of a file: what is known already, and what is still to be done."""

    path: str
    known: tuple[tuple[SourceDocument, Results], ...]
    todo: tuple[tuple[SourceDocument, Unit], ...]


def file_units(workspace: Workspace, path: str) -> FileUnits:
    """The units of a file of the workspace."""
    known: list[tuple[SourceDocument, Results]] = []
    todo: list[tuple[SourceDocument, Unit]] = []
    for source in workspace.files[path].documents:
        results, left = units(workspace, source)
        known.append((source, results))
        todo.extend((source, unit) for unit in left)
    return FileUnits(path, tuple(known), tuple(todo))


def diagnostics(workspace: Workspace, path: str) -> tuple[Diagnostic, ...]:
    """All that is to say of a file, in the order of the text."""
    work = file_units(workspace, path)
    done = tuple((source, unit.run()) for source, unit in work.todo)
    return absolute(workspace, path, (*work.known, *done))


def absolute(
    workspace: Workspace, path: str, found: Iterable[tuple[SourceDocument, Results]], *, silent: bool = True
) -> tuple[Diagnostic, ...]:
    """Diagnostics with their ranges in the file as it is in this workspace.

    `silent`: without those that comments (`# wf-ignore`) silence, and with what there is to say of the comments.
    """
    file = workspace.files[path]
    severities = workspace.settings.checks.severity
    made: list[Diagnostic] = []
    for source, results in found:
        doubts = doubts_of(workspace, source) if results else None
        heard = [each for each in results if doubts is None or not doubts.explain(each)]
        made.extend(d for each in heard if (d := _diagnostic(file, source, each, severities)) is not None)
    if silent:
        left, comments = unsilenced(workspace, file, made)
        said = (_diagnostic(file, source, each, severities) for source, each in comments)
        made = [*left, *(each for each in said if each is not None)]
    # an alias shows the same text twice, and what is wrong with it is still one thing
    return tuple(
        sorted(dict.fromkeys(made), key=lambda each: (each.location.span, each.severity, each.code, each.message))
    )


def _diagnostic(
    file: SourceFile, source: SourceDocument, found: Found, severities: Mapping[str, str]
) -> Diagnostic | None:
    check, draft = found.check, found.draft
    severity = _severity(check, severities)
    if severity is None:
        return None

    def location(where: Place | Location) -> Location:
        return where if isinstance(where, Location) else file.location(source.index, where)

    related = tuple(Related(location(where), message) for where, message in draft.related)
    fixes = tuple(
        Fix(fix.title, tuple(_edit(location(where), text) for where, text in fix.edits)) for fix in draft.fixes
    )
    hint = _sentence(draft.hint) if draft.hint else None
    return Diagnostic(
        check.code, check.name, severity, location(draft.place), _sentence(draft.message), hint, related, fixes,
        check.tags,
    )  # fmt: skip


def _severity(check: Check, severities: Mapping[str, str]) -> Severity | None:
    """The severity that the settings give to a check, by its code or name; None where they switch it off."""
    chosen = severities.get(check.code) or severities.get(check.name)
    if chosen is None:
        return check.severity
    return _SEVERITIES.get(chosen)


def _edit(location: Location, text: str) -> FileEdit:
    return FileEdit(location.path, Edit(location.span, text))


def _sentence(message: str) -> str:
    """Messages begin with a capital and end without a full stop, whoever worded them."""
    return message[:1].upper() + message[1:].removesuffix(".")
