"""Code actions that put `# wf-ignore` where a finding is only advice; what keeps a workflow from running wants mending."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.checks import Suppressions
from wf_engine.editing import suppression
from wf_engine.text import Diagnostic, FileEdit, Severity, Span
from wf_engine.workspace import Workspace
from wf_lsp.convert import Json
from wf_lsp.edits import to_be_resolved, workspace_edit

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def silencing(server: "WfServer", workspace: Workspace, touched: Iterable[Diagnostic]) -> Iterator[Json]:
    """One for each finding; the comments of a long file are read when it is chosen, where the client can ask then."""
    client, comments = server.session.client, None
    for each in [each for each in touched if each.severity is not Severity.ERROR]:
        path, span = each.location.path, each.location.span
        action: Json = {"title": f"Ignore {each.code} ({each.name}) here", "kind": types.CodeActionKind.QuickFix.value}
        if client.resolves_edits and client.action_literals:
            yield {**action, "data": to_be_resolved(server, server.session.uri(path), span, silence=each.code)}
            continue
        comments = comments or Suppressions(workspace.files[path])
        edit = FileEdit(path, suppression(workspace.files[path], comments, each))
        yield {**action, "edit": workspace_edit(server, workspace, [edit])}


def silenced(workspace: Workspace, found: Iterable[Diagnostic], path: str, code: str, span: Span) -> Iterator[FileEdit]:
    """The edit that silences what is found at a place of a file, if it still is."""
    file = workspace.files[path]
    for each in found:
        if (each.code, each.location.span) == (code, span):
            yield FileEdit(path, suppression(file, Suppressions(file), each))
            return
