"""WF411 whole-root."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF411",
    "whole-root",
    Severity.ERROR,
    "A root used as a whole, or by a computed name.",
    kinds=("forbidden_root_use",),
)
def whole_root(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
