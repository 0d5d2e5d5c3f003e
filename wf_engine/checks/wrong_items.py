"""WF520 wrong-items."""

from collections.abc import Iterator

from wf_engine.analysis import TransformAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_remark
from wf_engine.text import Severity
from wf_engine.transforms import PipelineFinding


@check(
    "transform",
    "WF520",
    "wrong-items",
    Severity.WARNING,
    "An operation of a pipeline that cannot take the items it gets.",
    yields_to="text",
)
def wrong_items(transform: TransformAnalysis, finding: PipelineFinding) -> Iterator[Draft]:
    """Reports what typing the pipeline found."""
    yield from report_remark(transform, finding)
