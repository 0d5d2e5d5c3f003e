"""W3C trace context and OpenTelemetry spans."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.execution.runs import Far, Status, afar

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def headers(far: Far) -> list[str]:
    return [request.headers["traceparent"] for request in far.requests]


async def test_requests_carry_the_trace_of_who_asked() -> None:
    step = "{id: a, taskRef: far, input: {p: p}, retry: {maxAttempts: 2, initialDelay: 1ms}}"
    ran, far = await afar(step, {"/p": [Status(503), 1]}, traceparent=PARENT)
    first, second = headers(far)
    assert first.startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert first.endswith("-01")
    assert first != second
    assert PARENT not in {first, second}
    assert "traceparent" not in str(ran.events)


@pytest.mark.parametrize(
    "parent",
    [
        None,
        "",
        "nonsense",
        PARENT.upper(),
        PARENT.replace("00-", "ff-", 1),
        "00-" + "0" * 32 + PARENT[35:],
        PARENT + "-x",
    ],
)
async def test_without_one_the_trace_is_the_execution(parent: str | None) -> None:
    ran, far = await afar("{id: a, taskRef: far, input: {p: p}}", {"/p": [1]}, traceparent=parent)
    version, trace, span, flags = headers(far)[0].split("-")
    assert (version, trace, flags) == ("00", ran.body["executionId"].replace("-", ""), "00")
    assert len(span) == 16


SPANS = """
import asyncio, json
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.execution.runs import Status, afar

kept = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
trace.set_tracer_provider(provider)

async def main():
    with trace.get_tracer("caller").start_as_current_span("caller"):
        steps = '{id: a, forEach: {items: [1]}, tasks: [{id: b, taskRef: far, input: {p: p}}]}\\n{id: c, taskRef: far, input: {p: gone}, dependsOn: [a]}'
        _, far = await afar(steps, {"/p": [1], "/gone": [Status(404)]})
    spans = {span.context.span_id: span for span in kept.get_finished_spans()}
    tree = {span.name: spans[span.parent.span_id].name if span.parent else None for span in spans.values() if span.name != "GET"}
    attempts = sorted((spans[span.parent.span_id].name, span.attributes.get("http.response.status_code")) for span in spans.values() if span.name == "GET")
    sent = [request.headers["traceparent"].split("-")[2] for request in far.requests]
    failed = sorted(span.name for span in spans.values() if not span.status.is_ok and span.status.description)
    assert all(int(each, 16) in spans and spans[int(each, 16)].name == "GET" for each in sent)
    assert len({span.context.trace_id for span in spans.values()}) == 1
    print(json.dumps([tree, attempts, failed]))

asyncio.run(main())
"""


def test_spans_stand_in_one_another() -> None:
    """In a process of its own, since a program has one provider for good."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SPANS], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == (
        '[{"step a[0].b": "iteration a[0]", "iteration a[0]": "step a", "step a": "workflow main", '
        '"step c": "workflow main", "workflow main": "caller", "caller": null}, '
        '[["step a[0].b", 200], ["step c", 404]], ["GET", "step c", "workflow main"]]'
    )


def test_without_the_sdk_nothing_of_it_is_loaded() -> None:
    program = "import sys, wf_engine.execution.engine; print([n for n in sys.modules if n.startswith('opentelemetry')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
