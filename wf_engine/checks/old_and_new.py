"""WF900 old-and-new."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF900", "old-and-new", Severity.ERROR, "A field that is written in an old spelling and in today's.")
def old_and_new(problem: Problem) -> Iterator[Draft]:
    """Says which one holds; only the author knows which one was meant."""
    yield report_problem(problem)
