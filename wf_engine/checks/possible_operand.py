"""WF512 possible-operand."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF512",
    "possible-operand",
    Severity.WARNING,
    "A value that is of a kind in some runs that its operator or function does not take.",
    kinds=("possible_operand",),
)
def possible_operand(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
