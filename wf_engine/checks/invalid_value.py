"""WF204 invalid-value."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check(
    "problem",
    "WF204",
    "invalid-value",
    Severity.ERROR,
    "A value of the right type that is not allowed.",
    yields_to="breaks",
)
def invalid_value(problem: Problem) -> Iterator[Draft]:
    """Offers the nearest of the words that are allowed, or the spelling that was meant."""
    yield report_problem(problem, rename_to_closest(problem.place, problem.name, problem.candidates))
