"""What in a document may be the cause of findings elsewhere in it: one cause, one diagnostic (language §12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wf_engine.analysis import analyse_workflow
from wf_engine.analysis.breaks import StepRanges, losses_of, step_ranges
from wf_engine.checks.base import Found
from wf_engine.syntax import SyntaxIssue
from wf_engine.workspace import SourceDocument, Workspace


@dataclass(frozen=True)
class Doubts:
    """The causes that findings yield to in a document."""

    source: SourceDocument
    causes: frozenset[str] = frozenset()
    breaks: Mapping[int, int] = field(default_factory=dict)
    """By segment, where the line begins at which the text breaks first."""
    first: int = 0
    """Where in the document it breaks first."""
    steps: StepRanges = field(default_factory=lambda: StepRanges((), 0))
    broken: Mapping[int, int] = field(default_factory=dict)
    """By number of a step, where it breaks first in the document."""

    def explain(self, found: Found) -> bool:
        """Whether something else is the likelier cause, and is said already."""
        if found.yields_to != "breaks":
            return found.yields_to in self.causes
        if not self.breaks:
            return False
        place = found.draft.place
        if id(place.segment) in self.breaks:
            return place.span.start >= self.breaks[id(place.segment)]
        start = self.source.tree.span(place).start
        if not found.inside:
            return start >= self.first
        number = self.steps.number_at(start)
        return number is not None and start >= self.broken.get(number, start + 1)


def doubts_of(workspace: Workspace, source: SourceDocument) -> Doubts:
    """The causes there are in a document."""
    lost = losses_of(source)
    if lost:
        breaks: dict[int, int] = {}
        for issue in reversed(lost):
            breaks[id(issue.place.segment)] = _line(issue)
        first = min(source.tree.span(issue.place).start for issue in lost)
        return Doubts(source, frozenset({"text", "fields", "steps"}), breaks, first, *_in_steps(workspace, source))
    if any(problem.kind == "unknown-field" for problem in source.reading.problems):
        return Doubts(source, frozenset({"fields", "steps"}))
    workflow = analyse_workflow(workspace, source)
    return Doubts(source, frozenset() if workflow is None or workflow.named else frozenset({"steps"}))


def _in_steps(workspace: Workspace, source: SourceDocument) -> tuple[StepRanges, Mapping[int, int]]:
    """The ranges of the steps, and where each breaks first."""
    workflow = analyse_workflow(workspace, source)
    if workflow is None:
        return StepRanges((), 0), {}
    ranges = step_ranges(source, workflow.model, workflow.steps)
    broken: dict[int, int] = {}
    for start in sorted(source.tree.span(issue.place).start for issue in losses_of(source)):
        number = ranges.number_at(start)
        if number is not None:
            broken.setdefault(number, start)
    return ranges, broken


def _line(issue: SyntaxIssue) -> int:
    """Where the line begins in which an issue stands."""
    text, start = issue.place.segment.text, issue.place.span.start
    return max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
