"""Diagnostics: the edited document at once, then those that what changed may concern; pushed, or kept to be pulled."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from lsprotocol import types

from wf_engine.checks import BY_NAME, absolute, file_units
from wf_engine.project import read_text
from wf_engine.text import Diagnostic, Location, Severity, Text, WfError
from wf_engine.workspace import Workspace
from wf_lsp.convert import Json, diagnostic, range_of, uri_of
from wf_lsp.projects import Changed, Project
from wf_lsp.scheduler import EDITED, OPEN, OTHER
from wf_lsp.session import Published

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

MOST = 999
"""Diagnostics of one document that are shown, beside the one that tells of further ones: editors show as many."""
_FURTHER: Json = {
    "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
    "message": f"Only {MOST} of the problems of this document are shown\nmend some of them to see the others",
    "severity": types.DiagnosticSeverity.Information.value,
    "source": "wf",
}

_MANY = 16
"""Files that are checked before what was found out about them is set aside."""


def check_soon(server: "WfServer", path: str, changed: Iterable[Changed]) -> None:
    """Schedules the checking of a document and, where a definition changed, of those that may use it."""
    check_now(server, path)
    for each in changed:
        now = each.project.workspace
        if now.contracts is not each.before.contracts or _count(now) != _count(each.before):
            check_open(server, each.project, but=path)
            check_others(server, each.project)


def _count(workspace: Workspace) -> int:
    """How many definitions there are: a second one of a name changes no contract."""
    return sum(map(len, workspace.names.values()))


def check_now(server: "WfServer", path: str) -> None:
    """Schedules the checking of a document before everything else; a client that pulls will ask for it itself."""
    server.schedule(f"check {path}", _check(server, path), EDITED)


def check_open(server: "WfServer", project: Project, but: str | None = None) -> None:
    """Schedules the checking of the open documents of a project."""
    for path in server.session.open:
        if path != but and server.session.project(path) is project:
            server.schedule(f"check {path}", _check(server, path, asked=False), OPEN)


def check_others(server: "WfServer", project: Project) -> None:
    """Schedules the checking of the files of a project that are not open but lie in the client's folders."""
    server.schedule(f"check all {project.root}", _check_others(server, project), OTHER)


def _check_others(server: "WfServer", project: Project) -> Iterator[None]:
    session = server.session
    for number, path in enumerate(project.workspace.files if session.settings.on("diagnostics.workspace") else ()):
        if path not in session.open and session.belongs(path) and session.project(path) is project:
            yield from _check(server, path, asked=False)
        if server.memory is not None and number % _MANY == 0:
            server.memory.read()


def _check(server: "WfServer", path: str, *, asked: bool = True) -> Iterator[None]:
    """Checks a document unit by unit and publishes what was found. `asked`: the client will ask for it anyway."""
    project = server.session.project(path)
    workspace = project.workspace
    if path not in workspace.files:
        server.session.pulls.answer(path)
        return
    if path in project.unreadable and path not in server.session.open:
        publish(server, workspace, path, (_unreadable(project, path),), asked=asked)
        return
    work = file_units(workspace, path, MOST + 1)
    done = list(work.known)
    for each in work.run():
        done.append(each)
        yield
    publish(server, workspace, path, absolute(workspace, path, done), asked=asked)


def _unreadable(project: Project, path: str) -> Diagnostic:
    """A file that is no text has this one diagnostic."""
    found, syntax = project.unreadable[path], BY_NAME["syntax"]
    message, hint = f"The file {found.reason}.", "a document is a text in UTF-8"
    return Diagnostic(syntax.code, syntax.name, Severity.ERROR, Location(path, found.span), message, hint)


def publish(
    server: "WfServer", workspace: Workspace, path: str, found: tuple[Diagnostic, ...], *, asked: bool = True
) -> None:
    """Tells the client, unless it knows: of an open document once a version, of others only what is new."""
    session = server.session
    known, before = session.open.get(path), session.published.get(path)
    version = known.version if known else None
    if before is not None and (before.version, before.diagnostics) == (version, found):
        session.pulls.answer(path)
        return
    if known is None and not found and (before is None or not before.items) and not session.client.pulls_diagnostics:
        session.pulls.answer(path)
        return
    items = _items(server, workspace, path, found)
    same = before is not None and before.items == items
    result = before.result if before is not None and same else str(uuid4())
    session.published[path] = Published(version, found, items, result)
    if not session.client.pulls_diagnostics:
        _tell(server, session.uri(path), items, version)
        session.pulls.answer(path)  # some ask though they never said so
    elif not session.pulls.answer(path) and not asked and not same:
        _refresh_later(server)


def _items(server: "WfServer", workspace: Workspace, path: str, found: tuple[Diagnostic, ...]) -> list[Json]:
    session = server.session
    text = workspace.files[path].text
    shown = _worst(found)
    near = {related.location.path for each in shown for related in each.related}
    texts = {each: workspace.files[each].text for each in near if each in workspace.files}
    items = [diagnostic(each, text, session.encoding, session.client, texts, session.uri) for each in shown]
    return items if len(shown) == len(found) else [_FURTHER, *items]


def _worst(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """As many diagnostics as are shown, errors before warnings, in the order of the text."""
    if len(found) <= MOST:
        return found
    worst = {id(each) for each in sorted(found, key=attrgetter("severity"))[:MOST]}
    return tuple(each for each in found if id(each) in worst)


def _refresh_later(server: "WfServer") -> None:
    """Has a client that pulls ask again, once all is checked."""

    def refresh() -> Iterator[None]:
        server.workspace_diagnostic_refresh(None)
        yield

    if server.session.client.refreshes_diagnostics:
        server.schedule("refresh diagnostics", refresh(), OTHER)


def forget(server: "WfServer", path: str) -> None:
    """Takes back what was said of a document."""
    server.scheduler.drop(f"check {path}")
    before = server.session.published.pop(path, None)
    server.session.pulls.answer(path)
    if before is not None and before.items:
        if server.session.client.pulls_diagnostics:
            _refresh_later(server)
        else:
            _tell(server, server.session.uri(path), [], None)


def publish_note(server: "WfServer", root: str, error: WfError | None) -> None:
    """Says what is wrong with the configuration of a root: at its place, and once where it would be overlooked."""
    session = server.session
    before, now = session.notes.get(root), str(error) if error else None
    if before == now:
        return
    if error is None:
        del session.notes[root]
        for name in ("wf.toml", "pyproject.toml"):
            _tell(server, uri_of(str(Path(root) / name)), [], None)
        return
    session.notes[root] = str(error)
    if error.location is not None:
        read = read_text(Path(error.location.path))
        text = Text(read if isinstance(read, str) else read.text)
        message = f"{error.message}\n{error.hint}" if error.hint else error.message
        place = range_of(text, error.location.span, session.encoding)
        item: Json = {
            "range": place,
            "message": message,
            "severity": types.DiagnosticSeverity.Error.value,
            "source": "wf",
        }
        _tell(server, uri_of(error.location.path), [item], None)
    server.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))


def _tell(server: "WfServer", uri: str, items: list[Json], version: int | None) -> None:
    params: Json = {"uri": uri, "diagnostics": items}
    if version is not None:
        params["version"] = version
    server.tell(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
