"""WF415 template-key."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity


@check("problem", "WF415", "template-key", Severity.WARNING, "A template in a key, where it has no effect.")
def template_key(problem: Problem) -> Iterator[Draft]:
    """Keys are never templates (language §5)."""
    yield report_problem(problem)
