"""WF707 secret-leak."""

from collections.abc import Iterator

from wf_engine.analysis import SiteAnalysis, site_reads
from wf_engine.analysis.places import read_spans
from wf_engine.checks.base import Draft, check
from wf_engine.text import Severity

_INPUTS = (("input",), ("condition", "else", "input"), ("fallback", "input"), ("switch", "default", "input"))


@check("site", "WF707", "secret-leak", Severity.WARNING, "A secret read where its value may be seen.")
def secret_leak(site: SiteAnalysis) -> Iterator[Draft]:
    """Secrets belong into tasks and into the inputs of steps."""
    if "secrets" not in site.site.node.text or _may_hold_secrets(site.site.path):
        return
    for root, name in site_reads(site.site):
        if root == "secrets":
            for span in read_spans(site.site, "secrets", name):
                message = f"the secret `{name}` may be seen by others here"
                yield Draft(
                    site.site.node.place_of(span), message, "read secrets in tasks, or in the `input` of a step"
                )


def _may_hold_secrets(path: tuple[str | int, ...]) -> bool:
    """Whether a path, of a task's document or from a step, leads into a task or into an input."""
    if path[:1] == ("spec",):
        return path[1:2] in (("http",), ("transform",), ("cache",))
    return any(path[: len(each)] == each for each in _INPUTS) or (
        path[:2] == ("switch", "cases") and path[3:4] == ("input",)
    )
