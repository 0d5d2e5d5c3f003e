"""initialize and initialized: what the client is, where its folders are, what it trusts."""

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def initialize(server: "WfServer", params: types.InitializeParams) -> None:
    """Remembers the roots and the trust; everything else waits until the client is answered."""
    from wf_lsp.convert import path_of

    folders = [folder.uri for folder in params.workspace_folders or ()]
    if not folders and params.root_uri:
        folders = [params.root_uri]
    server.session.roots = [path_of(uri) for uri in folders]
    options = params.initialization_options if isinstance(params.initialization_options, dict) else {}
    trusted = options.get("trusted")
    server.session.trusted = trusted if isinstance(trusted, bool) else None


def initialized(server: "WfServer", _: types.InitializedParams) -> None:
    """Begins to index, and asks to be told of changes on disk."""
    from wf_lsp.indexing import index_roots

    capabilities = server.session.client.workspace
    watched = capabilities.did_change_watched_files if capabilities else None
    if watched and watched.dynamic_registration:
        patterns = ("**/*.yaml", "**/*.yml", "**/wf.toml", "**/pyproject.toml")
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(pattern) for pattern in patterns])
        registration = types.Registration("wf-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))
    index_roots(server)
