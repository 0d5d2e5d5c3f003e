"""WF221 wrong-argument."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check(
    "problem",
    "WF221",
    "wrong-argument",
    Severity.ERROR,
    "An operation's argument that is unknown, missing or not what it takes.",
    kinds=("unknown-argument", "missing-argument", "wrong-argument"),
    yields_to="breaks",
)
def wrong_argument(problem: Problem) -> Iterator[Draft]:
    """Offers the word that was likely meant."""
    yield report_problem(problem, rename_to_closest(problem.place, problem.name, problem.candidates))
