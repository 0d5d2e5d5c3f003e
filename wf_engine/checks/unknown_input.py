"""WF405 unknown-input."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF405",
    "unknown-input",
    Severity.ERROR,
    "A workflow input that there is not.",
    kinds=("unknown_input",),
    yields_to="fields",
)
def unknown_input(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
