"""Running workflows in tests: over real sockets, with what holds of every run checked every time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from wf_engine.execution import Engine, Event, Request, WholeAnswer
from wf_engine.history.folds import status
from wf_engine.workspace import Settings, Workspace
from wf_engine.workspace.settings import Limits, Network

LOOPBACK = Network(allow_loopback=True)


@dataclass
class Ran:
    """An execution that has ended."""

    body: dict[str, Any]
    events: list[Event]

    def of(self, kind: str, path: str | None = None) -> list[Event]:
        return [event for event in self.events if event["type"] == kind and path in (None, event["path"])]

    def task(self, path: str = "a") -> dict[str, Any]:
        return next(task for task in self.body["tasks"] if task["path"] == path)

    @property
    def output(self) -> Any:
        assert self.body["status"] == "succeeded", self.body["errors"]
        return self.body["output"]

    @property
    def error(self) -> dict[str, Any]:
        assert self.body["status"] == "failed", self.body
        (error,) = self.body["errors"]
        return error

    @property
    def statuses(self) -> dict[str, str]:
        return {task["path"]: task["status"] for task in self.body["tasks"]}


def task(http: str, more: str = "", name: str = "it") -> str:
    """A document with a task; `http` is the inside of a flow map."""
    return f"""\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {{name: {name}}}
spec:
  type: http
  http: {{{http}}}
  {more}
---
"""


def workflow(steps: str, more: str = "output: '{{tasks.a.output}}'") -> str:
    """A document with a workflow whose steps are the lines of `steps`."""
    listed = "\n".join(f"    - {line.strip()}" for line in steps.strip().splitlines())
    return f"""\
