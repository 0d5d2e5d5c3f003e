"""From what the checks found to diagnostics with absolute places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wf_engine.checks.base import Check, Found, Results
from wf_engine.checks.doubts import Doubts, doubts_of
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
    most: int | None = None

    def run(self) -> Iterator[tuple[SourceDocument, Results]]:
        """What the units find, one after the other; of steps no more where there are `most` errors already."""
        errors = sum(_errors(results) for _, results in self.known)
        for source, unit in self.todo:
            if self.most is None or errors < self.most or unit.name == "document":
                results = unit.run()
                errors += _errors(results)
                yield source, results


def _errors(results: Results) -> int:
    return sum([each.check.severity is Severity.ERROR for each in results])


def file_units(workspace: Workspace, path: str, most: int | None = None) -> FileUnits:
    """The units of a file of the workspace. Each ends once it has found `most`: nobody reads tens of thousands."""
    known: list[tuple[SourceDocument, Results]] = []
    todo: list[tuple[SourceDocument, Unit]] = []
    for source in workspace.files[path].documents:
        results, left = units(workspace, source, most)
        known.append((source, results))
        todo.extend((source, unit) for unit in left)
    return FileUnits(path, tuple(known), tuple(todo), most)


def diagnostics(workspace: Workspace, path: str, most: int | None = None) -> tuple[Diagnostic, ...]:
    """All that is to say of a file, in the order of the text; where there is more than `most`, not all."""
    work = file_units(workspace, path, most)
    return absolute(workspace, path, (*work.known, *work.run()))


def absolute(
    workspace: Workspace, path: str, found: Iterable[tuple[SourceDocument, Results]], *, silent: bool = True
) -> tuple[Diagnostic, ...]:
    """Diagnostics with their ranges in the file as it is in this workspace.

    `silent`: without those that comments (`# wf-ignore`) silence, and with what there is to say of the comments.
    """
    file = workspace.files[path]
    severities = workspace.settings.checks.severity
    made: list[Diagnostic] = []
    for source, results in _by_document(found):
        heard = _heard(doubts_of(workspace, source), results)
        made.extend(d for each in heard if (d := _diagnostic(file, source, each, severities)) is not None)
    if silent:
        left, comments = unsilenced(workspace, file, made)
        said = (_diagnostic(file, source, each, severities) for source, each in comments)
        made = [*left, *(each for each in said if each is not None)]
    # an alias shows the same text twice, and what is wrong with it is still one thing
    return tuple(
        sorted(dict.fromkeys(made), key=lambda each: (each.location.span, each.severity, each.code, each.message))
    )


def _by_document(
    found: Iterable[tuple[SourceDocument, Results]],
) -> Iterable[tuple[SourceDocument, list[Found]]]:
    together: dict[int, tuple[SourceDocument, list[Found]]] = {}
    for source, results in found:
        if results:
            together.setdefault(id(source), (source, []))[1].extend(results)
    return together.values()


def _heard(doubts: Doubts, results: list[Found]) -> list[Found]:
    """What is left where of a cause and what follows from it the cause alone is said."""
    heard = [each for each in results if not doubts.explain(each)]
    explained = {name for each in heard for name in each.draft.explains}
    if explained:
        heard = [each for each in heard if explained.isdisjoint(each.draft.due_to)]
    if any(each.check.severity is Severity.ERROR for each in heard):
        heard = [each for each in heard if each.yields_to != "errors"]
    return heard


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
        Fix(fix.title, tuple(_edit(file, location(where), text) for where, text in fix.edits), fix.safe)
        for fix in draft.fixes
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


def _edit(file: SourceFile, location: Location, text: str) -> FileEdit:
    """An edit whose lines end as those of the file do."""
    return FileEdit(location.path, Edit(location.span, text.replace("\r\n", "\n").replace("\n", file.text.line_end)))


def _sentence(message: str) -> str:
    """Messages begin with a capital and end without a full stop, whoever worded them."""
    return message[:1].upper() + message[1:].removesuffix(".")
