"""WF102 ambiguous-scalar."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_issue
from wf_engine.syntax import SyntaxIssue
from wf_engine.text import Severity


@check("issue", "WF102", "ambiguous-scalar", Severity.ERROR, "An unquoted value that YAML readers take differently.")
def ambiguous_scalar(issue: SyntaxIssue) -> Iterator[Draft]:
    """Reports what the parser found."""
    yield report_issue(issue)
