"""WF101 syntax."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_issue
from wf_engine.syntax import SyntaxIssue
from wf_engine.text import Severity


@check("issue", "WF101", "syntax", Severity.ERROR, "This is no YAML that can be read.")
def syntax(issue: SyntaxIssue) -> Iterator[Draft]:
    """Reports what the parser found."""
    yield report_issue(issue)
