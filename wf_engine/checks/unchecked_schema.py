"""WF208 unchecked-schema."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF208", "unchecked-schema", Severity.WARNING, "A part of a JSON Schema that is never checked.")
def unchecked_schema(problem: Problem) -> Iterator[Draft]:
    """References out of the schema, patterns without a linear-time engine and misspelt keywords allow anything."""
    draft = report_problem(problem, rename_to_closest(problem.place, problem.name, problem.candidates))
    yield replace(draft, explains=("misspelt",)) if problem.candidates else draft
