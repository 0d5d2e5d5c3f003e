"""Each method of the protocol at least once, over real stdio, as three editors would ask; what they get they can take."""

import asyncio

from lsprotocol import types

from tests.lsp.editors import BROKEN, SOUND, Document, edits_of, over_stdio, problems_when, until
from tests.lsp.wire import at, range_of

pytestmark = over_stdio


async def test_initialize(editor):
    capabilities = editor.answer.capabilities
    assert capabilities.position_encoding == editor.capabilities.general.position_encodings[0]
    assert capabilities.text_document_sync.change == types.TextDocumentSyncKind.Incremental
    assert "wf.run" in capabilities.execute_command_provider.commands
    assert editor.answer.server_info.name == "wf"


async def test_register_capability(editor):
    document = Document(editor, BROKEN)
    await document.diagnostics("WF301")
    watched = editor.capabilities.workspace.did_change_watched_files
    watches = watched is not None and bool(watched.dynamic_registration)
    assert (types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor.registered) is watches


async def test_publish_diagnostics(editor):
    document = Document(editor, BROKEN)
    found = {
        each.code: each for each in await document.diagnostics("WF201", "WF301", "WF305", "WF407", "WF503", "WF504")
    }
    misspelt = found["WF201"]
    assert document.text.split("\n")[misspelt.range.start.line][misspelt.range.start.character :].startswith("taskref")
    assert "Did you mean `taskRef`?" in misspelt.message
    assert misspelt.severity == types.DiagnosticSeverity.Error
    assert misspelt.source == "wf"
    assert bool(found["WF305"].related_information) == bool(
        editor.capabilities.text_document.publish_diagnostics.related_information
    )


async def test_did_change_and_the_diagnostics_after_it(editor):
    document = Document(editor, BROKEN)
    await document.diagnostics("WF201")
    start = types.Position(*at(document.text, "taskref"))
    change = types.TextDocumentContentChangePartial(
        types.Range(start, types.Position(start.line, start.character + 7)), "taskRef"
    )
    identifier = types.VersionedTextDocumentIdentifier(2, document.uri)
    editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    await document.diagnostics_when(lambda codes: "WF201" not in codes and "WF301" in codes)


async def test_did_save_and_did_close(editor):
    document = Document(editor, "new.workflow.yaml", "apiVersion: workflow.io/v1\nkind: Workflw\n")
    await document.diagnostics_when(bool)
    editor.text_document_did_save(types.DidSaveTextDocumentParams(document.identifier))
    editor.text_document_did_close(types.DidCloseTextDocumentParams(document.identifier))
    assert await document.diagnostics_when(lambda codes: not codes) == []


async def test_completion(editor):
    document = Document(editor, BROKEN)
    await document.diagnostics("WF301")
    answer = await editor.text_document_completion_async(types.CompletionParams(**document.place("get-paymnt", 3)))
    assert answer.is_incomplete is False
    labels = [item.label for item in sorted(answer.items, key=lambda item: item.sort_text)]
    assert labels[0] == "get-payment"
    chosen = next(item for item in answer.items if item.label == "get-payment")
    edit = chosen.text_edit
    span = edit.replace if isinstance(edit, types.InsertReplaceEdit) else edit.range
    assert "taskRef: get-payment\n" in document.apply([types.TextEdit(span, edit.new_text)])


