"""textDocument/completion and completionItem/resolve: a long list is short of documentation until it is looked at."""

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from wf_engine.editing import Completions, Item, Kind
from wf_engine.editing import completion as engine_completion
from wf_engine.text import Span, Text
from wf_lsp.client import Client
from wf_lsp.convert import Json, offset_at, path_of, plain_text, position_at
from wf_lsp.handed_back import CompletionData, handed_back

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    Kind.FIELD: types.CompletionItemKind.Field.value,
    Kind.VALUE: types.CompletionItemKind.Value.value,
    Kind.REFERENCE: types.CompletionItemKind.Reference.value,
    Kind.STEP: types.CompletionItemKind.Variable.value,
    Kind.PROPERTY: types.CompletionItemKind.Property.value,
    Kind.FUNCTION: types.CompletionItemKind.Function.value,
    Kind.ROOT: types.CompletionItemKind.Module.value,
    Kind.SNIPPET: types.CompletionItemKind.Snippet.value,
}
_MOST_ITEMS = 500
"""Items that are sent at once: of more, those that go with what is typed."""


def completion(server: "WfServer", params: types.CompletionParams) -> Json | None:
    """What may stand at the position, in the engine's order."""
    session = server.session
    path = path_of(params.text_document.uri)
    workspace, known = session.workspace(path), session.open.get(path)
    file = workspace.files.get(path)
    if file is None:
        return None
    offset = offset_at(file.text, params.position, session.encoding)
    if _indents(file.text, offset, params.context):
        return None
    found = engine_completion(workspace, path, offset, ours=known is not None and known.ours)
    chosen = _chosen(found, file.text, offset)
    asked = {"uri": params.text_document.uri, "offset": offset, "version": known.version if known else None}
    writer = _Writer(session.client, file.text, found, offset, asked)
    start, end = (position_at(file.text, each, session.encoding) for each in found.span)
    ranges = {"start": start, "end": params_position(params)}, {"start": start, "end": end}
    items = [writer.item(item, number, *ranges) for number, item in enumerate(chosen)]
    return {"isIncomplete": len(chosen) < len(found.items), "items": items}


def resolve(server: "WfServer", params: types.CompletionItem) -> types.CompletionItem:
    """The item with its documentation; as it is, where the text has changed since."""
    data: Any = params.data
    if not isinstance(data, dict) or "offset" not in data:
        return params
    session = server.session
    given = handed_back(data, CompletionData)
    path = path_of(given.uri)
    known = session.open.get(path)
    if (known.version if known else None) != given.version:
        return params
    found = engine_completion(session.workspace(path), path, given.offset, ours=known is not None and known.ours)
    item = next((each for each in found.items if each.label == params.label), None)
    if item is not None and item.documentation:
        written = documentation(session.client, item.documentation)
        params.documentation = (
            written if isinstance(written, str) else types.MarkupContent(types.MarkupKind.Markdown, written["value"])
        )
    return params


def documentation(client: Client, markdown: str) -> Json | str:
    """Documentation as the client can show it."""
    return {"kind": "markdown", "value": markdown} if client.item_markdown else plain_text(markdown)


def params_position(params: types.CompletionParams) -> Json:
    """The position that was asked about."""
    return {"line": params.position.line, "character": params.position.character}


def _indents(text: Text, offset: int, context: types.CompletionContext | None) -> bool:
    """Whether a space was typed that only indents: nobody who indents a line wants to choose anything yet."""
    if context is None or context.trigger_character != " ":
        return False
    line, column = text.position(offset)
    return not text.line(line)[:column].strip()


def _chosen(found: Completions, text: Text, offset: int) -> tuple[Item, ...]:
    if len(found.items) <= _MOST_ITEMS:
        return found.items
    wanted = text.slice(Span(found.span.start, max(offset, found.span.start))).lower()
    return tuple(item for item in found.items if _goes_with(item.label.lower(), wanted))[:_MOST_ITEMS]


def _goes_with(label: str, typed: str) -> bool:
    """Whether the letters that are typed stand in a label in their order, as editors filter."""
    rest = iter(label)
    return all(letter in rest for letter in typed)


class _Writer:
    """Puts items into the words of the protocol, as the client can take them."""

    def __init__(self, client: Client, text: Text, found: Completions, offset: int, asked: Json) -> None:
        self.client = client
        self.asked = asked
        self.gap = found.gap
        line = text.line(text.position(offset).line)
        self.indent = " " * found.column
        # Editors that indent the lines of a snippet themselves begin where the line begins.
        self.further = " " * max(0, found.column - (len(line) - len(line.lstrip(" "))))

    def item(self, item: Item, number: int, insert: Json, replace: Json) -> Json:
        """An item of the protocol."""
        client = self.client
        snippet = item.snippet if client.snippets else None
        text = self.gap + (item.insert if snippet is None else snippet)
        written: Json = {
            "label": item.label,
            "kind": _KINDS[item.kind],
            "sortText": f"{number:04}",
            "insertTextFormat": 1 if snippet is None else 2,
        }
        if item.detail:
            written["detail"] = item.detail
        if item.documentation and client.resolves_items:
            written["data"] = self.asked
        elif item.documentation:
            written["documentation"] = documentation(client, item.documentation)
        if item.deprecated:
            written.update(
                {"tags": [1]} if client.item_tags else {"deprecated": True} if client.item_deprecated else {}
            )
        if "\n" in text:
            as_it_is = client.insert_as_is or snippet is None
            text = text.replace("\n", "\n" + (self.indent if as_it_is else self.further))
            if client.insert_as_is:
                written["insertTextMode"] = 1
        if client.insert_replace and insert != replace:
            written["textEdit"] = {"newText": text, "insert": insert, "replace": replace}
        else:
            written["textEdit"] = {"newText": text, "range": replace}
        return written
