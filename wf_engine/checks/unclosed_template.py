"""WF402 unclosed-template."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import replacement
from wf_engine.expressions import Problem
from wf_engine.language import Site
from wf_engine.syntax import Place
from wf_engine.text import Severity, Span


@check("fault", "WF402", "unclosed-template", Severity.ERROR, "A template without its end.", kinds=("unclosed",))
def unclosed_template(site: Site, fault: Problem) -> Iterator[Draft]:
    """Offers to close the template at the end of the text."""
    text = site.node.text
    missing = "}" if text.rstrip().endswith("}") else "}}"
    end = site.node.source(len(text.rstrip()))
    fix = replacement(f"Add `{missing}`", Place(site.node.segment, Span(end, end)), missing)
    yield Draft(site.node.place_of(fault.span), fault.message, fault.hint, fixes=(fix,))
