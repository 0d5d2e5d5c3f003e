"""WF409 unknown-variable."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF409",
    "unknown-variable",
    Severity.WARNING,
    "A variable that no configuration sets.",
    kinds=("unknown_variable",),
)
def unknown_variable(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
