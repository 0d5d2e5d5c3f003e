"""WF203 wrong-type."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF203", "wrong-type", Severity.ERROR, "A value of the wrong type.", yields_to="breaks")
def wrong_type(problem: Problem) -> Iterator[Draft]:
    """Offers quotes where they are all that is missing, or too much."""
    draft = report_problem(problem)
    yield replace(draft, yields_to="text") if problem.node is None else draft  # what it would have been may be lost
