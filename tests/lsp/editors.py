"""An editor at the other end of real stdio: a client as VS Code, Neovim and Emacs are, and the documents in it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.lsp.wire import COMMAND, PATIENCE, at, copy_of_examples
from tests.support import applied
from wf_engine.text import Edit, Position, Span, Text

EDITORS = {"vscode": "visual-studio-code@1.65.2", "neovim": "neovim@0.11.0", "emacs": "emacs@29.1"}
BROKEN = "broken/order-dashboard.workflow.yaml"
SOUND = "workflows/order-dashboard.workflow.yaml"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND), params=EDITORS, ids=list(EDITORS))
async def editor(request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path: Path):
    """A client as an editor is, with the examples as its folder."""
    lsp_client.editor, lsp_client.folder = request.param, copy_of_examples(tmp_path)
    lsp_client.registered = []

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        lsp_client.registered += [each.method for each in params.registrations]

    lsp_client.capabilities = client_capabilities(EDITORS[request.param])
    lsp_client.answer = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=lsp_client.capabilities,
            workspace_folders=[types.WorkspaceFolder(lsp_client.folder.as_uri(), "shop")],
            initialization_options={"trusted": True},
        )
    )
    yield
    await lsp_client.shutdown_session()


class Document:
    """A document that is open in an editor."""

    def __init__(self, client: LanguageClient, path: str, text: str | None = None) -> None:
        file = client.folder / path
        self.client, self.uri = client, file.as_uri()
        self.text = file.read_text("utf-8") if text is None else text
        self.version = 1
        item = types.TextDocumentItem(self.uri, "workflow", 1, self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    @property
    def identifier(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    def place(self, needle: str, shift: int = 0) -> dict:
        return {"text_document": self.identifier, "position": types.Position(*at(self.text, needle, shift))}

    @property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics and is not told."""
        return self.client.capabilities.text_document.diagnostic is not None

    async def diagnostics(self, *wanted: str) -> list[types.Diagnostic]:
        """What is said of it, once all wanted codes are."""
        return await self.diagnostics_when(lambda codes: set(wanted) <= codes)

    async def diagnostics_when(self, good: Callable[[set[str]], bool]) -> list[types.Diagnostic]:
        """What is said of it, once the codes are as wanted."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self._known()
                if good({each.code for each in found}):
                    return found
                if not self.pulls:
                    await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)

    async def _known(self) -> list[types.Diagnostic]:
        if not self.pulls:
            return list(self.client.diagnostics.get(self.uri, []))
        assert self.uri not in self.client.diagnostics
        params = types.DocumentDiagnosticParams(self.identifier)
        answer = await self.client.text_document_diagnostic_async(params)
        return list(answer.items)

    def apply(self, edits: list[types.TextEdit]) -> str:
        """Its text after edits, for an ASCII document."""
        text = Text(self.text)
        offset = lambda each: text.offset(Position(each.line, each.character))
        return applied(self.text, [Edit(Span(offset(e.range.start), offset(e.range.end)), e.new_text) for e in edits])


def edits_of(edit: types.WorkspaceEdit, uri: str) -> list[types.TextEdit]:
    if edit.changes is not None:
        return list(edit.changes[uri])
    return [each for change in edit.document_changes for each in change.edits if change.text_document.uri == uri]


async def until(ask: Callable[[], Awaitable[Any]], good: Callable[[Any], bool]) -> Any:
    """Asks again and again until the answer is good: the workspace is read in the background."""
    async with asyncio.timeout(PATIENCE):
        while not good(answer := await ask()):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)
    return answer


async def problems_when(
    client: LanguageClient, uri: str, good: Callable[[list[types.Diagnostic]], bool]
) -> list[types.Diagnostic]:
    """What is said of a document that is not open, once it is as wanted."""

    async def known() -> list[types.Diagnostic]:
        if client.capabilities.text_document.diagnostic is None:
            return list(client.diagnostics.get(uri, []))
        answer = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        return [each for report in answer.items if report.uri == uri for each in report.items]

    return await until(known, good)