async def test_completion_of_a_task_with_its_inputs(editor):
    document = Document(editor, SOUND)
    text = document.text.replace("  output:", "    - id: more\n      taskRef: \n  output:", 1)
    document = Document(editor, "other.workflow.yaml", text)
    await asyncio.sleep(0)
    labels: set[str] = set()
    async with asyncio.timeout(60):
        while "send-notification" not in labels:
            params = types.CompletionParams(**document.place("      taskRef: \n", 15))
            answer = await editor.text_document_completion_async(params)
            labels = {item.label for item in answer.items}
    item = next(item for item in answer.items if item.label == "send-notification")
    lines = item.text_edit.new_text.split("\n")
    able = editor.capabilities.text_document.completion.completion_item
    snippet = bool(able.snippet_support)
    assert (item.insert_text_format == types.InsertTextFormat.Snippet) is snippet
    assert ("${1:" in item.text_edit.new_text) is snippet
    # VS Code is told to leave the lines as they are; Neovim indents them itself, as far as the line is indented.
    as_is = able.insert_text_mode_support is not None
    assert lines[1] == ("input:" if snippet and not as_is else "      input:")
    assert (item.insert_text_mode == types.InsertTextMode.AsIs) is as_is


async def test_hover(editor):
    document = Document(editor, BROKEN)
    await document.diagnostics("WF301")
    answer = await editor.text_document_hover_async(types.HoverParams(**document.place("taskRef: get-order", 12)))
    assert answer.contents.kind == editor.capabilities.text_document.hover.content_format[0]
    assert "GET {{env.API}}/orders/{{input.id}}" in answer.contents.value
    assert ("**" in answer.contents.value) is (answer.contents.kind == types.MarkupKind.Markdown)
    assert answer.range.start == types.Position(*at(document.text, "get-order"))


async def test_definition(editor):
    document = Document(editor, BROKEN)
    await document.diagnostics("WF301")
    (found,) = await editor.text_document_definition_async(
        types.DefinitionParams(**document.place("taskRef: get-order", 12))
    )
    uri = (editor.folder / "tasks/orders/get-order.task.yaml").as_uri()
    if isinstance(found, types.LocationLink):
        assert found.target_uri == uri
        assert found.origin_selection_range.start == types.Position(*at(document.text, "get-order"))
    else:
        assert found.uri == uri


async def test_document_symbol(editor):
    document = Document(editor, SOUND)
    (workflow,) = await editor.text_document_document_symbol_async(types.DocumentSymbolParams(document.identifier))
    assert (workflow.name, workflow.detail) == ("order-dashboard", "Workflow")
    assert [child.name for child in workflow.children if child.kind == types.SymbolKind.Function][:2] == [
        "order",
        "report",
    ]


async def test_code_action_of_a_diagnostic(editor):
    document = Document(editor, BROKEN)
    found = next(each for each in await document.diagnostics("WF201") if each.code == "WF201")
    context = types.CodeActionContext([found], only=[types.CodeActionKind.QuickFix])
    (action,) = await editor.text_document_code_action_async(
        types.CodeActionParams(document.identifier, found.range, context)
    )
    assert action.title == "Change it to `taskRef`"
    assert action.is_preferred
    fixed = document.apply(edits_of(action.edit, document.uri))
    assert fixed == document.text.replace("taskref: get-user", "taskRef: get-user")


async def test_code_action_for_all_diagnostics(editor):
    document = Document(editor, BROKEN)
    await document.diagnostics("WF201", "WF301", "WF503", "WF504")
    whole = types.Range(types.Position(0, 0), types.Position(0, 0))
    context = types.CodeActionContext([], only=[types.CodeActionKind.SourceFixAll])
    (action,) = await editor.text_document_code_action_async(
        types.CodeActionParams(document.identifier, whole, context)
    )
    fixed = document.apply(edits_of(action.edit, document.uri))
    for piece in ("taskRef: get-user", "taskRef: get-payment", "limit: 5"):
        assert piece in fixed
    nothing = types.CodeActionContext([], only=[types.CodeActionKind.Refactor])
    assert not await editor.text_document_code_action_async(types.CodeActionParams(document.identifier, whole, nothing))


async def test_code_lens(editor):
    document = Document(editor, SOUND)
    lenses = await editor.text_document_code_lens_async(types.CodeLensParams(document.identifier))
    assert [lens.command.title for lens in lenses][:3] == ["▶ Run", "Dry run", "0 references"]
    assert list(lenses[0].command.arguments) == [{"uri": document.uri, "workflow": "order-dashboard"}]
    assert lenses[0].range.start == types.Position(*at(document.text, "order-dashboard"))


