"""Code actions over real stdio: fixes, fixes of a kind, refactorings resolved when chosen, and poorer clients."""

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.editors import BROKEN, SOUND, Document, edits_of, over_stdio
from tests.lsp.wire import at

pytestmark = over_stdio


async def actions(editor, document, needle, *only):
    place = types.Position(*at(document.text, needle, 1))
    context = types.CodeActionContext([], only=list(only) or None)
    params = types.CodeActionParams(document.identifier, types.Range(place, place), context)
    found = await editor.text_document_code_action_async(params)
    return {each.title: each for each in found}


async def test_a_refactoring_is_worked_out_when_it_is_chosen(editor):
    document = Document(editor, SOUND)
    found = await actions(editor, document, "limit: 5", types.CodeActionKind.Refactor)
    assert {each.kind for each in found.values()} <= {"refactor.extract", "refactor.rewrite", "refactor.inline"}
    chosen = (await actions(editor, document, ": 5\n\n", "refactor.extract"))["Extract to the input `limit`"]
    if chosen.edit is None:
        chosen = await editor.code_action_resolve_async(chosen)
    after = document.apply(edits_of(chosen.edit, document.uri))
    assert "limit: {type: integer, default: 5}" in after
    assert 'limit: "{{input.limit}}"' in after


async def test_one_fix_for_all_of_a_kind(editor):
    document = Document(editor, BROKEN)
    text = document.text.replace("{{tasks.user.output.tier}}", "{{tasks.order.output.totalCent}}")
    document = Document(editor, "broken/other.workflow.yaml", text)
    await document.diagnostics("WF407", "WF408")
    found = await actions(editor, document, "totalCent}}", types.CodeActionKind.QuickFix)
    (title,) = [each for each in found if each.startswith("Fix all")]
    after = document.apply(edits_of(found[title].edit, document.uri))
    assert "totalCent}}" not in after


async def test_advice_is_ignored_where_it_is_given(editor):
    text = Document(editor, SOUND).text.replace("name: order-dashboard", "name: idle", 1)
    text = text.replace("  input:\n", "  input:\n    idle: {type: string}\n", 1)
    document = Document(editor, "idle.workflow.yaml", text)
    await document.diagnostics("WF803")
    chosen = (await actions(editor, document, "idle:", types.CodeActionKind.QuickFix))[
        "Ignore WF803 (unused-input) here"
    ]
    if chosen.edit is None:
        chosen = await editor.code_action_resolve_async(chosen)
    after = document.apply(edits_of(chosen.edit, document.uri))
    assert after == text.replace("    idle:", "    # wf-ignore: WF803\n    idle:")


async def test_a_new_file_is_made_where_the_editor_can(editor):
    document = Document(
        editor, "new.workflow.yaml", Document(editor, SOUND).text.replace("taskRef: get-user", "taskRef: get-person")
    )
    await document.diagnostics("WF301")
    found = await actions(editor, document, "get-person", types.CodeActionKind.QuickFix)
    chosen = found["Create the task `get-person`"]
    if chosen.edit is None:
        chosen = await editor.code_action_resolve_async(chosen)
    made = [each for each in chosen.edit.document_changes or () if isinstance(each, types.CreateFile)]
    if made:
        assert made[0].uri.endswith("/get-person.task.yaml")
    else:
        assert "\n---\napiVersion: workflow.io/v1\nkind: WorkflowTask\n" in document.apply(
            edits_of(chosen.edit, document.uri)
        )


async def test_what_was_offered_for_another_text_is_refused(editor):
    document = Document(editor, SOUND)
    found = await actions(editor, document, ": 5\n\n", "refactor.extract")
    chosen = found["Extract to the input `limit`"]
    if chosen.edit is not None:
        return
    identifier = types.VersionedTextDocumentIdentifier(2, document.uri)
    change = types.TextDocumentContentChangeWholeDocument(document.text + "\n")
    editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    with pytest.raises(JsonRpcException, match="has changed"):
        await editor.code_action_resolve_async(chosen)


async def test_a_lens_counts_references(editor):
    document = Document(editor, SOUND)
    await document.diagnostics()
    found = await editor.text_document_code_lens_async(types.CodeLensParams(document.identifier))
    assert [each.command.title for each in found] == ["▶ Run", "Dry run", "0 references"]


async def test_the_documentation_of_an_item_is_there_when_it_is_looked_at(editor):
    document = Document(editor, SOUND)
    await document.diagnostics()
    answer = await editor.text_document_completion_async(types.CompletionParams(**document.place("maxConcurrency", 2)))
    item = next(each for each in answer.items if each.label == "maxConcurrency")
    if item.documentation is None:
        item = await editor.completion_item_resolve_async(item)
    text = item.documentation if isinstance(item.documentation, str) else item.documentation.value
    assert "Calls in flight at once" in text
