"""WF609 constant-comparison."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.analysis.constancy import constant_comparisons
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity


@check(
    "site",
    "WF609",
    "constant-comparison",
    Severity.WARNING,
    "A comparison that always turns out the same.",
    yields_to="fields",
)
def constant_comparison(site: SiteAnalysis) -> Iterator[Draft]:
    """The types of its two sides decide it before anything runs."""
    if not any(mark in site.site.node.text for mark in _MARKS):
        return
    for found in constant_comparisons(site):
        place = site.site.node.place_of(found.expr.span)
        message = f"this comparison is always {str(found.value).lower()}"
        message += f": {found.reason}" if found.reason else ""
        hint = "compare with a value that can be there, or remove the comparison"
        yield Draft(place, message, hint, due_to=(f"site:{id(site.site.node)}",))


_MARKS = ("==", "!=", "<", ">", " in ")