apiVersion: workflow.io/v1
kind: Workflow
metadata: {{name: main}}
spec:
  input: {{x: {{}}, y: {{}}, z: {{}}}}
  {more}
  tasks:
{listed}
"""


def one(http: str, given: str = "{}", *, task_more: str = "", step_more: str = "") -> str:
    """A task and a workflow with the one step `a` that runs it."""
    return task(http, task_more) + workflow(f"{{id: a, taskRef: it, input: {given}{step_more}}}")


def get(url: str, given: str = "{}", *, task_more: str = "", step_more: str = "") -> str:
    """The same with GET."""
    return one(f'method: GET, url: "{url}"', given, task_more=task_more, step_more=step_more)


async def run(
    text: str,
    given: Mapping[str, Any] | None = None,
    *,
    env: Mapping[str, Any] | None = None,
    network: Network = LOOPBACK,
    limits: Limits | None = None,
    engine: Engine | None = None,
    watch: Callable[[Event], None] | None = None,
    **options: Any,
) -> Ran:
    """Runs the workflow `main` of some documents; `watch` gets each event too."""
    settings = Settings(env=env or {}, network=network, limits=limits or Limits())
    workspace = Workspace.of({"f.yaml": text}, settings)
    definition = workspace.workflow("main")
    assert definition is not None
    events: list[Event] = []

    def sink(event: Event) -> None:
        events.append(event)
        if watch is not None:
            watch(event)

    if engine is not None:
        body = await engine.execute(workspace, definition, given, sink=sink, **options)
    else:
        async with Engine() as own:
            body = await own.execute(workspace, definition, given, sink=sink, **options)
    check_events(events)
    assert status(events) == body, "the fold of the events says something else"
    return Ran(body, events)


def check_events(events: list[Event]) -> None:
    """What holds of the events of every execution that has ended."""
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert len({event["executionId"] for event in events}) == 1
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    assert events[0]["type"] == "executionStarted"
    assert [event["type"] for event in events].count("executionFinished") == 1
    assert events[-1]["type"] == "executionFinished"
    paths = {event["path"] for event in events} - {""}
    for path in paths:
        _check_step([event for event in events if event["path"] == path])


def _check_step(events: list[Event]) -> None:
    kinds = [event["type"] for event in events]
    if kinds[0] == "iterationStarted":
        assert kinds.count("iterationStarted") == kinds.count("iterationFinished") == 1
        assert kinds[-1] == "iterationFinished"
        assert not any(kind.startswith("step") for kind in kinds)
    else:
        assert kinds.count("stepFinished") == 1
        assert kinds[-1] == "stepFinished"
        if events[-1]["status"] in {"succeeded", "failed"}:
            assert kinds.count("stepStarted") == 1
    calls = [kind for kind in kinds if kind.startswith("attempt")]
    assert calls == ["attemptStarted", "attemptFinished"] * (len(calls) // 2)
    numbers = [event["n"] for event in events if event["type"] == "attemptStarted"]
    assert numbers == list(range(1, len(numbers) + 1))


@dataclass
class Far:
    """The far end of every socket: answers by the path of the URL, with what is next in its list, the last for ever.

    An answer is a JSON value, a `Status`, or an error to raise.
    """

    answers: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    delay: float = 0.0
    requests: list[Request] = field(default_factory=list)
    flying: int = 0
    most: int = 0

    @property
    def paths(self) -> list[str]:
        return [request.url.removeprefix("http://far.example") for request in self.requests]

    async def send(self, request: Request) -> WholeAnswer:
        self.requests.append(request)
        self.flying += 1
        self.most = max(self.most, self.flying)
        try:
            await asyncio.sleep(self.delay)
        finally:
            self.flying -= 1
        said = self.answers.get(request.url.removeprefix("http://far.example"), (None,))
        count = sum(each.url == request.url for each in self.requests)
        answer = said[min(count, len(said)) - 1]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Status):
            return WholeAnswer(answer.code, {"content-type": "application/json", **answer.headers}, b'"no"')
        return WholeAnswer(200, {"content-type": "application/json"}, msgspec.json.encode(answer))

    async def close(self) -> None:
        """Nothing is open."""


class Status(NamedTuple):
    """An answer with this status code."""

    code: int
    headers: Mapping[str, str] = {}


FAR = task('method: GET, url: "http://far.example/{{input.p}}"', "retry: {maxAttempts: 1}", "far")
"""A task that calls the far end: the input `p` is the path."""


async def afar(
    steps: str, answers: Mapping[str, Sequence[Any]] | None = None, given: Any = None, **options: Any
) -> tuple[Ran, Far]:
    """Runs steps that call the far end by the task `far`; `more` is what the workflow has besides."""
    far = options.pop("far", None) or Far(answers or {})
    text = FAR + options.pop("documents", "") + workflow(steps, options.pop("more", "output: '{{tasks.a.output}}'"))
    async with Engine(far, random=lambda: 0.0) as engine:
        return await run(text, given, engine=engine, **options), far


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def peer(handler: Handler) -> AsyncIterator[str]:
    """A server on a real socket that treats each connection as `handler` does; its URL."""
    connections: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        try:
            await handler(reader, writer)
        except ConnectionError:
            pass
        finally:
            connections.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.close()
        for connection in list(connections):
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


async def head(reader: asyncio.StreamReader) -> bytes:
    """The head of the next request."""
    return await reader.readuntil(b"\r\n\r\n")


def answering(*answers: bytes) -> Handler:
    """Sends these bytes, one answer a request in all, the last one again and again; then closes the connection."""
    left = list(answers)

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(left.pop(0) if len(left) > 1 else left[0])
        await writer.drain()

    return handler


def http(body: bytes, status: int = 200, kind: str | None = "application/json", more: str = "") -> bytes:
    """An answer in HTTP/1.1 after which the connection closes."""
    typed = "" if kind is None else f"Content-Type: {kind}\r\n"
    start = f"HTTP/1.1 {status} Whatever\r\n{typed}Content-Length: {len(body)}\r\nConnection: close\r\n{more}\r\n"
    return start.encode() + body
