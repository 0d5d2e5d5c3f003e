"""WF412 unknown-loop-variable."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF412",
    "unknown-loop-variable",
    Severity.ERROR,
    "A loop variable that there is not.",
    kinds=("unknown_loop_variable",),
    yields_to="fields",
)
def unknown_loop_variable(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
