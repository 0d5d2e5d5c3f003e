"""The door of this layer: an engine keeps connections and programs warm and runs workflows."""

import asyncio
import random
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Literal, Self

from wf_engine.execution import closing
from wf_engine.execution.answers import deeper_than
from wf_engine.execution.client import Client
from wf_engine.execution.clock import Clock, execution_id
from wf_engine.execution.compiling import compile_workflow
from wf_engine.execution.connecting import connect, proxy_of
from wf_engine.execution.driver import Driver
from wf_engine.execution.live import Live
from wf_engine.execution.masking import Masker
from wf_engine.execution.mocking import MockAnswers
from wf_engine.execution.network import Policy
from wf_engine.execution.program import Answers, Context, Frame, WorkflowProgram
from wf_engine.execution.recorder import Event, Recorder, Sink
from wf_engine.execution.services import Services
from wf_engine.execution.tracing import Ids, Tracing, tracing
from wf_engine.execution.transport import Exchange, Request, Transport, TransportError
from wf_engine.text import WfError
from wf_engine.workspace import Definition, Settings, Workspace
from wf_engine.workspace.settings import Network

Mode = Literal["live", "mock", "replay"]


class Engine:
    """Runs workflows of workspaces, many at once, on one event loop. Close it, or use it as `async with Engine()`.

    Programs are kept for the workspace that was used last, connections for each network policy. A given `transport`
    carries all requests and stays open.
    """

    def __init__(self, transport: Transport | None = None, *, random: Callable[[], float] = random.random) -> None:
        """`random` gives numbers in [0, 1), by which waits between attempts are spread."""
        self.live = Live()
        """The events of all executions, for whoever subscribes."""
        self._transport = transport
        self._random = random
        self._services: dict[Any, Services] = {}
        self._opened: list[Transport] = []
        self._workspace: Workspace | None = None
        self._programs: dict[Definition, WorkflowProgram] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections that the engine has opened."""
        self.live.close()
        opened, self._opened = self._opened, []
        services, self._services = self._services, {}
        for each in services.values():
            await each.close()
        for transport in opened:
            await transport.close()

    async def execute(
        self,
        workspace: Workspace,
        definition: Definition,
        input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
        *,
        mode: Mode = "live",
        source: str | None = None,
        sink: Sink,
        cancel: asyncio.Event | None = None,
        secrets: Mapping[str, str] | None = None,
        execution_id: str | None = None,
        answers: Answers | None = None,
        recording: bool = False,
        traceparent: str | None = None,
    ) -> dict[str, Any]:
        """Runs a workflow and gives the execution's body (language §7); `sink` gets each event as it is made.

        `answers` answers requests in the place of services, which then are asked nothing; a mock run without has
        samples. `recording` keeps whole answers in the events. `traceparent` is the W3C trace context of whoever asks;
        requests carry it on. Raises InvalidInput or WfError before anything is recorded; whatever goes wrong later is
        in the body.
        """
        program = self.program(workspace, definition)
        _check_depth(input, workspace.settings.limits.nesting)
        value = program.gate.checked(input)
        # As they are now: one that changes while the workflow runs would be sent, and not be masked.
        secrets = dict(secrets or {})
        masker = Masker(secrets)
        if answers is None and mode == "mock":
            answers = MockAnswers()
        services = self._services_for(workspace.settings) if answers is None else self._closed(workspace.settings)
        clock = Clock()
        name = execution_id or _new_id(clock)
        traced = tracing(name, traceparent)
        recorder = Recorder(name, _shared(sink, self.live, traced), clock, masker, workspace.settings.limits.events)
        context = _context(program, recorder, masker, workspace.settings, secrets, answers, traced, recording=recording)
        driver = Driver(program, context, _frame(context, value), services)
        finished = await driver.run(_started(program, mode, source, value), cancel)
        return closing.body(program, driver.steps, finished)

    def program(self, workspace: Workspace, definition: Definition) -> WorkflowProgram:
        """The workflow made ready to run, from memory where it was before. Raises WfError where it cannot run."""
        if workspace is not self._workspace:
            self._workspace = workspace
            self._programs = {}
        program = self._programs.get(definition)
        if program is None:
            program = compile_workflow(workspace, definition, self._programs)
        return program

    def _services_for(self, settings: Settings) -> Services:
        key = (settings.network, settings.limits.response_bytes)
        services = self._services.get(key)
        if services is None:
            policy = Policy(settings.network)
            transport = self._transport or self._connect(settings.network, policy)
            proxies = proxy_of(settings.network.proxy)
            client = Client(transport, policy, settings.limits.response_bytes, proxies)
            services = self._services[key] = Services(client, self._random)
        return services

    def _closed(self, settings: Settings) -> Services:
        """Circuits and cached answers of an execution's own: what it hears is not what services say."""
        policy = Policy(settings.network)
        return Services(Client(_NoTransport(), policy, settings.limits.response_bytes, None), self._random)

    def _connect(self, network: Network, policy: Policy) -> Transport:
        transport = connect(network, policy)
        self._opened.append(transport)
        return transport


