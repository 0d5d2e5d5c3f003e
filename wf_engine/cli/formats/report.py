"""What a format has to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wf_engine.text import Diagnostic, Position, Severity, Span, Text


@dataclass(frozen=True)
class Report:
    """Findings, and the texts by path that their ranges are in. `fixed` is how many fixes were applied before."""

    diagnostics: Sequence[Diagnostic]
    texts: Mapping[str, Text]
    files: int
    fixed: int = 0
    changed: int = 0

    def positions(self, path: str, span: Span) -> tuple[Position, Position]:
        """Line and column, both from 1, of a range's start and end; columns count code points."""
        text = self.texts.get(path) or Text()
        start, end = text.position(span.start), text.position(span.end)
        return Position(start.line + 1, start.column + 1), Position(end.line + 1, end.column + 1)

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(each.severity is severity for each in self.diagnostics)
