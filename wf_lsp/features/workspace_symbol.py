"""workspace/symbol and workspaceSymbol/resolve."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import Found, located, workspace_symbols
from wf_engine.text import Span
from wf_lsp.convert import Json, path_of, range_of
from wf_lsp.handed_back import SymbolData, handed_back

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    "workflow": types.SymbolKind.Module,
    "task": types.SymbolKind.Function,
    "step": types.SymbolKind.Event,
    "input": types.SymbolKind.Field,
}


def workspace_symbol(server: "WfServer", params: types.WorkspaceSymbolParams) -> list[Json]:
    """What goes with the letters, of all roots; where it stands is told when the client asks, if it can ask."""
    session = server.session
    answer = []
    for root in sorted(session.roots()):
        project = session.projects.by_root.get(root)
        for found in workspace_symbols(project.workspace, params.query) if project else ():
            item: Json = {
                "name": found.name,
                "kind": _kind(server, found.kind),
                "containerName": found.container,
                "location": {"uri": session.uri(found.path)},
                "data": {"kind": found.kind, "index": found.index},
            }
            answer.append(item if session.client.resolves_symbols else _placed(server, item, found))
    return answer


def _kind(server: "WfServer", kind: str) -> int:
    wanted = _KINDS[kind]
    return (wanted if wanted in server.session.client.symbol_kinds else types.SymbolKind.Function).value


def resolve(server: "WfServer", params: types.WorkspaceSymbol) -> Json:
    """The symbol with its range."""
    data = handed_back(params.data, SymbolData)
    uri = params.location.uri
    path = path_of(uri)
    item: Json = {
        "name": params.name,
        "kind": params.kind.value,
        "containerName": params.container_name,
        "location": {"uri": uri},
    }
    found = Found(params.name, data.kind, params.container_name or "", path, data.index)
    return _placed(server, item, found)


def _placed(server: "WfServer", item: Json, found: Found) -> Json:
    session = server.session
    workspace = session.workspace(found.path)
    place = located(workspace, found)
    text = session.text(found.path)
    if text is None:
        return item
    span = place.span if place else Span(0, 0)
    item["location"] = {"uri": session.uri(found.path), "range": range_of(text, span, session.encoding)}
    return item
