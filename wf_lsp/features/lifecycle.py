"""initialize and initialized: what the client is, where its folders are, what it trusts."""

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_WATCHED = ("**/*.yaml", "**/*.yml", "**/wf.toml", "**/pyproject.toml")


def initialize(server: "WfServer", params: types.InitializeParams) -> None:
    """Remembers the client, its folders and its trust; everything else waits until the client is answered."""
    from wf_lsp.client import Client
    from wf_lsp.convert import path_of

    session = server.session
    session.client = Client.of(params.capabilities)
    session.encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
    folders = [folder.uri for folder in params.workspace_folders or ()]
    if not folders and params.root_uri:
        folders = [params.root_uri]
    session.folders = [path_of(uri) for uri in folders]
    options = params.initialization_options
    trusted = options.get("trusted") if isinstance(options, dict) else None
    session.trusted = trusted if isinstance(trusted, bool) else None


def initialized(server: "WfServer", _: types.InitializedParams) -> None:
    """Begins to read, and asks to be told of changes on disk."""
    from wf_lsp.indexing import index_all

    if server.session.client.watches_files:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("wf-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))
    index_all(server)