class _NoTransport:
    """Sends nothing."""

    async def send(self, request: Request) -> Exchange:
        """Refuses."""
        raise TransportError("refused", f"{request.origin} is not asked in such a run")

    async def close(self) -> None:
        """Nothing is open."""


async def execute(
    workspace: Workspace,
    definition: Definition,
    input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
    *,
    mode: Mode = "live",
    source: str | None = None,
    sink: Sink,
    transport: Transport | None = None,
    cancel: asyncio.Event | None = None,
    secrets: Mapping[str, str] | None = None,
    execution_id: str | None = None,
) -> dict[str, Any]:
    """Runs one workflow with an engine of its own; see `Engine.execute`."""
    async with Engine(transport) as engine:
        return await engine.execute(
            workspace,
            definition,
            input,
            mode=mode,
            source=source,
            sink=sink,
            cancel=cancel,
            secrets=secrets,
            execution_id=execution_id,
        )


def _new_id(clock: Clock) -> str:
    return execution_id(clock.now())


def _check_depth(value: Any, levels: int) -> None:
    if deeper_than(value, levels):
        message = f"The input is nested more than {levels} levels deep."
        raise WfError(message, hint="Give something flatter, or raise `nesting` under `[limits]` in wf.toml.")


def _shared(sink: Sink, live: Live, traced: Tracing) -> Sink:
    """A sink that shows each event to subscribers too, and to the tracing where that looks at them."""
    spans = None if isinstance(traced, Ids) else traced

    def take(event: Event) -> None:
        sink(event)
        if live.watched:
            live.publish(event)
        if spans is not None:
            spans.take(event)

    return take


def _context(
    program: WorkflowProgram,
    recorder: Recorder,
    masker: Masker,
    settings: Settings,
    secrets: Mapping[str, str],
    answers: Answers | None,
    traced: Tracing,
    *,
    recording: bool,
) -> Context:
    begun = recorder.clock.now()
    seen = {} if answers is None else answers.execution
    execution = {"id": recorder.execution_id, "startedAt": recorder.clock.text(begun), "workflow": program.name, **seen}
    limits, slots = settings.limits, program.max_concurrency
    return Context(recorder, masker, settings.env, secrets, execution, begun, limits, slots, answers, recording, traced)


def _frame(context: Context, value: Any) -> Frame:
    """What the steps see first."""
    roots = {"input": value, "tasks": {}, "env": context.env, "secrets": context.secrets}
    return Frame("", {**roots, "execution": context.execution})


def _started(program: WorkflowProgram, mode: Mode, source: str | None, value: Any) -> dict[str, Any]:
    return {
        "workflow": program.name,
        "namespace": program.namespace,
        "version": program.version,
        "definitionHash": program.definition_hash,
        "mode": mode,
        "source": source,
        "input": value,
        "plan": program.plan,
    }
