"""Reading the files of the workspace: in the background, behind a progress bar, never in the way of a keystroke."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from lsprotocol import types

from wf_engine.text import WfError
from wf_engine.workspace import Change, Settings, SourceFile
from wf_lsp.features.diagnostics import OTHER, check_others, check_soon, forget

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_ENOUGH_FOR_PROGRESS = 50
"""Files from which on indexing is worth a progress bar."""


def index_roots(server: "WfServer") -> None:
    """Schedules the reading of all folders."""
    load_settings(server)
    session = server.session
    session.snapshot = session.workspace.completed(complete=not session.roots)
    server.schedule("index", _index(server), OTHER)


def load_settings(server: "WfServer") -> None:
    """Takes over the settings of the first folder; what is wrong with them is shown, and the defaults hold."""
    from wf_engine import project

    session = server.session
    if not session.roots:
        return
    try:
        settings = project.load_settings(project.find_root(Path(session.roots[0])), os.environ, {})
    except WfError as error:
        server.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
        settings = Settings()
    session.snapshot = session.workspace.with_settings(settings)


def _index(server: "WfServer") -> Iterator[None]:
    from wf_engine import project

    session = server.session
    paths = [str(path) for root in session.roots if Path(root).is_dir() for path in project.documents(Path(root))]
    yield
    progress = _Progress(server, len(paths))
    for number, path in enumerate(paths):
        if path not in session.open and read_file(server, path):
            progress.report(number)
            yield
    progress.end()
    session.snapshot = session.workspace.completed()
    for path in session.open:
        check_soon(server, path, session.workspace)
    server.schedule("check workspace", check_others(server), OTHER)


def read_file(server: "WfServer", path: str) -> bool:
    """Takes a file from the disk into the snapshot; False where it cannot be read or is none of our business."""
    from wf_engine import project

    session = server.session
    try:
        text = project.read_text(Path(path))
    except (WfError, OSError):
        return False
    file = SourceFile.parse(path, text)
    if not file.ours:
        return False
    session.snapshot = session.workspace.apply([Change(path, file)])
    return True


def read_again(server: "WfServer", path: str) -> None:
    """A file may have changed on disk, or be gone. What is open in the editor is not touched."""
    session = server.session
    if path in session.open:
        return
    before = session.workspace
    if not (Path(path).is_file() and read_file(server, path)) and path in before.files:
        session.snapshot = before.apply([Change(path, None)])
        forget(server, path)
    if session.workspace is not before:
        check_soon(server, path, before)


class _Progress:
    """A progress bar, if the client has any and there is enough to do."""

    def __init__(self, server: "WfServer", total: int) -> None:
        self.server, self.total = server, total
        window = server.session.client.window
        self.token = str(uuid4()) if window and window.work_done_progress and total >= _ENOUGH_FOR_PROGRESS else None
        if self.token:
            server.work_done_progress.create(self.token, lambda _: None)
            begin = types.WorkDoneProgressBegin("Reading workflows", percentage=0)
            server.work_done_progress.begin(self.token, begin)

    def report(self, number: int) -> None:
        if self.token and number % 20 == 0:
            share = 100 * number // max(self.total, 1)
            value = types.WorkDoneProgressReport(message=f"{number} of {self.total} files", percentage=share)
            self.server.work_done_progress.report(self.token, value)

    def end(self) -> None:
        if self.token:
            self.server.work_done_progress.end(self.token, types.WorkDoneProgressEnd())
