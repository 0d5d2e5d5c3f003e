"""WF103 duplicate-key."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_issue
from wf_engine.syntax import SyntaxIssue
from wf_engine.text import Severity


@check("issue", "WF103", "duplicate-key", Severity.ERROR, "A key that stands twice in a map.", yields_to="breaks")
def duplicate_key(issue: SyntaxIssue) -> Iterator[Draft]:
    """Reports what the parser found."""
    yield report_issue(issue)
