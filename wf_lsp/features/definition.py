"""textDocument/definition."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import definition as engine_definition
from wf_lsp.convert import Json, offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def definition(server: "WfServer", params: types.DefinitionParams) -> list[Json] | None:
    """Where what stands at the position is defined; a link, with the range it starts from, if the client knows links."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return None
    found = engine_definition(workspace, path, offset_at(text, params.position, session.encoding))
    if found is None:
        return None
    target = range_of(workspace.files[found.location.path].text, found.location.span, session.encoding)
    uri = session.uri(found.location.path)
    if session.client.links:
        origin = range_of(text, found.origin, session.encoding)
        return [
            {"targetUri": uri, "targetRange": target, "targetSelectionRange": target, "originSelectionRange": origin}
        ]
    return [{"uri": uri, "range": target}]
