"""The attempts of one execution: made, timed, answered, repeated, given up."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from wf_engine.execution import closing
from wf_engine.execution.caching import Found, Kept, Lease
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import (
    of_long_work,
    of_open_circuit,
    of_refused_address,
    of_timeout,
    of_transport,
    preview,
)
from wf_engine.execution.moves import Broke, Called, Event, State, Wait, Woke
from wf_engine.execution.program import Answer, Call, CircuitUse, Compute, Context, StepRun
from wf_engine.execution.replaying import recorded
from wf_engine.execution.requests import has_header
from wf_engine.execution.services import Services
from wf_engine.execution.transport import RefusedAddressError, Request, Response, TransportError


class Shell(Protocol):
    """What attempts tell of what came of them."""

    def on(self, act: Callable[..., None], *arguments: Any) -> None:
        """Runs what the event loop calls, unless the execution has ended."""

    def begin(self, step: StepRun) -> None:
        """The step starts, unless it has."""

    def feed(self, event: Event) -> None:
        """Tells the core."""

    def succeed(self, step: StepRun, output: Any) -> None:
        """The step has its output."""

    def fail(self, step: StepRun, failure: Failure) -> None:
        """The step has an error that no further attempt will mend."""


class Calls:
    """Makes the attempts of one execution. All that is in flight is known, so that nothing outlives it."""

    def __init__(self, shell: Shell, context: Context, services: Services) -> None:
        self._shell = shell
        self._clock = context.clock
        self._record = context.recorder.record
        self._tracing = context.tracing
        self._masker = context.masker
        self._services = services
        self._answers = context.answers
        self._recording = context.recording
        self._client = services.client
        self._loop = asyncio.get_running_loop()
        self._flying: dict[asyncio.Task[Any], None] = {}

    def prepare(self, step: StepRun, call: Call | Compute) -> None:
        """Asks for a slot for a step's call, unless its answer is in the cache, or on its way there."""
        step.call = call
        if isinstance(call, Compute) or call.cache is None:
            self._shell.feed(Called(step.node))
            return
        found = self._services.cache.look(call.cache, self._loop.time())
        if isinstance(found, Found):
            if found.lease is not None:
                self._services.renew(call, found.lease)
            self._hit(step, found.kept)
        elif isinstance(found, Lease):
            step.lease = found
            self._shell.feed(Called(step.node))
        else:
            self._shell.begin(step)
            found.add_done_callback(lambda waited: self._shell.on(self._waited, step, waited.result()))

    def attempt(self, step: StepRun) -> None:
        """Makes an attempt of a step that holds a slot."""
        call = step.call
        if isinstance(call, Compute):
            self._compute(step, call)
            return
        if call.circuit is not None and not self._admitted(step, call, call.circuit):
            return
        step.attempts += 1
        call.begun = self._clock.now()
        self._record("attemptStarted", step.path, call.begun, {"n": step.attempts, "request": call.shown})
        if self._answers is None:
            sending = self._client.send(self._traced(step, call.request))
        else:
            sending = self._answers.answer(step, call)
        task = step.task = self._loop.create_task(sending)
        self._flying[task] = None
        task.add_done_callback(partial(self._landed, step))
        step.timer = self._loop.call_later(call.timeout_ms / 1000, self._expired, step, task)

    def _traced(self, step: StepRun, request: Request) -> Request:
        """The request with its trace context; an author's own wins. Events do not show it, nor does the cache see it."""
        if self._tracing is None or (request.headers and has_header(request.headers, "traceparent")):
            return request
        headers = {**request.headers, "traceparent": self._tracing.traceparent(step.path)}
        of = request
        return Request(of.method, of.url, of.origin, headers, of.body, of.sensitive, of.final)

    def wait(self, action: Wait) -> None:
        """Waits until the next attempt is due."""
        step: StepRun = action.node.tag
        if action.node.state is State.WAITING:
            fields = {"delayMs": round(action.delay * 1000, 3)}
            self._record("retryScheduled", step.path, self._clock.now(), fields)
            step.timer = self._loop.call_later(action.delay, self._shell.on, self._shell.feed, Woke(action.node))

    def abort(self, step: StepRun) -> None:
        """Gives up the attempt in flight; its connection closes."""
        if isinstance(step.call, Compute):
            self._give_up(step, step.call)
        elif step.task is not None:
            step.task.cancel()
            step.task = None
            self._withdraw(step)
            self._finished(step, step.call, closing.given_up(step), None, self._clock.now())

    def ended(self, step: StepRun) -> None:
        """The step has ended: whoever waits for its call need wait no longer."""
        if step.lease is not None:
            step.lease.release()
            step.lease = None

    async def let_go(self) -> None:
        """Gives up all that is still in flight and waits until the connections are closed."""
        flying = list(self._flying)
        for task in flying:
            task.cancel()
        if flying:
            await asyncio.gather(*flying, return_exceptions=True)

    def _waited(self, step: StepRun, stored: bool) -> None:  # noqa: FBT001 - the result of a future
        """Somebody else's call, which the step has waited for, has ended; where it gave nothing, it makes its own."""
        if step.node.state is not State.OPENING:
            return
        if stored:
            self.prepare(step, step.call)
        else:
            self._shell.feed(Called(step.node))

    def _hit(self, step: StepRun, kept: Kept) -> None:
        self._shell.begin(step)
        self._record("cacheHit", step.path, self._clock.now(), {})
        if kept.failure is None:
            self._shell.succeed(step, kept.output)
        else:
            self._shell.fail(step, replace(kept.failure, path="", attempts=0))

    def _admitted(self, step: StepRun, call: Call, use: CircuitUse) -> bool:
        circuit = self._services.circuit(use)
        step.permit = circuit.admit(use.policy, self._loop.time(), partial(self._changed, step))
        if step.permit is None:
            self._shell.fail(step, of_open_circuit(call.request, use.task))
        return step.permit is not None

    def _withdraw(self, step: StepRun) -> None:
        if step.permit is not None and isinstance(step.call, Call) and step.call.circuit is not None:
            self._services.circuit(step.call.circuit).withdraw(step.permit)
            step.permit = None

    def _settle(self, step: StepRun, call: Call, *, failed: bool) -> None:
        if step.permit is not None and call.circuit is not None:
            circuit, now = self._services.circuit(call.circuit), self._loop.time()
            permit, step.permit = step.permit, None
            circuit.settle(call.circuit.policy, permit, now, partial(self._changed, step), failed=failed)

    def _changed(self, step: StepRun, before: str, after: str) -> None:
        self._record("circuitChanged", step.path, self._clock.now(), {"from": before, "to": after})

    def _compute(self, step: StepRun, call: Compute) -> None:
        """Does the work at once or, where it may take long, in a thread beside the event loop."""
        if not call.large:
            self._done(step, partial(call.work, _go_on))
            return
        task = step.task = self._loop.create_task(asyncio.to_thread(call.work, partial(_stop_if_given_up, call)))
        self._flying[task] = None
        task.add_done_callback(partial(self._computed, step))
        if call.timeout_ms is not None:
            step.timer = self._loop.call_later(call.timeout_ms / 1000, self._shell.on, self._too_long, step, call)

    def _computed(self, step: StepRun, task: asyncio.Task[Any]) -> None:
        self._flying.pop(task, None)
        if step.task is task and not task.cancelled():
            step.task = None
            self._shell.on(self._done, step, task.result)

    def _done(self, step: StepRun, result: Callable[[], Any]) -> None:
        if step.timer is not None:
            step.timer.cancel()
        try:
            output = result()
        except StepError as fault:
            self._shell.fail(step, fault.failure)
        else:
            self._shell.succeed(step, output)

    def _too_long(self, step: StepRun, call: Compute) -> None:
        if step.task is not None:
            self._give_up(step, call)
            self._shell.fail(step, of_long_work(call.timeout_ms or 0, call.name))

    @staticmethod
    def _give_up(step: StepRun, call: Compute) -> None:
        """Nobody waits for the work any more; its thread ends at its next tick."""
        call.given_up = True
        if step.task is not None:
            step.task.cancel()
            step.task = None

    @staticmethod
    def _expired(step: StepRun, task: asyncio.Task[Response]) -> None:
        step.timed_out = step.task is task and task.cancel()

    def _landed(self, step: StepRun, task: asyncio.Task[Response]) -> None:
        self._flying.pop(task, None)
        if step.task is task:
            self._shell.on(self._answered, step, task)

    def _answered(self, step: StepRun, task: asyncio.Task[Response]) -> None:
        step.task = None
        if step.timer is not None:
            step.timer.cancel()
        call = step.call
        assert isinstance(call, Call)
        now = self._clock.now()
        response: Response | None = None
        try:
            response = task.result()
            answer = call.reader.read(call.request, response, now, self._masker.text)
        except StepError as fault:
            self._broke(step, call, fault.failure, response, now)
        except (TransportError, RefusedAddressError, asyncio.CancelledError) as error:
            self._broke(step, call, _failure(step, call, error), None, now)
        else:
            self._succeed(step, call, answer, response, now)

    def _succeed(self, step: StepRun, call: Call, answer: Answer, response: Response, now: float) -> None:
        if answer.warning is not None:
            answer.warning.path = step.path
        self._finished(step, call, answer.warning, response, now)
        self._settle(step, call, failed=False)
        if step.lease is not None:
            step.lease.keep(Kept(answer.output, None, len(response.body)), self._loop.time())
        step.response = {"status": response.status, "headers": response.headers}
        self._shell.succeed(step, answer.output)

    def _broke(self, step: StepRun, call: Call, failure: Failure, response: Response | None, now: float) -> None:
        failure.path = step.path
        failure.attempts = step.attempts
        self._finished(step, call, failure, response, now)
        self._settle(step, call, failed=failure.troubled)
        delay = call.retry.delay(failure, step.attempts, self._services.random)
        if delay is None:
            if step.lease is not None:
                step.lease.keep(Kept(None, failure, _size(response)), self._loop.time())
            self._shell.fail(step, failure)
        else:
            self._shell.feed(Broke(step.node, delay))

    def _finished(
        self, step: StepRun, call: Call, failure: Failure | None, response: Response | None, now: float
    ) -> None:
        if failure is not None and failure.http is not None and response is not None and self._masker:
            failure.http = {**failure.http, "bodyPreview": preview(response.body, self._masker.text)}
        fields = {
            "n": step.attempts,
            "status": None if response is None else response.status,
            "durationMs": round((now - call.begun) * 1000, 3),
            "error": None if failure is None else failure.to_json(),
        }
        if self._recording and response is not None:
            fields["response"] = recorded(response)
        self._record("attemptFinished", step.path, now, fields)


def _size(response: Response | None) -> int:
    return 0 if response is None else len(response.body)


class _GivenUpError(Exception):
    """Ends work for which nobody waits any more."""


def _go_on() -> None:
    """The tick of short work."""


def _stop_if_given_up(call: Compute) -> None:
    if call.given_up:
        raise _GivenUpError


def _failure(step: StepRun, call: Call, error: BaseException) -> Failure:
    if isinstance(error, RefusedAddressError):
        return of_refused_address(error, call.request)
    if isinstance(error, TransportError):
        return of_transport(error, call.request)
    if step.timed_out:
        step.timed_out = False
        return of_timeout(call.request, call.timeout_ms, call.reader.name)
    return of_transport(TransportError("reset", "the request was cancelled"), call.request)
