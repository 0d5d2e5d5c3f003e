"""WF208 unchecked-schema."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF208", "unchecked-schema", Severity.WARNING, "A part of a JSON Schema that is never checked.")
def unchecked_schema(problem: Problem) -> Iterator[Draft]:
    """References out of the schema and patterns without a linear-time engine allow anything."""
    yield report_problem(problem)
