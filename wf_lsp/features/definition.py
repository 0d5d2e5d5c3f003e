"""textDocument/definition."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import Target
from wf_engine.editing import definition as engine_definition
from wf_engine.text import Text
from wf_engine.workspace import Workspace
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
    return located(server, workspace, text, found, links=session.client.links)


def located(
    server: "WfServer", workspace: Workspace, text: Text, found: Iterable[Target], *, links: bool
) -> list[Json] | None:
    """Places of the workspace, as links where the client knows them; None where there are none."""
    session = server.session
    answer: list[Json] = []
    for each in found:
        target = range_of(workspace.files[each.location.path].text, each.location.span, session.encoding)
        uri = session.uri(each.location.path)
        if links:
            origin = range_of(text, each.origin, session.encoding)
            ranges = {"targetRange": target, "targetSelectionRange": target, "originSelectionRange": origin}
            answer.append({"targetUri": uri, **ranges})
        else:
            answer.append({"uri": uri, "range": target})
    return answer or None
