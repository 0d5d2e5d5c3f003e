"""What can be wrong with the text of an expression."""

from dataclasses import dataclass
from typing import Literal as OneOf

from wf_engine.text import Span

ProblemKind = OneOf["syntax", "unclosed", "depth"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in the text itself: `unclosed` where an end is missing, `depth` for nesting over the limit."""

    span: Span
    message: str
    hint: str | None = None
    kind: ProblemKind = "syntax"
