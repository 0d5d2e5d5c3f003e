"""WF414 out-of-scope."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.expressions import Finding
from wf_engine.text import Severity

_PAYLOAD = "a webhook has its request: `payload`"
_WHERE = {
    "error": ("in a `fallback`", "it says why the step failed"),
    "payload": ("in the `filter` and `inputMapping` of a webhook", "it is the body of the request"),
    "item": ("in `filter.where`", "the item of a loop is `forEach.item`"),
    "index": ("in `filter.where`", "the number of an item in a loop is `forEach.index`"),
    "tasks": ("in workflows", "hand the value to the task as an input, and read `input.NAME`"),
    "input": ("in steps and tasks", _PAYLOAD),
}


@check(
    "finding",
    "WF414",
    "out-of-scope",
    Severity.ERROR,
    "A root that is read where it is not to be seen.",
    kinds=("out_of_scope",),
    yields_to="fields",
)
def out_of_scope(site: SiteAnalysis, finding: Finding) -> Iterator[Draft]:
    """Says where it can be read."""
    where, hint = _WHERE.get(finding.name, ("elsewhere", None))
    if finding.name == "tasks" and "triggers" in site.site.path[:2]:
        where, hint = "once the workflow runs", _PAYLOAD
    message = f"`{finding.name}` can be read {where} only"
    yield Draft(site.site.node.place_of(finding.span), message, hint)
