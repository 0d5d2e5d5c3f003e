"""WF202 missing-field."""

import re
from collections.abc import Iterator

from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import first_entry
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.syntax import Map
from wf_engine.text import Severity


@check("problem", "WF202", "missing-field", Severity.ERROR, "A required field is not there.")
def missing_field(problem: Problem) -> Iterator[Draft]:
    """Offers to add the field with its example."""
    yield report_problem(problem, _fix(problem))


def _fix(problem: Problem) -> tuple[DraftFix, ...]:
    example = re.match(r"add `([^`]+: [^…`]+)`", problem.hint or "")
    if example is None or not isinstance(problem.node, Map):
        return ()
    fix = first_entry(f"Add `{example[1]}`", problem.node, example[1])
    return (fix,) if fix else ()
