"""WF507 optional-read."""

from collections.abc import Iterator

from msgspec.structs import replace

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.reports import inserted, report_finding
from wf_engine.expressions import Finding
from wf_engine.text import Severity


@check(
    "finding",
    "WF507",
    "optional-read",
    Severity.WARNING,
    "Reading a property that need not be there.",
    kinds=("optional_read",),
    yields_to="fields",
)
def optional_read(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Offers to read it with `?.`, which gives null where it is not there."""
    text, start = site.site.node.text, finding.span.start
    read_by_name = text[start - 1 : start] == "." and text[start - 2 : start - 1] != "?"
    title = f"Write `?.{finding.name}`"
    draft = report_finding(site, finding, (inserted(site, title, start - 1, "?"),) if read_by_name else ())
    yield replace(draft, due_to=(f"site:{id(site.site.node)}", "misspelt"))
