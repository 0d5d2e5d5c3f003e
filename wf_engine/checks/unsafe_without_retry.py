"""WF704 unsafe-without-retry."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import appended_entry
from wf_engine.text import Severity

_METHODS = ("POST", "PATCH")


@check(
    "task",
    "WF704",
    "unsafe-without-retry",
    Severity.HINT,
    "A POST or PATCH that says nothing about retry.",
    yields_to="errors",
)
def unsafe_without_retry(task: TaskAnalysis) -> Iterator[Draft]:
    """Such a call is repeated only where `retry` is written; `maxAttempts: 1` says that once is meant."""
    spec = task.model.spec
    if spec is None or spec.node is None or spec.http is None or spec.http.node is None or spec.type != "http":
        return
    method = spec.http.node.get("method")
    if spec.http.method in _METHODS and method is not None and spec.node.pair("retry") is None:
        message = f"a {spec.http.method} that fails is not tried again, as long as no `retry` is written"
        hint = (
            "write `retry`: every attempt carries the same `Idempotency-Key`; `maxAttempts: 1` says that once is meant"
        )
        entries = ("{maxAttempts: 3}", "{maxAttempts: 1}")
        made = [appended_entry(f"Add `retry: {each}`", spec.node, [f"retry: {each}"]) for each in entries]
        fixes = tuple(DraftFix(fix.title, fix.edits, safe=False) for fix in made if fix is not None)
        yield Draft(method.place, message, hint, fixes=fixes)
