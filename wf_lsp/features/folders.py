"""workspace/didChangeWorkspaceFolders: folders come and go."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_lsp.convert import path_of
from wf_lsp.features.diagnostics import forget
from wf_lsp.indexing import index_all

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def did_change_workspace_folders(server: "WfServer", params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Reads the new folders and lets go of those that are gone."""
    session = server.session
    gone = [path_of(folder.uri) for folder in params.event.removed]
    come = [path_of(folder.uri) for folder in params.event.added]
    session.folders = [folder for folder in session.folders if folder not in gone]
    session.folders += [folder for folder in come if folder not in session.folders]
    for path in [path for path in session.published if path not in session.open and not session.belongs(path)]:
        forget(server, path)
    index_all(server)
