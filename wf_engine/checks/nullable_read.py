"""WF506 nullable-read."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import inserted, report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity

_SAFE = {".": "?", "[": "?."}
"""What makes a read safe, by the character that it begins with."""


@check(
    "finding",
    "WF506",
    "nullable-read",
    Severity.WARNING,
    "Reading a part of a value that may be null.",
    kinds=("nullable_read",),
)
def nullable_read(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Offers to read on only where there is something."""
    end = finding.span.end
    safe = _SAFE.get(site.site.node.text[end : end + 1])
    draft = report_finding(site, finding, (inserted(site, "Write `?.`", end, safe),) if safe else ())
    yield replace(draft, due_to=(f"skipped:{finding.data['step']}", f"site:{id(site.site.node)}"))
