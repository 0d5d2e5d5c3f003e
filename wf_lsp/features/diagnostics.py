"""Diagnostics, pushed: the edited document at once, then those that what changed may concern."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.checks import absolute, file_units
from wf_engine.text import Diagnostic
from wf_engine.workspace import Workspace
from wf_lsp.convert import diagnostic
from wf_lsp.session import Published

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

EDITED, OPEN, OTHER = 0, 1, 2
"""Priorities of checking."""


def check_soon(server: "WfServer", path: str, before: Workspace) -> None:
    """Schedules the checking of an edited file and, where a definition changed, of the files that may use it."""
    session = server.session
    now = session.workspace
    server.schedule(f"check {path}", _check(server, path), EDITED)
    if now.contracts is before.contracts and _names(now) == _names(before):
        return
    for other in now.files:
        if other != path and other in session.open:
            server.schedule(f"check {other}", _check(server, other), OPEN)
    server.schedule("check workspace", check_others(server), OTHER)


def _names(workspace: Workspace) -> int:
    """How many definitions there are: a second one of a name changes no contract."""
    return sum(len(found) for found in workspace.names.values())


def check_others(server: "WfServer") -> Iterator[None]:
    """Checks the files of the workspace that are not open."""
    for path in tuple(server.session.workspace.files):
        if path not in server.session.open:
            yield from _check(server, path)


def _check(server: "WfServer", path: str) -> Iterator[None]:
    """Checks a file unit by unit and publishes what was found."""
    workspace = server.session.workspace
    if path not in workspace.files:
        return
    work = file_units(workspace, path)
    done = list(work.known)
    for source, unit in work.todo:
        done.append((source, unit.run()))
        if unit.name != "document":
            yield
    publish(server, workspace, path, absolute(workspace, path, done))


def publish(server: "WfServer", workspace: Workspace, path: str, found: tuple[Diagnostic, ...]) -> None:
    """Tells the client. A file that is not open and of which nothing is to say is not mentioned."""
    session = server.session
    known = session.open.get(path)
    before = session.published.get(path)
    if known is None and not found and (before is None or not before.diagnostics):
        return
    version = known.version if known else None
    session.published[path] = Published(version, found)
    text = workspace.files[path].text
    texts = {each: workspace.files[each].text for each in {r.location.path for d in found for r in d.related} if each in workspace.files}
    capabilities = session.client.text_document
    related = bool(capabilities and capabilities.publish_diagnostics and capabilities.publish_diagnostics.related_information)
    items = [diagnostic(each, text, texts, session.encoding, related=related) for each in found]
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(session.uri(path), items, version))


def forget(server: "WfServer", path: str) -> None:
    """Takes back what was said of a document."""
    server.scheduler.drop(f"check {path}")
    before = server.session.published.pop(path, None)
    if before is not None and before.diagnostics:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(server.session.uri(path), []))
