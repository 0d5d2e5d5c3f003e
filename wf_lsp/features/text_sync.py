"""Text synchronisation: the client's edits go into the snapshot, one after the other."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.text import Edit, Span, Text
from wf_engine.text.garbage import undisturbed
from wf_engine.workspace import SourceFile
from wf_lsp.alike import alike_ends
from wf_lsp.convert import edit_of, path_of
from wf_lsp.features.diagnostics import check_soon, forget
from wf_lsp.session import OpenDocument

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

log = logging.getLogger("wf.lsp")

_MANY = 20
"""Changes in one notification from which on they are taken in as one."""


def did_open(server: "WfServer", params: types.DidOpenTextDocumentParams) -> None:
    """The client's text takes the place of what is on disk."""
    from wf_lsp.indexing import open_project

    document = params.text_document
    path = path_of(document.uri)
    server.session.open[path] = OpenDocument(document.uri, document.version, document.language_id)
    open_project(server, path)
    with undisturbed():
        file = SourceFile.parse(path, document.text)
    _take_in(server, path, file)
    if server.memory is not None:
        server.memory.grown()


def did_change(server: "WfServer", params: types.DidChangeTextDocumentParams) -> None:
    """Edits in the order in which they were made, each on the text that the one before left."""
    session = server.session
    path = path_of(params.text_document.uri)
    file = session.workspace(path).files.get(path)
    if path not in session.open or file is None:
        log.warning("a change of a document that is not open: %s", params.text_document.uri)
        return
    session.open[path].version = params.text_document.version
    session.pulls.outdated(path)
    _take_in(server, path, _edited(server, file, params.content_changes))
    if server.memory is not None:
        server.memory.edited()


def _edited(
    server: "WfServer", file: SourceFile, changes: Sequence[types.TextDocumentContentChangeEvent]
) -> SourceFile:
    """The file after the changes. Should its parts not go together any more, it is parsed anew: the text is what counts."""
    text, edits = file.text, []
    for change in changes:
        edit = edit_of(text, change, server.session.encoding)
        text = text.replace(edit)
        edits.append(edit)
    if len(edits) > _MANY or any(edit.span == Span(0, len(file.text)) for edit in edits):
        edits = [difference(file.text.value, text.value)]
    try:
        for edit in edits:
            file = file.edited(edit)
    except Exception as error:  # noqa: BLE001 - losing step with the client would be worse than any bug
        server.report_bug("an edit", error)
        return SourceFile.parse(file.path, Text(text.value))
    return file


def difference(old: str, new: str) -> Edit:
    """One edit that makes the new text of the old one, leaving alone how they begin and end alike."""
    start, end = alike_ends(old, new)
    return Edit(Span(start, len(old) - end), new[start : len(new) - end])


def did_save(server: "WfServer", params: types.DidSaveTextDocumentParams) -> None:
    """For clients that do not tell of changes on disk, this is the time to look for some."""
    from wf_lsp.indexing import index

    if not server.session.client.watches_files:
        index(server, server.session.project(path_of(params.text_document.uri)))


def did_close(server: "WfServer", params: types.DidCloseTextDocumentParams) -> None:
    """The file on disk counts again; a document that is no file is forgotten."""
    from wf_lsp.indexing import read_again

    path = path_of(params.text_document.uri)
    if path in server.session.open:
        forget(server, path)
        del server.session.open[path]
        read_again(server, path)


def _take_in(server: "WfServer", path: str, file: SourceFile) -> None:
    check_soon(server, path, server.session.put(path, file))
