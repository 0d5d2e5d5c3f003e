"""WF104 unquoted-template."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_issue
from wf_engine.syntax import SyntaxIssue
from wf_engine.text import Severity


@check("issue", "WF104", "unquoted-template", Severity.ERROR, "A template without quotes, which YAML reads as a map.")
def unquoted_template(issue: SyntaxIssue) -> Iterator[Draft]:
    """Reports what the parser found."""
    yield report_issue(issue)
