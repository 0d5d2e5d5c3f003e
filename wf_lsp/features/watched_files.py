"""workspace/didChangeWatchedFiles: what changed on disk behind the editor's back."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_lsp.convert import path_of
from wf_lsp.indexing import index_roots, read_again

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def did_change_watched_files(server: "WfServer", params: types.DidChangeWatchedFilesParams) -> None:
    """Reads what is new, forgets what is gone; a changed configuration means to begin anew."""
    for change in params.changes:
        path = path_of(change.uri)
        if PurePath(path).name in ("wf.toml", "pyproject.toml"):
            index_roots(server)
        elif path.endswith((".yaml", ".yml")):
            read_again(server, path)
