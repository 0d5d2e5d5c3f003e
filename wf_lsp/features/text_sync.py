"""Text synchronisation: the client's edits go into the snapshot, one after the other."""

import logging
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.text import Text
from wf_engine.workspace import SourceFile
from wf_lsp.convert import edit_of, path_of
from wf_lsp.features.diagnostics import check_soon, forget
from wf_lsp.session import OpenDocument

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

log = logging.getLogger("wf.lsp")

_MANY = 20
"""Changes in one notification from which on the text is parsed once, at the end."""


def did_open(server: "WfServer", params: types.DidOpenTextDocumentParams) -> None:
    """The client's text takes the place of what is on disk."""
    from wf_lsp.indexing import open_project

    document = params.text_document
    path = path_of(document.uri)
    server.session.open[path] = OpenDocument(document.uri, document.version, document.language_id)
    open_project(server, path)
    _take_in(server, path, SourceFile.parse(path, document.text))


def did_change(server: "WfServer", params: types.DidChangeTextDocumentParams) -> None:
    """Edits in the order in which they were made, each on the text that the one before left."""
    session = server.session
    path = path_of(params.text_document.uri)
    file = session.workspace(path).files.get(path)
    if path not in session.open or file is None:
        log.warning("a change of a document that is not open: %s", params.text_document.uri)
        return
    session.open[path].version = params.text_document.version
    changed = _edited(server, file, params.content_changes)
    if changed is file:
        return
    _take_in(server, path, changed)


def _edited(server: "WfServer", file: SourceFile, changes: "list[types.TextDocumentContentChangeEvent]") -> SourceFile:
    """The file after the changes. Should its parts not go together any more, it is parsed anew: the text is what counts."""
    text, encoding = file.text, server.session.encoding
    edits = []
    for change in changes:
        edit = edit_of(text, change, encoding)
        text = text.replace(edit)
        edits.append(edit)
    whole = any(isinstance(change, types.TextDocumentContentChangeWholeDocument) for change in changes)
    if whole or len(edits) > _MANY:
        return SourceFile.parse(file.path, text)
    try:
        for edit in edits:
            file = file.edited(edit)
    except Exception as error:  # noqa: BLE001 - losing step with the client would be worse than any bug
        server.report_bug("an edit", error)
        return SourceFile.parse(file.path, Text(text.value))
    return file


def did_save(server: "WfServer", params: types.DidSaveTextDocumentParams) -> None:
    """For clients that do not tell of changes on disk, this is the time to look for some."""
    from wf_lsp.indexing import index

    if not server.session.client.watches_files:
        index(server, server.session.project(path_of(params.text_document.uri)))


def did_close(server: "WfServer", params: types.DidCloseTextDocumentParams) -> None:
    """The file on disk counts again; a document that is no file is forgotten."""
    from wf_lsp.indexing import read_again

    path = path_of(params.text_document.uri)
    if server.session.open.pop(path, None) is not None:
        forget(server, path)
        read_again(server, path)


def _take_in(server: "WfServer", path: str, file: SourceFile) -> None:
    check_soon(server, path, server.session.put(path, file))
