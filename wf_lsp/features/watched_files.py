"""workspace/didChangeWatchedFiles: what changed on disk behind the editor's back."""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_lsp.convert import path_of
from wf_lsp.indexing import index, index_all, read_again
from wf_lsp.projects import is_file

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
    folders = {path_of(change.uri) for change in params.changes if not change.uri.endswith((".yaml", ".yml", ".toml"))}
    if folders:
        _folders_changed(server, folders)


def _folders_changed(server: "WfServer", folders: set[str]) -> None:
    """Of a folder that came, went or was renamed some clients tell nothing but that."""
    projects = list(server.session.projects.by_root.values())
    for path in [path for project in projects for path in project.workspace.files]:
        if any(str(parent) in folders for parent in PurePath(path).parents):
            read_again(server, path)
    roots = {server.session.project(path).root for path in folders if is_file(path) and Path(path).is_dir()}
    for project in projects:
        if project.root in roots:
            index(server, project)