async def test_workspace_folders(editor, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "wf.toml").write_text("")
    (other / "broken.workflow.yaml").write_text("apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: x}\n")
    folder = types.WorkspaceFolder(other.as_uri(), "other")
    uri = (other / "broken.workflow.yaml").as_uri()
    change = types.WorkspaceFoldersChangeEvent
    editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change([folder], [])))
    await problems_when(editor, uri, bool)
    editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change([], [folder])))
    await problems_when(editor, uri, lambda found: not found)


async def test_did_change_watched_files(editor):
    task = editor.folder / "tasks" / "new.task.yaml"
    name = types.WorkspaceSymbolParams("fresh-from-disk")

    async def tell(kind: types.FileChangeType) -> None:
        change = types.FileEvent(task.as_uri(), kind)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))

    task.write_text("apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {name: fresh-from-disk}\n")
    await tell(types.FileChangeType.Created)
    (found,) = await editor.workspace_symbol_async(name)
    assert found.location.uri == task.as_uri()
    task.unlink()
    await tell(types.FileChangeType.Deleted)
    assert not await editor.workspace_symbol_async(name)


async def test_did_change_configuration(editor):
    document = Document(editor, SOUND)
    whole = types.InlayHintParams(document.identifier, types.Range(types.Position(0, 0), types.Position(9999, 0)))
    ask = lambda: editor.text_document_inlay_hint_async(whole)
    for on in (False, True):
        settings = {"inlayHints": dict.fromkeys(("types", "levels", "durations", "values"), on)}
        editor.set_configuration(settings, section="wf")  # for whoever is asked
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams({"wf": settings}))
        await until(ask, lambda found, on=on: bool(found) is on)
    refreshes = editor.capabilities.workspace.inlay_hint
    assert (types.WORKSPACE_INLAY_HINT_REFRESH in editor.refreshed) is (refreshes is not None)


async def test_inline_value(editor):
    document = Document(editor, SOUND)
    line, column = at(document.text, "input.orderId}}")
    stopped = types.Range(types.Position(line, 0), types.Position(line, 1))
    context = types.InlineValueContext(frame_id=1, stopped_location=stopped)
    whole = types.Range(types.Position(0, 0), types.Position(9999, 0))
    (found,) = await editor.text_document_inline_value_async(
        types.InlineValueParams(document.identifier, whole, context)
    )
    assert found.expression == "input.orderId"
    assert found.range.start == types.Position(line, column)


async def test_pulled_diagnostics(editor):
    document = Document(editor, BROKEN)
    report = await editor.text_document_diagnostic_async(types.DocumentDiagnosticParams(document.identifier))
    again = types.DocumentDiagnosticParams(document.identifier, previous_result_id=report.result_id)
    assert (await editor.text_document_diagnostic_async(again)).kind == "unchanged"
    answer = await editor.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    (whole,) = [each for each in answer.items if each.uri == document.uri]
    assert {each.code for each in whole.items} >= {each.code for each in report.items} > {"WF201"}


async def test_execute_command(editor):
    async def command(name: str, *arguments: object) -> object:
        return await editor.workspace_execute_command_async(types.ExecuteCommandParams(name, list(arguments)))

    document = Document(editor, SOUND)
    assert (await command("wf.cancel", {})) == {"cancelled": 0}
    assert (await command("wf.validateWorkspace"))["files"] > 10
    line, column = at(document.text, "order-dashboard")
    argument = {"uri": document.uri, "position": {"line": line, "character": column}}
    assert (await command("wf.showReferences", argument)) == {"locations": []}
    edit = {"changes": {document.uri: [{"range": range_of((0, 0)), "newText": "#"}]}}
    assert (await command("wf.applyEdit", edit)) is None
    assert [each.new_text for each in edits_of(editor.applied.pop(), document.uri)] == ["#"]
