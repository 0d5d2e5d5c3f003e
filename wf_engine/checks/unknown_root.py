"""WF403 unknown-root."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check("finding", "WF403", "unknown-root", Severity.ERROR, "A name that is no root, such as a text without quotes.", kinds=("unknown_root",))
def unknown_root(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
