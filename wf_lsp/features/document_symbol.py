"""textDocument/documentSymbol."""

from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import Symbol, symbols
from wf_engine.text import Text
from wf_lsp.convert import Encoding, path_of, range_of

if TYPE_CHECKING:
    from wf_lsp.server import WfServer

_KINDS = {
    "workflow": types.SymbolKind.Module,
    "task": types.SymbolKind.Interface,
    "step": types.SymbolKind.Function,
    "input": types.SymbolKind.Variable,
}


def document_symbol(server: "WfServer", params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """The outline of a document."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    if text is None:
        return []
    return [_symbol(symbol, text, session.encoding) for symbol in symbols(session.workspace, path)]


def _symbol(symbol: Symbol, text: Text, encoding: Encoding) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail or None,
        kind=_KINDS[symbol.kind],
        range=range_of(text, symbol.span, encoding),
        selection_range=range_of(text, symbol.name_span, encoding),
        children=[_symbol(child, text, encoding) for child in symbol.children] or None,
    )
