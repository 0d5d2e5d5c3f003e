"""WF708 plain-http."""

from collections.abc import Iterator

from wf_engine.analysis import TaskAnalysis
from wf_engine.analysis.addresses import public_host
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import replacement
from wf_engine.expressions import Template
from wf_engine.syntax import Scalar
from wf_engine.text import Severity, Span

_SCHEME = "http://"


@check("task", "WF708", "plain-http", Severity.WARNING, "A public host that is called without encryption.")
def plain_http(task: TaskAnalysis) -> Iterator[Draft]:
    """Anybody on the way can read and change what is sent; hosts of one's own network are let be."""
    http = task.model.spec.http if task.model.spec else None
    node = http.node.get("url") if http and http.node else None
    if http is None or not isinstance(node, Scalar) or not isinstance(http.url, str | Template):
        return
    host = public_host(http.url)
    if host is not None:
        place = node.place_of(Span(0, len(_SCHEME)))
        message = f"`{host}` is called without encryption: others can read and change what is sent"
        fix = replacement("Change it to `https://`", place, "https://", safe=False)
        yield Draft(place, message, "use `https://`", fixes=(fix,))
