"""textDocument/codeAction: the fixes of the diagnostics in a range, and all fixes of a document at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.checks import diagnostics
from wf_engine.text import Diagnostic, FileEdit, Text
from wf_lsp.convert import diagnostic, path_of, span_of, workspace_edit

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def code_action(server: "WfServer", params: types.CodeActionParams) -> list[types.CodeAction]:
    """Fixes of what is wrong in the range, computed for the text as it is now."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return []
    found = diagnostics(session.workspace, path)
    span = span_of(text, params.range, session.encoding)
    only = set(params.context.only or ())
    actions: list[types.CodeAction] = []
    if not only or types.CodeActionKind.QuickFix in only:
        touched = [each for each in found if each.location.span.start <= span.end and span.start <= each.location.span.end]
        actions.extend(action for each in touched for action in _fixes(server, each, text))
    if any(wanted == "source" or wanted.startswith("source.fixAll") for wanted in only):
        actions.extend(_fix_all(server, found))
    return actions


def _texts(server: "WfServer", edits: tuple[FileEdit, ...]) -> dict[str, Text]:
    files = server.session.workspace.files
    return {edit.path: files[edit.path].text for edit in edits}


def _fixes(server: "WfServer", found: Diagnostic, text: Text) -> Iterator[types.CodeAction]:
    session = server.session
    shown = diagnostic(found, text, {}, session.encoding, related=False)
    for number, fix in enumerate(found.fixes):
        yield types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown],
            is_preferred=number == 0 and len(found.fixes) == 1,
            edit=workspace_edit(fix.edits, _texts(server, fix.edits), session.uris, session.encoding),
        )


def _fix_all(server: "WfServer", found: tuple[Diagnostic, ...]) -> Iterator[types.CodeAction]:
    """The first fix of every diagnostic that has just one, leaving out those that would touch the same text."""
    session = server.session
    chosen: list[FileEdit] = []
    for each in found:
        if len(each.fixes) == 1 and not any(_overlap(edit, other) for edit in each.fixes[0].edits for other in chosen):
            chosen.extend(each.fixes[0].edits)
    if chosen:
        edits = tuple(chosen)
        yield types.CodeAction(
            title="Apply all fixes",
            kind=types.CodeActionKind.SourceFixAll,
            edit=workspace_edit(edits, _texts(server, edits), session.uris, session.encoding),
        )


def _overlap(one: FileEdit, other: FileEdit) -> bool:
    a, b = one.edit.span, other.edit.span
    return one.path == other.path and a.start <= b.end and b.start <= a.end
