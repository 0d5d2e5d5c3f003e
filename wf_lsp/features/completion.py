"""textDocument/completion."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import Item, Kind
from wf_engine.editing import completion as engine_completion
from wf_lsp.convert import offset_at, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    Kind.FIELD: types.CompletionItemKind.Field,
    Kind.VALUE: types.CompletionItemKind.Value,
    Kind.REFERENCE: types.CompletionItemKind.Reference,
    Kind.STEP: types.CompletionItemKind.Variable,
    Kind.PROPERTY: types.CompletionItemKind.Property,
    Kind.FUNCTION: types.CompletionItemKind.Function,
    Kind.ROOT: types.CompletionItemKind.Module,
    Kind.SNIPPET: types.CompletionItemKind.Snippet,
}


def completion(server: "WfServer", params: types.CompletionParams) -> types.CompletionList:
    """What may stand at the position, in the engine's order."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return types.CompletionList(is_incomplete=False, items=[])
    found = engine_completion(session.workspace, path, offset_at(text, params.position, session.encoding))
    where = range_of(text, found.span, session.encoding)
    capabilities = session.client.text_document
    item_support = capabilities.completion.completion_item if capabilities and capabilities.completion else None
    snippets = bool(item_support and item_support.snippet_support)
    items = sorted(found.items, key=lambda item: item.rank)
    return types.CompletionList(
        is_incomplete=False,
        items=[_item(item, number, where, snippets=snippets) for number, item in enumerate(items)],
    )


def _item(item: Item, number: int, where: types.Range, *, snippets: bool) -> types.CompletionItem:
    use_snippet = snippets and item.snippet is not None
    return types.CompletionItem(
        label=item.label,
        kind=_KINDS[item.kind],
        detail=item.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, item.documentation) if item.documentation else None,
        tags=[types.CompletionItemTag.Deprecated] if item.deprecated else None,
        sort_text=f"{number:04}",
        filter_text=item.label,
        insert_text_format=types.InsertTextFormat.Snippet if use_snippet else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(where, item.snippet if use_snippet and item.snippet else item.insert),
    )
