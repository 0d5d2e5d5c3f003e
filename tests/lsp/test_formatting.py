"""Formatting over real stdio: a document, a range, a line that was just ended; and names that change together."""

from lsprotocol import types

from tests.lsp.editors import SOUND, Document, over_stdio
from tests.lsp.wire import at

pytestmark = over_stdio
UNTIDY = (
    "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name:  x}\nspec:\n    tasks:\n"
    '        - id:   a # größe\n          taskRef: get-user\n          input: {id:   "1"}\n'
)
OPTIONS = types.FormattingOptions(tab_size=4, insert_spaces=True)


async def test_formatting(editor):
    document = Document(editor, "new.workflow.yaml", UNTIDY)
    params = types.DocumentFormattingParams(document.identifier, OPTIONS)
    tidy = document.apply(await editor.text_document_formatting_async(params))
    assert "metadata: {name: x}\n" in tidy
    assert '      input: {id: "1"}\n' in tidy
    assert "# größe" in tidy
    again = Document(editor, "tidy.workflow.yaml", tidy)
    assert not await editor.text_document_formatting_async(types.DocumentFormattingParams(again.identifier, OPTIONS))


async def test_range_formatting(editor):
    document = Document(editor, "new.workflow.yaml", UNTIDY)
    line = types.Range(types.Position(2, 0), types.Position(2, 5))
    params = types.DocumentRangeFormattingParams(document.identifier, line, OPTIONS)
    tidy = document.apply(await editor.text_document_range_formatting_async(params))
    assert tidy == UNTIDY.replace("name:  x", "name: x")


async def test_on_type_formatting(editor):
    document = Document(editor, "new.workflow.yaml", UNTIDY)
    params = types.DocumentOnTypeFormattingParams(document.identifier, types.Position(3, 0), "\n", OPTIONS)
    tidy = document.apply(await editor.text_document_on_type_formatting_async(params))
    assert tidy == UNTIDY.replace("name:  x", "name: x")
    first = types.DocumentOnTypeFormattingParams(document.identifier, types.Position(0, 0), "\n", OPTIONS)
    assert not await editor.text_document_on_type_formatting_async(first)


async def test_what_cannot_be_read_and_what_is_not_ours_is_left_alone(editor):
    for text in (UNTIDY + "  - [\n", "kind:   Pod\n"):
        document = Document(editor, f"new-{len(text)}.yaml", text)
        params = types.DocumentFormattingParams(document.identifier, OPTIONS)
        assert not await editor.text_document_formatting_async(params)


async def test_linked_editing_range(editor):
    document = Document(editor, SOUND)
    params = types.LinkedEditingRangeParams(**document.place("- id: stock", 6))
    found = await editor.text_document_linked_editing_range_async(params)
    assert len(found.ranges) >= 3
    assert found.ranges[0].start == types.Position(*at(document.text, "- id: stock", 6))
    nowhere = types.LinkedEditingRangeParams(**document.place("kind"))
    assert await editor.text_document_linked_editing_range_async(nowhere) is None
