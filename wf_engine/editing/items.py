"""Completion items, before they are put into a protocol's words."""

from dataclasses import dataclass
from enum import Enum

from wf_engine.text import Span


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


@dataclass(frozen=True, slots=True)
class Item:
    """`insert` is plain text; `snippet` the same with tab stops, for clients that know them.

    Further lines of both are indented from `Completions.column` on.
    """

    label: str
    kind: Kind
    insert: str
    detail: str = ""
    documentation: str = ""
    snippet: str | None = None
    deprecated: bool = False
    rank: int = 0
    """Items of a smaller rank come first."""


@dataclass(frozen=True, slots=True)
class Completions:
    """Items, the likeliest first; each replaces `span`, a range of the file within one line."""

    span: Span
    items: tuple[Item, ...]
    column: int = 0
    gap: str = ""
    """What stands in front of whatever is inserted, such as the space behind a colon."""
