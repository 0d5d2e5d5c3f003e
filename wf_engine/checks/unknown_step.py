"""WF407 unknown-step."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF407",
    "unknown-step",
    Severity.ERROR,
    "A step that cannot be seen from here.",
    kinds=("unknown_step",),
    yields_to="steps",
)
def unknown_step(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
