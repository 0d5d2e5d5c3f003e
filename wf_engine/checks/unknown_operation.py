"""WF220 unknown-operation."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check(
    "problem",
    "WF220",
    "unknown-operation",
    Severity.ERROR,
    "A pipeline's operation that there is not.",
    yields_to="breaks",
)
def unknown_operation(problem: Problem) -> Iterator[Draft]:
    """Offers the operation that was likely meant."""
    yield report_problem(problem, rename_to_closest(problem.place, problem.name, problem.candidates))
