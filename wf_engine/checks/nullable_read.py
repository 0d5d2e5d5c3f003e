"""WF506 nullable-read."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check("finding", "WF506", "nullable-read", Severity.WARNING, "Reading a part of a value that may be null.", kinds=("nullable_read",))
def nullable_read(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
