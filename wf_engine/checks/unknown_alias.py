"""WF105 unknown-alias."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_issue
from wf_engine.syntax import SyntaxIssue
from wf_engine.text import Severity


@check("issue", "WF105", "unknown-alias", Severity.ERROR, "An alias without an anchor before it.")
def unknown_alias(issue: SyntaxIssue) -> Iterator[Draft]:
    """Reports what the parser found."""
    yield report_issue(issue)
