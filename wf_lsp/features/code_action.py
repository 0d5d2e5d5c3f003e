"""textDocument/codeAction: the fixes of the diagnostics in a range, and all fixes of a document at once."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.checks import diagnostics
from wf_engine.text import Diagnostic, FileEdit, Text
from wf_engine.workspace import Workspace
from wf_lsp.convert import Json, diagnostic, path_of, span_of
from wf_lsp.edits import workspace_edit

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_FIX_ALL = types.CodeActionKind.SourceFixAll.value
_QUICK_FIX = types.CodeActionKind.QuickFix.value


def code_action(server: "WfServer", params: types.CodeActionParams) -> list[Json]:
    """Fixes of what is wrong in the range, computed for the text as it is now."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, text = session.workspace(path), session.text(path)
    if text is None:
        return []
    found = diagnostics(workspace, path)
    span = span_of(text, params.range, session.encoding)
    actions: list[Json] = []
    if _asked_for(_QUICK_FIX, params.context.only):
        touched = [
            each for each in found if each.location.span.start <= span.end and span.start <= each.location.span.end
        ]
        actions.extend(action for each in touched for action in _fixes(server, workspace, each, text))
    if params.context.only and _asked_for(_FIX_ALL, params.context.only):
        actions.extend(_fix_all(server, workspace, found))
    if session.client.action_literals:
        return actions
    return [_as_command(action) for action in actions]


def _asked_for(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a kind is among those that the client wants: `source` stands for `source.fixAll` too."""
    return only is None or any(kind == wanted or kind.startswith(f"{wanted}.") or wanted == "" for wanted in only)


def _fixes(server: "WfServer", workspace: Workspace, found: Diagnostic, text: Text) -> Iterator[Json]:
    session = server.session
    shown = diagnostic(found, text, session.encoding, session.client, {}, session.uri)
    for fix in found.fixes:
        yield {
            "title": fix.title,
            "kind": _QUICK_FIX,
            "diagnostics": [shown],
            "isPreferred": len(found.fixes) == 1,
            "edit": workspace_edit(server, workspace, fix.edits),
        }


def _fix_all(server: "WfServer", workspace: Workspace, found: tuple[Diagnostic, ...]) -> Iterator[Json]:
    """The fix of every diagnostic that has just one, without those that would touch the same text."""
    chosen: list[FileEdit] = []
    for each in found:
        if len(each.fixes) == 1 and not any(_touch(edit, other) for edit in each.fixes[0].edits for other in chosen):
            chosen.extend(each.fixes[0].edits)
    if chosen:
        yield {"title": "Apply all fixes", "kind": _FIX_ALL, "edit": workspace_edit(server, workspace, chosen)}


def _touch(one: FileEdit, other: FileEdit) -> bool:
    a, b = one.edit.span, other.edit.span
    return one.path == other.path and a.start <= b.end and b.start <= a.end


def _as_command(action: Json) -> Json:
    """For clients that take commands alone."""
    return {"title": action["title"], "command": "wf.applyEdit", "arguments": [action["edit"]]}
