"""initialize and initialized: the beginning of a session."""

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.capabilities import get_capability

from wf_lsp.parents import watchable

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_WATCHED = ("**/*.yaml", "**/*.yml", "**/wf.toml", "**/pyproject.toml")


def initialize(server: "WfServer", params: types.InitializeParams) -> None:
    """Remembers what the client says of itself; to understand it waits until the client is answered."""
    server.greeting = params
    if params.process_id is not None and watchable(params.process_id):
        server.parent = params.process_id
    if get_capability(params.capabilities, "text_document.code_action.code_action_literal_support") is None:
        # The protocol allows the kinds of code actions to be named to those only who know them.
        server.protocol.fm.feature_options.pop(types.TEXT_DOCUMENT_CODE_ACTION, None)


def initialized(server: "WfServer", _: types.InitializedParams) -> None:
    """Begins to read, and asks for settings, and to be told when they or files on disk change."""
    from wf_lsp.features import configuration
    from wf_lsp.indexing import index_all

    client = server.session.client
    if client.configuration:
        configuration.ask(server)
    if client.registers_configuration:
        configuration.watch(server)
    if client.watches_files:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        watchers.append(types.FileSystemWatcher("**", types.WatchKind.Delete))  # a folder goes without its files
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("wf-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))
    index_all(server)
