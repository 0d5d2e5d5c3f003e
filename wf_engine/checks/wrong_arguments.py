"""WF410 wrong-arguments."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF410",
    "wrong-arguments",
    Severity.ERROR,
    "A function called with too few or too many arguments.",
    kinds=("arity",),
)
def wrong_arguments(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Reports what inference found."""
    yield report_finding(site, finding)
