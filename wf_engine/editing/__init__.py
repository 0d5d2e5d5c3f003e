"""What an editor asks for: functions from a workspace and an offset to answers. Text in, values and edits out."""

from wf_engine.editing.completion import completion
from wf_engine.editing.definition import Target, definition
from wf_engine.editing.folding import Fold, folding
from wf_engine.editing.hover import Hover, hover
from wf_engine.editing.inlay_hints import HINT_KINDS, InlayHint, inlay_hints
from wf_engine.editing.items import Completions, Item, Kind
from wf_engine.editing.links import Link, links
from wf_engine.editing.observed import Observations, Observed
from wf_engine.editing.selection import selection
from wf_engine.editing.signature import Signature, signature
from wf_engine.editing.symbols import PlacedSymbol, Symbol, symbols
from wf_engine.editing.tokens import TOKEN_KINDS, Token, TokenRun, tokens

__all__ = [
    "HINT_KINDS",
    "TOKEN_KINDS",
    "Completions",
    "Fold",
    "Hover",
    "InlayHint",
    "Item",
    "Kind",
    "Link",
    "Observations",
    "Observed",
    "PlacedSymbol",
    "Signature",
    "Symbol",
    "Target",
    "Token",
    "TokenRun",
    "completion",
    "definition",
    "folding",
    "hover",
    "inlay_hints",
    "links",
    "selection",
    "signature",
    "symbols",
    "tokens",
]
