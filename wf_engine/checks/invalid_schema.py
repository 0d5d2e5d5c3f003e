"""WF205 invalid-schema."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF205", "invalid-schema", Severity.ERROR, "A JSON Schema that is none.", yields_to="breaks")
def invalid_schema(problem: Problem) -> Iterator[Draft]:
    """Offers the nearest type where that is what is misspelt."""
    yield report_problem(problem, rename_to_closest(problem.place, problem.name, problem.candidates))
