"""WF811 unused-suppression."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.syntax import Place
from wf_engine.text import Severity


@check(
    "suppression",
    "WF811",
    "unused-suppression",
    Severity.HINT,
    "A `# wf-ignore` that silences nothing.",
    tags=("unnecessary",),
)
def unused_suppression(place: Place, code: str, fix: DraftFix) -> Iterator[Draft]:
    """Offers to remove it."""
    message = f"there is no {code} here to ignore" if code else "this `wf-ignore` names no code"
    yield Draft(place, message, "a comment is about its own line, or the line below it", fixes=(fix,))
