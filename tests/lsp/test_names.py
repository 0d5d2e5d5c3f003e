"""Everything that is about names, over real stdio, as three editors would ask."""

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.editors import SOUND, Document, edits_of, over_stdio
from tests.lsp.wire import at

pytestmark = over_stdio
TASK = "tasks/users/get-user.task.yaml"


async def ready(client, path=SOUND):
    """A document whose workspace is read."""
    document = Document(client, path)
    await document.diagnostics()
    for name in ("get-user", "user-profile", "pay-with-retry"):
        while not await client.workspace_symbol_async(types.WorkspaceSymbolParams(name)):
            pass
    return document


async def test_type_definition(editor):
    document = await ready(editor)
    (found,) = await editor.text_document_type_definition_async(
        types.TypeDefinitionParams(**document.place("{{tasks.user.output.name", 8))
    )
    uri = found.target_uri if isinstance(found, types.LocationLink) else found.uri
    assert uri.endswith(TASK)


async def test_references(editor):
    document = await ready(editor)
    context = types.ReferenceContext(include_declaration=False)
    found = await editor.text_document_references_async(
        types.ReferenceParams(context=context, **document.place("taskRef: get-user", 10))
    )
    written = sum(path.read_text().count("taskRef: get-user\n") for path in (editor.folder / "workflows").iterdir())
    assert len(found) >= written >= 3
    assert {each.uri.rpartition("/")[2] for each in found} >= {
        "user-profile.workflow.yaml",
        "pay-with-retry.workflow.yaml",
    }


async def test_document_highlight(editor):
    document = await ready(editor)
    found = await editor.text_document_document_highlight_async(
        types.DocumentHighlightParams(**document.place("- id: quote", 7))
    )
    write, read = types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read
    assert [each.kind for each in found] == [write, read, read]


async def test_prepare_rename_and_rename(editor):
    document = await ready(editor)
    where = document.place("taskRef: get-user", 10)
    prepared = await editor.text_document_prepare_rename_async(types.PrepareRenameParams(**where))
    assert prepared.placeholder == "get-user"
    assert prepared.range.start == types.Position(*at(document.text, "get-user"))
    edit = await editor.text_document_rename_async(types.RenameParams(new_name="read-user", **where))
    assert "taskRef: read-user" in document.apply(edits_of(edit, document.uri))
    task = editor.folder / TASK
    assert [each.new_text for each in edits_of(edit, task.as_uri())] == ["read-user"]
    with pytest.raises(JsonRpcException, match="There is a task `get-order` already"):
        await editor.text_document_rename_async(types.RenameParams(new_name="get-order", **where))


async def test_workspace_symbol(editor):
    await ready(editor)
    (found, *_) = await editor.workspace_symbol_async(types.WorkspaceSymbolParams("get-user"))
    assert found.name == "get-user"
    later = editor.capabilities.workspace.symbol.resolve_support is not None
    assert isinstance(found.location, types.LocationUriOnly) is later
    if later:
        found = await editor.workspace_symbol_resolve_async(found)
    assert found.location.range.start == types.Position(4, 8)


async def test_call_hierarchy(editor):
    document = await ready(editor)
    (item,) = await editor.text_document_prepare_call_hierarchy_async(
        types.CallHierarchyPrepareParams(**document.place("taskRef: get-user", 10))
    )
    assert item.name == "get-user"
    calls = await editor.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item))
    assert {each.from_.name for each in calls} >= {"user-profile", "order-dashboard", "pay-with-retry"}
    dashboard = next(each.from_ for each in calls if each.from_.name == "order-dashboard")
    runs = await editor.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(dashboard))
    assert [each.to.name for each in runs][:2] == ["get-order", "wait"]
