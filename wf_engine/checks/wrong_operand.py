"""WF501 wrong-operand."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF501",
    "wrong-operand",
    Severity.ERROR,
    "An operator or function applied to a value it does not take.",
    kinds=("operand",),
)
def wrong_operand(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
