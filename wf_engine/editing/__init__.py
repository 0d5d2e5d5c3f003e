"""What an editor asks for: functions from a workspace and an offset to answers. Text in, values and edits out."""

from wf_engine.editing.call_hierarchy import Call, Callable, callables, incoming, outgoing
from wf_engine.editing.completion import completion
from wf_engine.editing.definition import Target, definition, type_definition
from wf_engine.editing.folding import Fold, folding
from wf_engine.editing.formatting import Formatted, format_document, format_range
from wf_engine.editing.hover import Hover, hover
from wf_engine.editing.inlay_hints import HINT_KINDS, InlayHint, inlay_hints, shown_duration
from wf_engine.editing.inline_values import InlineValue, inline_values, stopped_step
from wf_engine.editing.items import Completions, Item, Kind
from wf_engine.editing.linked import linked
from wf_engine.editing.links import Link, links
from wf_engine.editing.observed import UNKNOWN, Observations, Observed
from wf_engine.editing.references import Named, highlights, reference_count, references
from wf_engine.editing.rename import Refused, Renamed, RenameEdit, Renaming, prepare_rename, rename
from wf_engine.editing.selection import selection
from wf_engine.editing.signature import Signature, signature
from wf_engine.editing.suppressing import suppression
from wf_engine.editing.symbols import PlacedSymbol, Symbol, symbols
from wf_engine.editing.tokens import TOKEN_KINDS, Token, TokenRun, tokens
from wf_engine.editing.workspace_symbols import Found, located, workspace_symbols

__all__ = [
    "HINT_KINDS",
    "TOKEN_KINDS",
    "UNKNOWN",
    "Call",
    "Callable",
    "Completions",
    "Fold",
    "Formatted",
    "Found",
    "Hover",
    "InlayHint",
    "InlineValue",
    "Item",
    "Kind",
    "Link",
    "Named",
    "Observations",
    "Observed",
    "PlacedSymbol",
    "Refused",
    "RenameEdit",
    "Renamed",
    "Renaming",
    "Signature",
    "Symbol",
    "Target",
    "Token",
    "TokenRun",
    "callables",
    "completion",
    "definition",
    "folding",
    "format_document",
    "format_range",
    "highlights",
    "hover",
    "incoming",
    "inlay_hints",
    "inline_values",
    "linked",
    "links",
    "located",
    "outgoing",
    "prepare_rename",
    "reference_count",
    "references",
    "rename",
    "selection",
    "shown_duration",
    "signature",
    "stopped_step",
    "suppression",
    "symbols",
    "tokens",
    "type_definition",
    "workspace_symbols",
]
