"""WF408 undeclared-property."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF408",
    "undeclared-property",
    Severity.WARNING,
    "A property that the schema does not name.",
    kinds=("undeclared_property",),
)
def undeclared_property(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
