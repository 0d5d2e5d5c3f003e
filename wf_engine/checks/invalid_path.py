"""WF222 invalid-path."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check(
    "problem",
    "WF222",
    "invalid-path",
    Severity.ERROR,
    "A text that is no JSONPath (RFC 9535).",
    yields_to="breaks",
)
def invalid_path(problem: Problem) -> Iterator[Draft]:
    """Offers the path that was likely meant."""
    yield report_problem(problem)
