"""workspace/didChangeConfiguration: settings, asked for where the client can be asked, else as they are sent."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from wf_lsp.features.diagnostics import forget
from wf_lsp.indexing import index_all
from wf_lsp.settings import ClientSettings

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

log = logging.getLogger("wf.lsp")

_SECTION = "wf"


def did_change_configuration(server: "WfServer", params: types.DidChangeConfigurationParams) -> None:
    """Takes over what changed."""
    if server.session.client.configuration:
        ask(server)
    else:
        take_over(server, params.settings)


def ask(server: "WfServer") -> None:
    """Asks the client for its settings; they hold once it has answered."""

    def answered(values: Any) -> None:
        take_over(server, values[0] if isinstance(values, Sequence) and values else None)

    items = [types.ConfigurationItem(section=_SECTION)]
    server.workspace_configuration(types.ConfigurationParams(items), callback=answered)


def watch(server: "WfServer") -> None:
    """Wants to be told when they change."""
    options = types.DidChangeConfigurationRegistrationOptions(section=_SECTION)
    registration = types.Registration("wf-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def take_over(server: "WfServer", value: Any) -> None:
    """Lets settings hold, over those that the client began with, and has what they change shown anew."""
    session = server.session
    settings = ClientSettings.of(value).over(session.first_settings)
    if settings.unknown:
        log.warning("there is no such setting, or it wants true or false: %s", ", ".join(settings.unknown))
    before, session.settings = session.settings, settings
    if settings.inlay_hints != before.inlay_hints:
        refresh_hints(server)
    if any(
        settings.on(name) != before.on(name) for name in ("codeLens.run", "codeLens.references", "codeLens.lastRun")
    ):
        refresh_lenses(server)
    if settings.on("diagnostics.workspace") != before.on("diagnostics.workspace"):
        for path in [path for path in session.published if path not in session.open]:
            forget(server, path)
        index_all(server)


def refresh_hints(server: "WfServer") -> None:
    """Has the client ask for inlay hints again."""
    if server.session.client.refreshes_hints:
        server.workspace_inlay_hint_refresh(None)


def refresh_values(server: "WfServer") -> None:
    """Has the client ask for inlay hints and inline values again: a run has shown others."""
    refresh_hints(server)
    if server.session.client.refreshes_values:
        server.workspace_inline_value_refresh(None)


def refresh_lenses(server: "WfServer") -> None:
    """Has the client ask for code lenses again."""
    if server.session.client.refreshes_lenses:
        server.workspace_code_lens_refresh(None)
