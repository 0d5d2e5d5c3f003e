"""workspace/didChangeWatchedFiles: what changed on disk behind the editor's back."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_lsp.convert import path_of
from wf_lsp.indexing import index_all, read_again

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_CONFIGURATION = ("wf.toml", "pyproject.toml")


def did_change_watched_files(server: "WfServer", params: types.DidChangeWatchedFilesParams) -> None:
    """Reads what is new, forgets what is gone; another configuration means to begin anew."""
    paths = dict.fromkeys(path_of(change.uri) for change in params.changes)
    if any(PurePath(path).name in _CONFIGURATION for path in paths):
        server.session.projects.forget_roots()
        index_all(server)
    for path in paths:
        if path.endswith((".yaml", ".yml")):
            read_again(server, path)
