"""textDocument/documentSymbol."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lsprotocol import types

from wf_engine.editing import PlacedSymbol, Symbol, symbols
from wf_engine.text import Span, Text
from wf_lsp.convert import Encoding, Json, path_of, position_at

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    "workflow": types.SymbolKind.Module.value,
    "task": types.SymbolKind.Interface.value,
    "step": types.SymbolKind.Function.value,
    "input": types.SymbolKind.Variable.value,
}

Places = tuple[int, int, int, int]
"""Line and character of a range's start and end, the lines counted from that of the symbol's base."""

_known: WeakKeyDictionary[Symbol, tuple[Encoding, Places, Places]] = WeakKeyDictionary()
"""The places of symbols of steps: they hold as long as the step only moves."""


def document_symbol(server: "WfServer", params: types.DocumentSymbolParams) -> list[Json]:
    """The outline of a document: nested, or for clients that cannot have it so, one after the other."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return []
    nested = [_written(each, text, session.encoding) for each in symbols(session.workspace(path), path)]
    if session.client.nested_symbols:
        return nested
    return [flat for each in nested for flat in _flat(each, params.text_document.uri, None)]


def _written(placed: PlacedSymbol, text: Text, encoding: Encoding) -> Json:
    base, symbol, inner = placed
    line = text.position(base).line
    whole, name = _places(symbol, base, line, text, encoding)
    written: Json = {
        "name": symbol.name,
        "kind": _KINDS[symbol.kind],
        "range": _range(whole, line),
        "selectionRange": _range(name, line),
    }
    if symbol.detail:
        written["detail"] = symbol.detail
    children = inner or tuple(PlacedSymbol(base, child) for child in symbol.children)
    if children:
        written["children"] = [_written(child, text, encoding) for child in children]
    return written


def _places(symbol: Symbol, base: int, line: int, text: Text, encoding: Encoding) -> tuple[Places, Places]:
    known = _known.get(symbol)
    if known is not None and known[0] == encoding:
        return known[1], known[2]
    whole, name = (_place(text, span.shift(base), line, encoding) for span in (symbol.span, symbol.name_span))
    if symbol.kind == "step":
        _known[symbol] = encoding, whole, name
    return whole, name


def _place(text: Text, span: Span, line: int, encoding: Encoding) -> Places:
    start, end = position_at(text, span.start, encoding), position_at(text, span.end, encoding)
    return start["line"] - line, start["character"], end["line"] - line, end["character"]


def _range(places: Places, line: int) -> Json:
    return {
        "start": {"line": places[0] + line, "character": places[1]},
        "end": {"line": places[2] + line, "character": places[3]},
    }


def _flat(symbol: Json, uri: str, container: str | None) -> Iterator[Json]:
    flat: Json = {"name": symbol["name"], "kind": symbol["kind"], "location": {"uri": uri, "range": symbol["range"]}}
    if container is not None:
        flat["containerName"] = container
    yield flat
    for child in symbol.get("children", ()):
        yield from _flat(child, uri, symbol["name"])
