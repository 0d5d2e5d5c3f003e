"""textDocument/definition."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import definition as engine_definition
from wf_lsp.convert import offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def definition(server: "WfServer", params: types.DefinitionParams) -> list[types.Location] | list[types.LocationLink] | None:
    """Where what stands at the position is defined; a link, with the range it starts from, if the client knows links."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return None
    found = engine_definition(session.workspace, path, offset_at(text, params.position, session.encoding))
    if found is None:
        return None
    other = session.text(found.location.path)
    if other is None:
        return None
    target = range_of(other, found.location.span, session.encoding)
    uri = session.uri(found.location.path)
    capabilities = session.client.text_document
    if capabilities and capabilities.definition and capabilities.definition.link_support:
        return [types.LocationLink(uri, target, target, range_of(text, found.origin, session.encoding))]
    return [types.Location(uri, target)]
