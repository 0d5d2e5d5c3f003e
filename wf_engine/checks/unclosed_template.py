"""WF402 unclosed-template."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import replacement
from wf_engine.expressions import Problem
from wf_engine.language import Site
from wf_engine.syntax import Place
from wf_engine.text import Severity, Span


@check("fault", "WF402", "unclosed-template", Severity.ERROR, "A template without its end.", kinds=("unclosed",))
def unclosed_template(site: Site, fault: Problem) -> Iterator[Draft]:
    """Offers to close the template at the end of the text, or a bracket where its template ends."""
    text = site.node.text
    opener = text[fault.span.start : fault.span.end]
    if opener != "{{":
        yield Draft(site.node.place_of(fault.span), fault.message, fault.hint, fixes=_closed(site, fault, opener))
        return
    missing = "}" if text.rstrip().endswith("}") else "}}"
    end = site.node.source(len(text.rstrip()))
    fix = replacement(f"Add `{missing}`", Place(site.node.segment, Span(end, end)), missing)
    yield Draft(site.node.place_of(fault.span), fault.message, fault.hint, fixes=(fix,))


_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def _closed(site: Site, fault: Problem, opener: str) -> tuple[DraftFix, ...]:
    """The bracket that is missing; none for a quote, of which nobody knows where it should stand."""
    closer, text = _CLOSERS.get(opener), site.node.text
    if closer is None:
        return ()
    end = text.find("}}", fault.span.end)
    behind = len(text[: end if end >= 0 else len(text)].rstrip())
    at = site.node.source(behind)
    return (replacement(f"Add `{closer}`", Place(site.node.segment, Span(at, at)), closer),)
