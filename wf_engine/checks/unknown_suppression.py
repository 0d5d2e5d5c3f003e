"""WF812 unknown-suppression."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import rename_to_closest
from wf_engine.syntax import Place
from wf_engine.text import Severity, did_you_mean


@check("suppression", "WF812", "unknown-suppression", Severity.WARNING, "A `# wf-ignore` of a code that there is not.")
def unknown_suppression(place: Place, code: str, known: tuple[str, ...], fix: DraftFix) -> Iterator[Draft]:
    """Offers the code that was likely meant, else to remove it."""
    message = f"there is no code `{code}`.{did_you_mean(code, known)}"
    fixes = (*rename_to_closest(place, code, known), fix)
    yield Draft(place, message, "`wf explain` lists all codes", fixes=fixes)
