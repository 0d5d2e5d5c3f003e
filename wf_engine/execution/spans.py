"""OpenTelemetry spans of one execution, made from its events; the one place that imports OpenTelemetry."""

from typing import Final

from opentelemetry import context as contexts
from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from wf_engine.execution.recorder import Event
from wf_engine.execution.tracing import named

_W3C: Final = TraceContextTextMapPropagator()
_BEGINS: Final = {
    "executionStarted": "execution",
    "stepStarted": "step",
    "iterationStarted": "iteration",
    "attemptStarted": "attempt",
}
_ENDS: Final = {
    "executionFinished": "execution",
    "stepFinished": "step",
    "iterationFinished": "iteration",
    "attemptFinished": "attempt",
}


class Spans:
    """The spans that are open, by what they are of and where. The run's parent is `parent`, else the current span."""

    def __init__(self, parent: str | None) -> None:
        self._tracer = trace.get_tracer("wf_engine")
        self._context = contexts.get_current() if parent is None else _W3C.extract({"traceparent": parent})
        self._open: dict[tuple[str, str], Span] = {}

    def take(self, event: Event) -> None:
        """Opens or closes the span that the event begins or ends."""
        kind, path = event["type"], event["path"]
        if kind in _BEGINS:
            what = _BEGINS[kind]
            self._open[what, path] = self._tracer.start_span(
                _name(what, event),
                trace.set_span_in_context(self._around(what, path), self._context),
                SpanKind.CLIENT if what == "attempt" else SpanKind.INTERNAL,
                named(event),
            )
        elif kind in _ENDS:
            span = self._open.pop((_ENDS[kind], path), None)
            if span is not None:
                _close(span, event)

    def traceparent(self, path: str) -> str:
        """The header of the attempt's own span."""
        carrier: dict[str, str] = {}
        span = self._open.get(("attempt", path), trace.INVALID_SPAN)
        _W3C.inject(carrier, trace.set_span_in_context(span, self._context))
        return carrier.get("traceparent", "")

    def _around(self, what: str, path: str) -> Span:
        """The span that a new one stands in."""
        if what == "attempt":
            own = self._open.get(("step", path)) or self._open.get(("iteration", path))
            if own is not None:
                return own
        while path:
            path = path[: max(path.rfind("."), path.rfind("["), path.rfind("~"), 0)]
            found = self._open.get(("iteration", path)) or self._open.get(("step", path))
            if found is not None:
                return found
        root = self._open.get(("execution", ""))
        return trace.get_current_span(self._context) if root is None else root


def _name(what: str, event: Event) -> str:
    if what == "execution":
        return f"workflow {event.get('workflow')}"
    if what == "attempt":
        return str((event.get("request") or {}).get("method") or "attempt")
    return f"{what} {event['path']}"


def _close(span: Span, event: Event) -> None:
    error, status = event.get("error"), event.get("status")
    if isinstance(status, int):
        span.set_attribute("http.response.status_code", status)
    elif status is not None:
        span.set_attribute("wf.status", status)
    if error is not None:
        span.set_attribute("error.type", error["code"])
        span.set_status(Status(StatusCode.ERROR, error["message"]))
    span.end()
