"""An editor at the other end of real stdio: a client as VS Code, Neovim and Emacs are, and the documents in it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from lsprotocol.converters import get_converter
from pytest_lsp import ClientServerConfig, LanguageClient

from tests.lsp.wire import COMMAND, PATIENCE, Json, at, copy_of_examples
from tests.support import applied
from wf_engine.text import Edit, Position, Span, Text

RECORDED, OLDER = Path(__file__).parent / "clients", Path(pytest_lsp.__file__).parent / "clients"
EDITORS = {
    "vscode": RECORDED / "vscode.json",
    "neovim": RECORDED / "neovim.json",
    "emacs": RECORDED / "emacs.json",
    "neovim-0.11": OLDER / "neovim_v0.11.0.json",
    "emacs-29": OLDER / "emacs_v29.1.json",
}
"""What editors say of themselves: as the real ones did to tests/editors/record.py, or to pytest-lsp."""
REFRESHES = (
    types.WORKSPACE_CODE_LENS_REFRESH,
    types.WORKSPACE_INLAY_HINT_REFRESH,
    types.WORKSPACE_INLINE_VALUE_REFRESH,
)
BROKEN = "broken/order-dashboard.workflow.yaml"
SOUND = "workflows/order-dashboard.workflow.yaml"


over_stdio = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]
"""The marks of a module whose tests have an `editor`; one server serves them all."""


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=COMMAND), params=EDITORS, ids=list(EDITORS), scope="module"
)
async def session(request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory):
    """A client as an editor is, with the examples as its folder."""
    client = lsp_client
    client.editor, client.folder = request.param, copy_of_examples(tmp_path_factory.mktemp("editor"))
    client.registered, client.documents, client.applied, client.refreshed = [], {}, [], []

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        client.registered += [each.method for each in params.registrations]

    for method in REFRESHES:
        client.feature(method)(lambda _, method=method: client.refreshed.append(method))

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        client.applied.append(params.edit)
        return types.ApplyWorkspaceEditResult(applied=True)

    said = get_converter().structure(
        {"processId": None, "rootUri": None, **said_by(client.editor)}, types.InitializeParams
    )
    said.workspace_folders = [types.WorkspaceFolder(client.folder.as_uri(), "shop")]
    said.initialization_options = {**(said.initialization_options or {}), "trusted": True}
    client.answer = await client.initialize_session(said)
    yield
    await client.shutdown_session()


@pytest_asyncio.fixture(loop_scope="module")
async def editor(session: LanguageClient) -> AsyncIterator[LanguageClient]:
    """An editor in which nothing is open; what a test opens is closed after it."""
    yield session
    for document in session.documents.values():
        session.text_document_did_close(types.DidCloseTextDocumentParams(document.identifier))
    session.documents.clear()
    await session.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))  # all is checked then
    session.diagnostics.clear()


def said_by(editor: str) -> Json:
    """The parameters of `initialize` that an editor sends, without what is a machine's."""
    return json.loads(EDITORS[editor].read_text("utf-8"))


class Document:
    """A document that is open in an editor."""

    def __init__(self, client: LanguageClient, path: str, text: str | None = None) -> None:
        file = client.folder / path
        self.client, self.uri = client, file.as_uri()
        self.text = file.read_text("utf-8") if text is None else text
        self.version = 1
        item = types.TextDocumentItem(self.uri, "workflow", 1, self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        client.documents[self.uri] = self

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
        return await until(self._known, lambda found: good({each.code for each in found}))

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
