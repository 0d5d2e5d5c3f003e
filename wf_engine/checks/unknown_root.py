"""WF403 unknown-root."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import replacement
from wf_engine.checks.reports import report_finding
from wf_engine.expressions import FUNCTIONS, Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF403",
    "unknown-root",
    Severity.ERROR,
    "A name that is no root, such as a text without quotes.",
    kinds=("unknown_root",),
    yields_to="fields",
)
def unknown_root(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Offers the nearest root, or quotes where a text may be meant."""
    follows = site.site.node.text[finding.span.end : finding.span.end + 1]
    text_is_meant = finding.name not in _NO_TEXT and follows not in (".", "[", "(", "?")
    yield report_finding(site, finding, (_quoted(site, finding),) if text_is_meant else ())


_NO_TEXT = {*FUNCTIONS, "input", "tasks", "env", "secrets", "forEach", "execution", "error", "payload", "item", "index"}
"""Words that are meant as what they are elsewhere."""


def _quoted(site: SiteAnalysis, finding: Finding) -> DraftFix:
    node = site.site.node
    quote = "''" if node.style == "single" else "'"
    return replacement(f"Quote it: '{finding.name}'", node.place_of(finding.span), f"{quote}{finding.name}{quote}")
