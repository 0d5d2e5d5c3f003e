"""What an editor shows of the structure of a document, over real stdio, as three editors would ask."""

from lsprotocol import types

from tests.lsp.editors import BROKEN, SOUND, Document, over_stdio, until
from tests.lsp.wire import at

pytestmark = over_stdio


def read(document: Document, legend: types.SemanticTokensLegend, data: list[int]) -> list[tuple[str, str]]:
    """Text and type of semantic tokens, for an ASCII document."""
    lines, line, character, found = document.text.split("\n"), 0, 0, []
    for number in range(0, len(data), 5):
        down, right, length, kind, _ = data[number : number + 5]
        line, character = line + down, right if down else character + right
        found.append((lines[line][character : character + length], legend.token_types[kind]))
    return found


async def edited(document: Document, needle: str, text: str) -> None:
    """Puts a text in front of another."""
    place = types.Position(*at(document.text, needle))
    change = types.TextDocumentContentChangePartial(types.Range(place, place), text)
    document.version += 1
    identifier = types.VersionedTextDocumentIdentifier(document.version, document.uri)
    document.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    document.text = document.text.replace(needle, text + needle, 1)


async def test_semantic_tokens(editor):
    document = Document(editor, SOUND)
    legend = editor.answer.capabilities.semantic_tokens_provider.legend
    assert editor.answer.capabilities.semantic_tokens_provider.full == types.SemanticTokensFullDelta(delta=True)
    whole = await editor.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document.identifier))
    said = read(document, legend, whole.data)
    for expected in [("orderId", "property"), ("get-user", "interface"), ("input", "namespace"), ("{{", "macro")]:
        assert expected in said
    assert said[0] == ("order", "variable")
    params = types.SemanticTokensRangeParams(
        document.identifier, types.Range(types.Position(0, 0), types.Position(3, 0))
    )
    part = await editor.text_document_semantic_tokens_range_async(params)
    assert set(read(document, legend, part.data)) <= set(said)


async def test_semantic_tokens_delta(editor):
    document = Document(editor, SOUND)
    legend = editor.answer.capabilities.semantic_tokens_provider.legend
    whole = await editor.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document.identifier))
    await edited(document, "taskRef: get-user\n", "dependsOn: [report]\n      ")
    params = types.SemanticTokensDeltaParams(document.identifier, whole.result_id)
    delta = await editor.text_document_semantic_tokens_full_delta_async(params)
    (edit,) = delta.edits
    data = list(whole.data)
    data[edit.start : edit.start + edit.delete_count] = edit.data
    assert ("report", "variable") in read(document, legend, data)
    assert len(edit.data) < 20
    fresh = await editor.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document.identifier))
    assert list(fresh.data) == data
    same = await editor.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(document.identifier, fresh.result_id)
    )
    assert list(same.edits) == []
    unknown = types.SemanticTokensDeltaParams(document.identifier, "never-sent")
    assert list((await editor.text_document_semantic_tokens_full_delta_async(unknown)).data) == data


async def test_folding_range(editor):
    document = Document(editor, SOUND)
    found = await editor.text_document_folding_range_async(types.FoldingRangeParams(document.identifier))
    starts = {document.text.split("\n")[each.start_line].strip() for each in found}
    assert {"spec:", "tasks:", "- id: order", "output:", "examples:"} <= starts
    assert [each.kind for each in found].count(types.FoldingRangeKind.Comment) == 1
    assert len({each.start_line for each in found}) == len(found)


async def test_selection_range(editor):
    document = Document(editor, SOUND)
    params = types.SelectionRangeParams(
        document.identifier, [types.Position(*at(document.text, "output.userId", 8)), types.Position(9999, 0)]
    )
    first, last = await editor.text_document_selection_range_async(params)
    pieces, now = [], first
    while now is not None:
        pieces.append(now.range.end.line - now.range.start.line)
        now = now.parent
    assert pieces == sorted(pieces)
    assert first.range.end.character - first.range.start.character == len("userId")
    assert last is not None


async def test_document_link(editor):
    document = Document(editor, SOUND)
    params = types.DocumentLinkParams(document.identifier)
    links = await until(lambda: editor.text_document_document_link_async(params), bool)
    target = (editor.folder / "tasks/orders/get-order.task.yaml").as_uri()
    first = next(link for link in links if link.target.startswith(target))
    assert first.range.start == types.Position(*at(document.text, "get-order"))
    assert first.target.partition("#")[2].startswith("L")


async def test_signature_help(editor):
    document = Document(editor, SOUND)
    await edited(document, "input.orderId}}", "replace(input.orderId, ")
    place = document.place("replace(input.orderId, ", len("replace(input.orderId, "))
    answer = await editor.text_document_signature_help_async(types.SignatureHelpParams(**place))
    (found,) = answer.signatures
    assert found.label.startswith("replace(text")
    assert answer.active_parameter == 1
    plain = isinstance(found.documentation, str)
    assert plain or found.documentation.kind in (types.MarkupKind.Markdown, types.MarkupKind.PlainText)
    nowhere = types.SignatureHelpParams(**document.place("kind"))
    assert await editor.text_document_signature_help_async(nowhere) is None


async def test_inlay_hint(editor):
    document = Document(editor, SOUND)
    whole = types.Range(types.Position(0, 0), types.Position(9999, 0))
    params = types.InlayHintParams(document.identifier, whole)
    hints = await until(
        lambda: editor.text_document_inlay_hint_async(params),
        lambda found: ": integer" in [each.label for each in found],
    )
    labels = [hint.label for hint in hints]
    assert "level 1 of 3" in labels
    level = next(hint for hint in hints if hint.label == "level 1 of 3")
    line = document.text.split("\n")[level.position.line]
    assert line[: level.position.character] == "    - id: order"
    assert "same time" in level.tooltip


async def test_a_broken_document_is_answered_all_the_same(editor):
    document = Document(editor, BROKEN, 'apiVersion: workflow.io/v1\nkind: Workflow\nspec: {tasks: [ "{{ größe 🙂')
    identifier = document.identifier
    assert not await editor.text_document_folding_range_async(types.FoldingRangeParams(identifier))
    assert (await editor.text_document_semantic_tokens_full_async(types.SemanticTokensParams(identifier))) is not None
    assert (
        len(
            await editor.text_document_selection_range_async(
                types.SelectionRangeParams(identifier, [types.Position(2, 30)])
            )
        )
        == 1
    )
    whole = types.Range(types.Position(0, 0), types.Position(9, 0))
    assert not await editor.text_document_inlay_hint_async(types.InlayHintParams(identifier, whole))
