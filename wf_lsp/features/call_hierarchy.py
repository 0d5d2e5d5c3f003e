"""textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and callHierarchy/outgoingCalls."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from lsprotocol import types

from wf_engine.editing import Call, Callable, callables, incoming, outgoing
from wf_engine.language import DefinitionKey
from wf_engine.text import Location
from wf_engine.workspace import Workspace
from wf_lsp.convert import Json, offset_at, path_of, range_of
from wf_lsp.handed_back import handed_back

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {"Workflow": types.SymbolKind.Module.value, "WorkflowTask": types.SymbolKind.Function.value}


def prepare_call_hierarchy(server: "WfServer", params: types.CallHierarchyPrepareParams) -> list[Json] | None:
    """The task or workflow that is named at the position, or that its document defines."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return None
    found = callables(workspace, path, offset_at(text, params.position, session.encoding))
    return [_item(server, workspace, each) for each in found] or None


def incoming_calls(server: "WfServer", params: types.CallHierarchyIncomingCallsParams) -> list[Json]:
    """The workflows that run it, each with the references that do."""
    path = path_of(params.item.uri)
    workspace = server.session.workspace(path)
    return [
        {"from": _item(server, workspace, call.other), "fromRanges": _ranges(server, workspace, call.places)}
        for call in incoming(workspace, _key(params.item))
    ]


def outgoing_calls(server: "WfServer", params: types.CallHierarchyOutgoingCallsParams) -> list[Json]:
    """What it runs, each with the references in it that do."""
    path = path_of(params.item.uri)
    workspace = server.session.workspace(path)
    calls: tuple[Call, ...] = outgoing(workspace, _key(params.item))
    return [
        {"to": _item(server, workspace, call.other), "fromRanges": _ranges(server, workspace, call.places)}
        for call in calls
    ]


def _key(item: types.CallHierarchyItem) -> DefinitionKey:
    return DefinitionKey(*handed_back(item.data, tuple[Literal["Workflow", "WorkflowTask"], str, str, str]))


def _ranges(server: "WfServer", workspace: Workspace, places: Iterable[Location]) -> list[Json]:
    return [range_of(workspace.files[each.path].text, each.span, server.session.encoding) for each in places]


def _item(server: "WfServer", workspace: Workspace, found: Callable) -> Json:
    session, text = server.session, workspace.files[found.path].text
    key = found.key
    return {
        "name": key.name + (f"@{key.version}" if key.version else ""),
        "kind": _KINDS[key.kind],
        "detail": found.description or key.namespace,
        "uri": session.uri(found.path),
        "range": range_of(text, found.span, session.encoding),
        "selectionRange": range_of(text, found.name_span, session.encoding),
        "data": [key.kind, key.namespace, key.name, key.version],
    }
