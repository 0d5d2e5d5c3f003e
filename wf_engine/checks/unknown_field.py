"""WF201 unknown-field."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF201", "unknown-field", Severity.ERROR, "A key that is no field.", yields_to="breaks")
def unknown_field(problem: Problem) -> Iterator[Draft]:
    """Offers the nearest field that is not there yet."""
    draft = report_problem(problem, rename_to_closest(problem.place, problem.name, problem.candidates))
    yield replace(draft, explains=("misspelt",))
