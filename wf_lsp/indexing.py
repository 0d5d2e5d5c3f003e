"""Reading the files of the workspace: in the background, behind a progress bar, never in the way of a keystroke.

A thread reads files, a few at a time and only as fast as they are taken in; parsing them is work like any other.
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wf_engine import project as on_disk
from wf_engine.project import Unreadable
from wf_engine.text import WfError
from wf_engine.workspace import Change, Settings, SourceFile
from wf_lsp.features.diagnostics import check_open, check_others, check_soon, forget, publish_note
from wf_lsp.progress import Progress
from wf_lsp.projects import NOWHERE, Changed, Project, is_file
from wf_lsp.scheduler import OTHER

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_WORTH_A_BAR = 50
"""Files from which on reading is worth a progress bar."""

Read = tuple[str, str | Unreadable]

_BATCH = 16
_AHEAD = 2
"""Batches that are read before the first of them is taken in."""


def index_all(server: "WfServer") -> None:
    """Reads the projects of all that the client has open, and lets go of the others."""
    session = server.session
    wanted = session.roots()
    for root in [root for root in session.projects.by_root if root not in wanted and not _has_folder(server, root)]:
        _drop(server, session.projects.by_root[root])
    for root in wanted:
        index(server, session.projects.by_root.setdefault(root, Project(root)))


def _has_folder(server: "WfServer", root: str) -> bool:
    return any(root == folder or server.session.belongs(root) for folder in server.session.folders)


def _drop(server: "WfServer", project: Project) -> None:
    project.round += 1
    del server.session.projects.by_root[project.root]
    for path in project.workspace.files:
        if path not in server.session.open:
            forget(server, path)


def index(server: "WfServer", project: Project) -> None:
    """Begins to read the files of a project, from the beginning if it was read before."""
    load_settings(server, project)
    project.round += 1
    if not project.readable(server.session.folders):
        return
    project.workspace = project.workspace.completed(complete=False)
    _Reader(server, project).start()


def load_settings(server: "WfServer", project: Project) -> None:
    """Takes over the settings of a root. What is wrong with them is shown, and the defaults hold."""
    session = server.session
    if project.root == NOWHERE:
        return
    try:
        settings = on_disk.load_settings(Path(project.root), os.environ, {}, trusted=session.trusts(project.root))
        publish_note(server, project.root, None)
    except WfError as error:
        publish_note(server, project.root, error)
        settings = Settings()
    if settings != project.workspace.settings:
        project.workspace = project.workspace.with_settings(settings)
    if session.trusts(project.root):
        with suppress(WfError):  # a run says what is wrong with them
            project.workspace = project.workspace.with_secrets(on_disk.secrets(settings, os.environ))


class _Reader:
    """One round of reading a project."""

    def __init__(self, server: "WfServer", project: Project) -> None:
        self.server = server
        self.project = project
        self.round = project.round
        self.ignore = project.workspace.settings.checks.ignore
        self.found: set[str] = set()
        self.batches = 0
        self.slots = threading.Semaphore(_AHEAD)
        self.progress = Progress(server, "Reading workflows")

    def start(self) -> None:
        """Starts the thread."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), name="wf-lsp-index", daemon=True).start()

    @property
    def outdated(self) -> bool:
        """Whether a later round has begun, or the project is gone."""
        return self.project.round != self.round

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread: reads files and hands them over."""
        batch: list[Read] = []
        try:
            for path in on_disk.documents(Path(self.project.root), self.ignore):
                batch.append((str(path), on_disk.read_text(path)))
                if len(batch) == _BATCH:
                    self._hand_over(loop, batch)
                    batch = []
                if self.outdated:
                    return
            self._hand_over(loop, batch)
            loop.call_soon_threadsafe(self._schedule, "end", self._end())
        except RuntimeError:
            return  # the loop has ended

    def _hand_over(self, loop: asyncio.AbstractEventLoop, batch: list[Read]) -> None:
        self.slots.acquire()
        self.batches += 1
        loop.call_soon_threadsafe(self._schedule, str(self.batches), self._take(batch))

    def _schedule(self, name: str, units: Iterator[None]) -> None:
        self.server.schedule(f"index {self.project.root} {self.round} {name}", units, OTHER)

    def _take(self, batch: list[Read]) -> Iterator[None]:
        """Parses files and puts them into the snapshot, one after the other: an edit waits for one at most."""
        try:
            for path, text in batch:
                if self.outdated:
                    return
                self.found.add(path)
                self._put(path, self._parsed(path, text))
                yield
            if self.server.memory is not None:
                self.server.memory.read()
            if len(self.found) >= _WORTH_A_BAR:
                self.progress.start()
            self.progress.report(f"{len(self.found)} files")
        finally:
            self.slots.release()

    def _parsed(self, path: str, text: str | Unreadable) -> SourceFile:
        """The file, the same object as before where its text is the same."""
        self.project.unreadable.pop(path, None)
        if isinstance(text, Unreadable):
            self.project.unreadable[path] = text
            text = text.text
        known = self.server.session.projects.file(path)
        return known if known is not None and known.text.value == text else SourceFile.parse(path, text)

    def _put(self, path: str, file: SourceFile) -> None:
        """Of a document that is open, by now, the client's text counts."""
        session = self.server.session
        if path in session.open:
            file = session.projects.file(path) or file
        self.project.workspace = self.project.workspace.apply([Change(path, file)])

    def _end(self) -> Iterator[None]:
        """All is read: what is gone is forgotten, and what is missing is missed."""
        if self.outdated:
            return
        project, session = self.project, self.server.session
        gone = [path for path in project.workspace.files if path not in self.found and path not in session.open]
        project.workspace = project.workspace.apply([Change(path, None) for path in gone]).completed()
        for path in gone:
            forget(self.server, path)
        self.progress.end()
        _open_projects_inside(self.server, project)
        check_open(self.server, project)
        check_others(self.server, project)
        if self.server.memory is not None:
            self.server.memory.grown()
        yield


def _open_projects_inside(server: "WfServer", project: Project) -> None:
    """Files under a root of their own belong to a project of their own."""
    known = set(server.session.projects.by_root)
    for path in project.workspace.files:
        inner = server.session.project(path)
        if inner.root not in known:
            known.add(inner.root)
            index(server, inner)


def open_project(server: "WfServer", path: str) -> None:
    """The project of a document that was opened, read if it is new."""
    project = server.session.project(path)
    if project.round == 0:
        index(server, project)


def read_again(server: "WfServer", path: str) -> None:
    """A file may have changed on disk, or be gone. What is open in the editor is not touched."""
    session = server.session
    if path in session.open:
        return
    project = session.project(path)
    ignored = project.workspace.settings.checks.ignore
    found = is_file(path) and os.path.exists(path) and on_disk.belongs(Path(project.root), Path(path), ignored)  # noqa: PTH110 - never raises
    text = on_disk.read_text(Path(path)) if found else None
    project.unreadable.pop(path, None)
    if isinstance(text, Unreadable):
        project.unreadable[path] = text
        text = text.text
    known = session.projects.file(path)
    if text is None:
        changed = session.put(path, None)
        forget(server, path)
    elif known is not None and known.text.value == text:
        changed = [Changed(project, project.workspace)]
    else:
        changed = session.put(path, SourceFile.parse(path, text))
    check_soon(server, path, changed)
