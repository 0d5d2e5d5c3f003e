"""WF401 expression-syntax."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.expressions import Problem
from wf_engine.language import Site
from wf_engine.text import Severity


@check(
    "fault",
    "WF401",
    "expression-syntax",
    Severity.ERROR,
    "An expression that cannot be read.",
    kinds=("syntax", "depth"),
)
def expression_syntax(site: Site, fault: Problem) -> Iterator[Draft]:
    """Reports what the parser of expressions found."""
    yield Draft(site.node.place_of(fault.span), fault.message, fault.hint)
