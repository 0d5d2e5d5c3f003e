"""WF413 outside-loop."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.expressions import Finding
from wf_engine.text import Severity

_DECIDED = (("forEach", "items"), ("condition", "if"))
"""Where in a step its own loop has not begun."""


@check(
    "finding",
    "WF413",
    "outside-loop",
    Severity.ERROR,
    "`forEach` read where there is no loop.",
    kinds=("outside_loop",),
    yields_to="fields",
)
def outside_loop(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """A loop's variables are there in the step that has the `forEach`, its targets and blocks."""
    message, hint = "there is no loop around this, so `forEach` has nothing to say", "add `forEach:` to the step"
    if site.site.path[:2] in _DECIDED:
        hint = "`items` and `if` are decided before the step's own loop begins"
    elif site.site.path[:1] == ("spec",):
        hint = "what a loop gives is `tasks.ID.output.results`"
    yield Draft(site.site.node.place_of(finding.span), message, hint)
