"""WF521 empty-path."""

from collections.abc import Iterator

from wf_engine.analysis import TransformAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_remark
from wf_engine.text import Severity
from wf_engine.transforms import PipelineFinding


@check(
    "transform",
    "WF521",
    "empty-path",
    Severity.WARNING,
    "A path of a transform that can select nothing.",
    yields_to="text",
)
def empty_path(transform: TransformAnalysis, finding: PipelineFinding) -> Iterator[Draft]:
    """Reports what typing the path found."""
    yield from report_remark(transform, finding)
