"""textDocument/codeAction and codeAction/resolve: fixes of what is wrong in a range, and refactorings.

A refactoring is worked out when it is chosen, where the client can ask then.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from wf_engine.checks import diagnostics
from wf_engine.editing import Refused
from wf_engine.editing.refactoring import Selection, offered, refactored
from wf_engine.text import Diagnostic, FileEdit, Span, Text
from wf_engine.workspace import Workspace
from wf_lsp.convert import Json, diagnostic, path_of, span_of
from wf_lsp.edits import to_be_resolved, workspace_edit
from wf_lsp.features.diagnostics import MOST
from wf_lsp.features.rename import refuse
from wf_lsp.handed_back import ActionData, handed_back
from wf_lsp.silencing import silenced, silencing

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_FIX_ALL = types.CodeActionKind.SourceFixAll.value
_OFFERED = 100
"""Findings in a range whose fixes are offered one by one."""
_LARGE = 10_000
"""Code points of a selection that no refactoring is worked out for before it is chosen."""
_QUICK_FIX = types.CodeActionKind.QuickFix.value


def code_action(server: "WfServer", params: types.CodeActionParams) -> list[Json]:
    """What can be done with a range, computed for the text as it is now."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return []
    only = params.context.only
    span = span_of(text, params.range, session.encoding)
    actions: list[Json] = []
    if _asked_for(_QUICK_FIX, only) or (only and _asked_for(_FIX_ALL, only)):
        found = diagnostics(workspace, path, MOST)
        touched = [each for each in found if _touches(each.location.span, span)][:_OFFERED]
        if _asked_for(_QUICK_FIX, only):
            actions += [action for each in touched for action in _fixes(server, workspace, each, text)]
            actions += _fix_same(server, workspace, found, touched)
            actions += silencing(server, workspace, touched)
        if only and _asked_for(_FIX_ALL, only):
            actions += _fix_all(server, workspace, found)
    actions += _refactorings(server, workspace, params, span)
    if session.client.action_literals:
        return actions
    return [_as_command(action) for action in actions] if session.client.applies_edits else []


def resolve(server: "WfServer", params: types.CodeAction) -> Json | types.CodeAction:
    """A code action with its edit."""
    data: Any = params.data
    action: Json = {"title": params.title, "kind": params.kind, "data": data}
    if not isinstance(data, dict) or not {"refactoring", "silence"} & data.keys():
        return params  # it is whole already; some editors ask all the same
    session, given = server.session, handed_back(data, ActionData)
    path = path_of(given.uri)
    known, text = session.open.get(path), session.text(path)
    if text is None or (known.version if known else None) != given.version:
        refuse(Refused("The document has changed since this was offered"))
    span = Span(*(min(max(offset, 0), len(text)) for offset in given.span))
    if given.silence is not None:
        workspace = session.workspace(path)
        edits = silenced(workspace, diagnostics(workspace, path, MOST), path, given.silence, span)
        return {**action, "edit": workspace_edit(server, workspace, edits)}
    selection = _selection(server, path, span)
    change = refactored(selection, given.refactoring)
    if change is None:
        refuse(Refused("This cannot be done here: something that reads these steps would be wrong after it"))
    return {**action, "edit": workspace_edit(server, selection.workspace, change.edits, change.new_files)}


def _selection(server: "WfServer", path: str, span: Span) -> Selection:
    client = server.session.client
    return Selection(
        server.session.workspace(path), path, span, new_files=client.creates_files and client.document_changes
    )


def _refactorings(
    server: "WfServer", workspace: Workspace, params: types.CodeActionParams, span: Span
) -> Iterator[Json]:
    uri = params.text_document.uri
    path, only = path_of(uri), params.context.only
    client = server.session.client
    selection = _selection(server, path, span)
    for each, title in offered(selection):
        if not _asked_for(each.kind, only):
            continue
        action: Json = {"title": title, "kind": each.kind}
        if client.resolves_edits and client.action_literals:
            yield {**action, "data": to_be_resolved(server, uri, span, refactoring=each.name)}
            continue
        change = refactored(selection, each.name) if span.end - span.start <= _LARGE else None
        if change is not None:
            yield {**action, "edit": workspace_edit(server, workspace, change.edits, change.new_files)}


def _asked_for(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a kind is among those that the client wants: `source` stands for `source.fixAll` too."""
    return only is None or any(kind == wanted or kind.startswith(f"{wanted}.") or wanted == "" for wanted in only)


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _fixes(server: "WfServer", workspace: Workspace, found: Diagnostic, text: Text) -> Iterator[Json]:
    session = server.session
    shown = diagnostic(found, text, session.encoding, session.client, {}, session.uri)
    for number, fix in enumerate(found.fixes):
        action = {
            "title": fix.title,
            "kind": _QUICK_FIX,
            "diagnostics": [shown],
            "edit": workspace_edit(server, workspace, fix.edits),
        }
        yield {**action, "isPreferred": number == 0 and fix.safe} if session.client.preferred_actions else action


def _fix_same(
    server: "WfServer", workspace: Workspace, found: Iterable[Diagnostic], touched: Iterable[Diagnostic]
) -> Iterator[Json]:
    """One action for all findings of the same kind in the document, where there are several."""
    for code, name in dict.fromkeys((each.code, each.name) for each in touched if each.fixes):
        same = [each for each in found if each.code == code and each.fixes and each.fixes[0].safe]
        chosen = _together(same)
        if len(same) > 1 and chosen:
            title = f"Fix all {len(same)} of {code} ({name}) in this file"
            yield {"title": title, "kind": _QUICK_FIX, "edit": workspace_edit(server, workspace, chosen)}


def _together(found: Iterable[Diagnostic]) -> list[FileEdit]:
    """The first fix of each diagnostic, without those that would touch the same text."""
    chosen: list[FileEdit] = []
    taken: dict[str, list[Span]] = {}
    for each in found:
        edits = each.fixes[0].edits
        if not any(_touches_one(edit.edit.span, taken.get(edit.path, [])) for edit in edits):
            chosen.extend(edits)
            for edit in edits:
                insort(taken.setdefault(edit.path, []), edit.edit.span)
    return chosen


def _touches_one(span: Span, others: list[Span]) -> bool:
    """Whether a span touches one of others, which stand in order and touch one another in a fix alone."""
    number = bisect_left(others, span)
    return any(_touches(span, other) for other in others[max(0, number - 1) : number + 1])


def _fix_all(server: "WfServer", workspace: Workspace, found: tuple[Diagnostic, ...]) -> Iterator[Json]:
    """The fix of every diagnostic that has just one and needs no decision, without those that touch the same text."""
    chosen = _together(each for each in found if len(each.fixes) == 1 and each.fixes[0].safe)
    if chosen:
        yield {"title": "Apply all fixes", "kind": _FIX_ALL, "edit": workspace_edit(server, workspace, chosen)}


def _as_command(action: Json) -> Json:
    """For clients that take commands alone."""
    return {"title": action["title"], "command": "wf.applyEdit", "arguments": [action["edit"]]}
