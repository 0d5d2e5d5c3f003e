"""A completion item, before it is put into a protocol's words."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What an item is."""

    FIELD = "field"
    VALUE = "value"
    REFERENCE = "reference"
    STEP = "step"
    PROPERTY = "property"
    FUNCTION = "function"
    ROOT = "root"
    SNIPPET = "snippet"


@dataclass(frozen=True)
class Item:
    """`insert` is plain text; `snippet` the same with tab stops, for clients that know them."""

    label: str
    kind: Kind
    insert: str
    detail: str = ""
    documentation: str = ""
    snippet: str | None = None
    deprecated: bool = False
    rank: int = 0
    """Items of a smaller rank come first."""
