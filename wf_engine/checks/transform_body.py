"""WF223 transform-body."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check(
    "problem",
    "WF223",
    "transform-body",
    Severity.ERROR,
    "A transform that says twice, or not at all, what it does.",
    yields_to="breaks",
)
def transform_body(problem: Problem) -> Iterator[Draft]:
    """Reports what reading found."""
    yield report_problem(problem)
