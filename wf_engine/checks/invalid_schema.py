"""WF205 invalid-schema."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity, closest


@check("problem", "WF205", "invalid-schema", Severity.ERROR, "A JSON Schema that is none.", yields_to="breaks")
def invalid_schema(problem: Problem) -> Iterator[Draft]:
    """Offers the nearest type where that is what is misspelt; `null` is a text only in quotes."""
    if closest(problem.name, problem.candidates) == "null":
        problem = replace(problem, better='"null"')
    yield report_problem(problem, () if problem.better else _nearest(problem))


def _nearest(problem: Problem) -> tuple[DraftFix, ...]:
    return rename_to_closest(problem.place, problem.name, problem.candidates)
