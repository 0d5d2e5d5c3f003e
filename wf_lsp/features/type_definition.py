"""textDocument/typeDefinition."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import type_definition as engine_type_definition
from wf_lsp.convert import Json, offset_at, path_of
from wf_lsp.features.definition import located

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def type_definition(server: "WfServer", params: types.TypeDefinitionParams) -> list[Json] | None:
    """Where the shape of what stands at the position is written."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return None
    found = engine_type_definition(workspace, path, offset_at(text, params.position, session.encoding))
    return located(server, workspace, text, found, links=session.client.type_links)
