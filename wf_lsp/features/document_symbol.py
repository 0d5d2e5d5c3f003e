"""textDocument/documentSymbol."""

from collections.abc import Iterator, Sequence
from json import dumps
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from lsprotocol import types

from wf_engine.editing import PlacedSymbol, symbols
from wf_engine.text import Span, Text
from wf_lsp.convert import Encoding, path_of, position_at

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    "workflow": types.SymbolKind.Module.value,
    "task": types.SymbolKind.Interface.value,
    "step": types.SymbolKind.Function.value,
    "input": types.SymbolKind.Variable.value,
}


def document_symbol(server: "WfServer", params: types.DocumentSymbolParams) -> msgspec.Raw:
    """The outline of a document: nested, or for clients that cannot have it so, one after the other.

    It is written at once: a thousand steps are thousands of positions.
    """
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return msgspec.Raw(b"[]")
    found = symbols(session.workspace(path), path)
    writer = _Nested(text, session.encoding) if session.client.nested_symbols else _Flat(text, session.encoding, params)
    return msgspec.Raw(f"[{','.join([piece for each in found for piece in writer.written(each)])}]".encode())


class _Place(NamedTuple):
    """A range whose lines count from that of the symbol's base."""

    start: int
    start_character: int
    end: int
    end_character: int

    def at(self, line: int) -> str:
        """The range as JSON, with the base at a line."""
        return (
            f'{{"start":{{"line":{self.start + line},"character":{self.start_character}}},'
            f'"end":{{"line":{self.end + line},"character":{self.end_character}}}}}'
        )


class _Head(NamedTuple):
    """What of a symbol stays the same while it only moves."""

    encoding: Encoding
    json: str
    detail: str
    whole: _Place
    name: _Place


class _Writer:
    """Writes symbols as JSON."""

    def __init__(self, text: Text, encoding: Encoding) -> None:
        self.text = text
        self.encoding = encoding

    def head(self, placed: PlacedSymbol) -> _Head:
        """What is remembered about a symbol."""
        symbol = placed.symbol
        known: _Head | None = symbol.memo.get("head")
        if known is None or known.encoding != self.encoding:
            json = f'{{"name":{dumps(symbol.name)},"kind":{_KINDS[symbol.kind]}'
            detail = f',"detail":{dumps(symbol.detail)}' if symbol.detail else ""
            known = _Head(
                self.encoding, json, detail, self._place(placed, symbol.span), self._place(placed, symbol.name_span)
            )
            symbol.memo["head"] = known
        return known

    def _place(self, placed: PlacedSymbol, span: Span) -> _Place:
        start, end = (position_at(self.text, offset + placed.base, self.encoding) for offset in span)
        return _Place(start["line"] - placed.line, start["character"], end["line"] - placed.line, end["character"])

    @staticmethod
    def inside(placed: PlacedSymbol) -> Sequence[PlacedSymbol]:
        """The symbols directly inside a symbol."""
        return placed.children or [PlacedSymbol(placed.base, placed.line, child) for child in placed.symbol.children]


class _Nested(_Writer):
    """DocumentSymbol, each with its children."""

    def written(self, placed: PlacedSymbol) -> Iterator[str]:
        """The symbol."""
        _, json, detail, whole, name = self.head(placed)
        inside = self.inside(placed)
        children = (
            f',"children":[{",".join([piece for each in inside for piece in self.written(each)])}]' if inside else ""
        )
        yield f'{json}{detail},"range":{whole.at(placed.line)},"selectionRange":{name.at(placed.line)}{children}}}'


class _Flat(_Writer):
    """SymbolInformation, the children behind their parents."""

    def __init__(self, text: Text, encoding: Encoding, params: types.DocumentSymbolParams) -> None:
        super().__init__(text, encoding)
        self.uri = dumps(params.text_document.uri)

    def written(self, placed: PlacedSymbol, container: str = "") -> Iterator[str]:
        """The symbol and all in it."""
        _, json, _, whole, _ = self.head(placed)
        yield f'{json}{container},"location":{{"uri":{self.uri},"range":{whole.at(placed.line)}}}}}'
        inside = self.inside(placed)
        if inside:
            name = f',"containerName":{dumps(placed.symbol.name)}'
            for child in inside:
                yield from self.written(child, name)
