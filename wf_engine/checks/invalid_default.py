"""WF510 invalid-default."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF510", "invalid-default", Severity.ERROR, "A default that its own schema refuses.")
def invalid_default(problem: Problem) -> Iterator[Draft]:
    """Every run without the value would fail."""
    yield report_problem(problem)
