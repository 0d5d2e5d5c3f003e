"""textDocument/diagnostic and workspace/diagnostic: diagnostics for clients that ask for them."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_lsp.convert import Json, path_of
from wf_lsp.features.diagnostics import check_now
from wf_lsp.scheduler import EDITED
from wf_lsp.session import Published

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_MOMENT = 0.5
"""Seconds that a client waits for the rest of a workspace that is being read."""
_BATCH = 100
"""Documents of one partial result."""


async def document_diagnostic(server: "WfServer", params: types.DocumentDiagnosticParams) -> Json:
    """What there is to say of a document as it is, or that it is what the client has."""
    session = server.session
    path = path_of(params.text_document.uri)
    if session.text(path) is None:
        return {"kind": "full", "items": []}
    project = session.project(path)
    if not project.workspace.complete:
        # What is missing by now may come in a moment. A client that cannot be told so has to wait for all of it.
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOMENT if session.client.refreshes_diagnostics else None):
                await server.scheduler.rest()
    if server.scheduler.priority(f"check {path}") is not None or path not in session.published:
        if server.scheduler.priority(f"check {path}") != EDITED:
            check_now(server, path)
        await session.pulls.wait(path)
    return _report(session.published.get(path), params.previous_result_id)


def _report(now: Published | None, before: str | None) -> Json:
    if now is None:
        return {"kind": "full", "items": []}
    if now.result == before:
        return {"kind": "unchanged", "resultId": before}
    return {"kind": "full", "resultId": now.result, "items": now.items}


async def workspace_diagnostic(server: "WfServer", params: types.WorkspaceDiagnosticParams) -> Json:
    """What there is to say of all documents, once all are checked; in parts, where the client wants them so."""
    await server.scheduler.rest()
    session = server.session
    before = {path_of(each.uri): each.value for each in params.previous_result_ids}
    gone: Json = {"kind": "full", "items": []}
    reports = [
        {"uri": session.uri(path), "version": now.version, **_report(now, before.get(path))}
        for path, now in session.published.items()
        if now.items or path in before or path in session.open
    ]
    reports += [{"uri": session.uri(path), "version": None, **gone} for path in before if path not in session.published]
    token = params.partial_result_token
    if token is None:
        return {"items": reports}
    for start in range(0, len(reports), _BATCH):
        server.tell("$/progress", {"token": token, "value": {"items": reports[start : start + _BATCH]}})
    return {"items": []}
