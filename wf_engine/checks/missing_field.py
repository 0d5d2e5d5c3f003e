"""WF202 missing-field."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import first_entry
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.syntax import Map
from wf_engine.text import Severity


@check("problem", "WF202", "missing-field", Severity.ERROR, "A required field is not there.", yields_to="text")
def missing_field(problem: Problem) -> Iterator[Draft]:
    """Offers to add the field with its example."""
    yield report_problem(problem, _fix(problem))


def _fix(problem: Problem) -> tuple[DraftFix, ...]:
    if problem.entry is None or not isinstance(problem.node, Map):
        return ()
    fix = first_entry(f"Add `{problem.entry}`", problem.node, problem.entry)
    # the language has one version; any other value is an example of what a person has to choose
    return (replace(fix, safe=problem.name == "apiVersion"),) if fix else ()
