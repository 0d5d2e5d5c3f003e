"""WF210 invalid-url."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.analysis.addresses import fault_of
from wf_engine.checks.base import Draft, check
from wf_engine.expressions import Template
from wf_engine.syntax import Scalar
from wf_engine.text import Severity


@check("task", "WF210", "invalid-url", Severity.ERROR, "An address that leads nowhere.", yields_to="breaks")
def invalid_url(task: TaskAnalysis) -> Iterator[Draft]:
    """Looks at the part up to the end of the host, as far as it is written out."""
    http = task.model.spec.http if task.model.spec else None
    node = http.node.get("url") if http and http.node else None
    if http is None or not isinstance(node, Scalar) or not isinstance(http.url, str | Template):
        return
    fault = fault_of(node, http.url)
    if fault is not None:
        yield Draft(fault.place, fault.message, fault.hint)
