"""What an editor asks for: functions from a workspace and an offset to answers. Text in, values and edits out."""

from wf_engine.editing.completion import completion
from wf_engine.editing.definition import Target, definition
from wf_engine.editing.hover import Hover, hover
from wf_engine.editing.items import Completions, Item, Kind
from wf_engine.editing.symbols import PlacedSymbol, Symbol, symbols

__all__ = [
    "Completions",
    "Hover",
    "Item",
    "Kind",
    "PlacedSymbol",
    "Symbol",
    "Target",
    "completion",
    "definition",
    "hover",
    "symbols",
]
