"""Where the text of a workflow is broken: which of its steps have lost something of theirs."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from wf_engine.language import Step, WorkflowDocument
from wf_engine.syntax import SyntaxIssue
from wf_engine.workspace import SourceDocument

_LOSSES = frozenset({"syntax", "too-deep", "too-large", "unknown-alias"})
"""Issues of the text that take parts of the tree with them."""


def losses_of(source: SourceDocument) -> list[SyntaxIssue]:
    """The breaks of a document."""
    return [issue for issue in source.tree.issues if issue.kind in _LOSSES]


@dataclass(frozen=True)
class StepRanges:
    """Where the workflow's own steps begin in the document, in the order of the text, and where the last one ends."""

    starts: tuple[int, ...]
    end: float

    def number_at(self, offset: int) -> int | None:
        """The number of the step in which an offset lies; None outside of all."""
        number = bisect_right(self.starts, offset) - 1
        return number if number >= 0 and offset < self.end else None


def step_ranges(source: SourceDocument, model: WorkflowDocument, steps: Sequence[Step]) -> StepRanges:
    """The ranges of the steps; each ends where the next begins, the last where the next field of `spec` does."""
    starts = tuple(source.tree.span(step.node.place).start for step in steps if step.node is not None)
    spec = model.spec.node if model.spec else None
    keys = [source.tree.span(pair.key.place).start for pair in spec.pairs if not pair.merged] if spec else []
    return StepRanges(starts, min([key for key in keys if starts and key > starts[-1]], default=float("inf")))


def broken_steps(source: SourceDocument, model: WorkflowDocument, steps: Sequence[Step]) -> frozenset[int]:
    """The identities of the nodes of those steps in which the text breaks."""
    lost = losses_of(source)
    if not lost or any(step.node is None for step in steps):
        return frozenset()
    ranges = step_ranges(source, model, steps)
    numbers = {ranges.number_at(source.tree.span(issue.place).start) for issue in lost}
    return frozenset(id(steps[number].node) for number in numbers if number is not None)
