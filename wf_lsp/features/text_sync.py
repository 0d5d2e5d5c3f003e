"""Text synchronisation: the client's edits go into the snapshot, one after the other."""

import logging
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.workspace import Change, SourceFile
from wf_lsp.convert import edit_of, path_of
from wf_lsp.features.diagnostics import check_soon, forget
from wf_lsp.session import OpenDocument

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

log = logging.getLogger("wf.lsp")


def did_open(server: "WfServer", params: types.DidOpenTextDocumentParams) -> None:
    """The client's text takes the place of what is on disk."""
    document = params.text_document
    path = path_of(document.uri)
    session = server.session
    session.open[path] = OpenDocument(document.uri, document.version)
    _into_snapshot(server, path, SourceFile.parse(path, document.text))


def did_change(server: "WfServer", params: types.DidChangeTextDocumentParams) -> None:
    """Edits in the order in which they were made, each on the text that the one before left."""
    path = path_of(params.text_document.uri)
    session = server.session
    file = session.workspace.files.get(path)
    if path not in session.open or file is None:
        log.warning("a change of a document that is not open: %s", params.text_document.uri)
        return
    for change in params.content_changes:
        edit = edit_of(file.text, change, session.encoding)
        file = SourceFile.parse(path, change.text) if edit is None else file.edited(edit)
    session.open[path].version = params.text_document.version
    _into_snapshot(server, path, file)


def did_close(server: "WfServer", params: types.DidCloseTextDocumentParams) -> None:
    """The file on disk counts again; a document that is no file is forgotten."""
    from wf_lsp.indexing import read_again

    path = path_of(params.text_document.uri)
    server.session.open.pop(path, None)
    forget(server, path)
    read_again(server, path)


def _into_snapshot(server: "WfServer", path: str, file: SourceFile) -> None:
    before = server.session.workspace
    server.session.snapshot = before.apply([Change(path, file)])
    check_soon(server, path, before)
