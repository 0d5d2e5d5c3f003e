"""textDocument/codeLens: above every workflow and task what can be done with it, and what is known of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import reference_count, shown_duration
from wf_engine.language import WorkflowDocument
from wf_engine.workspace import Definition, SourceFile
from wf_lsp.commands.requests import environ_of, folder_of
from wf_lsp.convert import Json, path_of, range_of
from wf_lsp.last_runs import LastRun, last_runs

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_ENDS = {"succeeded": "✓", "failed": "✗", "cancelled": "■", "timedOut": "✗", "interrupted": "✗"}


def code_lens(server: "WfServer", params: types.CodeLensParams) -> list[Json]:
    """The lenses that are switched on, at the names of what the document defines."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace = session.workspace(path)
    file = workspace.files.get(path)
    if server.inbox is not None and file is not None and _can_run(server, file):
        root = folder_of(server, path)
        session.warm.prepare(root, environ_of(server, root))
    found: list[Json] = []
    for definition in file.definitions() if file else ():
        if file is None or definition.name_place is None:
            continue
        where = range_of(file.text, file.span(definition.source.index, definition.name_place), session.encoding)
        lenses = [*_running(server, definition, params.text_document.uri)]
        if session.settings.on("codeLens.references"):
            lenses.append(_references(reference_count(workspace, definition), params.text_document.uri, where))
        lenses += _last_run(server, definition, params.text_document.uri)
        found += [{"range": where, "command": command} for command in lenses]
    return found


def _can_run(server: "WfServer", file: SourceFile) -> bool:
    """Whether a workflow of a file may be run next."""
    settings = server.session.settings
    wanted = settings.on("codeLens.run") and settings.on("run.enabled")
    return wanted and any(isinstance(each.model, WorkflowDocument) for each in file.definitions())


def _running(server: "WfServer", definition: Definition, uri: str) -> Iterator[Json]:
    settings = server.session.settings
    if isinstance(definition.model, WorkflowDocument) and settings.on("codeLens.run"):
        argument = {"uri": uri, "workflow": definition.key.name}
        if settings.on("run.enabled"):
            yield {"title": "▶ Run", "command": "wf.run", "arguments": [argument]}
        yield {"title": "Dry run", "command": "wf.dryRun", "arguments": [argument]}


def _references(count: int, uri: str, where: Json) -> Json:
    title = f"{count} reference{'' if count == 1 else 's'}"
    return {"title": title, "command": "wf.showReferences", "arguments": [{"uri": uri, "position": where["start"]}]}


def _last_run(server: "WfServer", definition: Definition, uri: str) -> Iterator[Json]:
    if not isinstance(definition.model, WorkflowDocument) or not server.session.settings.on("codeLens.lastRun"):
        return
    run = last_runs(server, definition.path).get(definition.key.name)
    if run is not None:
        argument = {"uri": uri, "executionId": run.execution_id}
        yield {"title": _said(run), "command": "wf.trace", "arguments": [argument]}


def _said(run: LastRun) -> str:
    took = "" if run.duration_ms is None else f" in {shown_duration(run.duration_ms)}"
    return f"{_ENDS.get(run.status, '…')} {run.status}{took}"
