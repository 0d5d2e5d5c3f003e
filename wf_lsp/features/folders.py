"""workspace/didChangeWorkspaceFolders: folders come and go."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.workspace import Change
from wf_lsp.convert import path_of
from wf_lsp.features.diagnostics import forget
from wf_lsp.indexing import index_roots

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def did_change_workspace_folders(server: "WfServer", params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Reads the new folders and forgets the files of those that are gone."""
    session = server.session
    gone = [path_of(folder.uri) for folder in params.event.removed]
    session.roots = [root for root in session.roots if root not in gone]
    session.roots += [path_of(folder.uri) for folder in params.event.added]
    lost = [path for path in session.workspace.files if path not in session.open and _in_any(path, gone)]
    session.snapshot = session.workspace.apply([Change(path, None) for path in lost])
    for path in lost:
        forget(server, path)
    index_roots(server)


def _in_any(path: str, folders: list[str]) -> bool:
    return any(path.startswith(folder.rstrip("/") + "/") for folder in folders)
