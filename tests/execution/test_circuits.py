"""Circuit breakers: a model-checked state machine, then what executions make of it (language §2)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from tests.execution.runs import Far, Ran, Status, run, task, workflow
from tests.execution.simulated import virtually
from wf_engine.execution import Engine, TransportError
from wf_engine.execution.circuits import Circuit, CircuitPolicy


class CircuitMachine(RuleBasedStateMachine):
    """The circuit beside a model that keeps every call with its time and what became of it."""

    permits = Bundle("permits")

    @initialize(
        threshold=st.integers(1, 4), sampling=st.integers(1, 20), rest=st.integers(1, 10), trials=st.integers(1, 4)
    )
    def start(self, threshold: int, sampling: int, rest: int, trials: int) -> None:
        self.policy = CircuitPolicy(threshold, sampling, rest, trials)
        self.circuit = Circuit()
        self.now = 0.0
        self.changes: list[tuple[str, str]] = []
        self.era = 0
        self.state = "closed"
        self.failures: list[float] = []
        self.opened = 0.0
        self.trying = self.good = 0

    def changed(self, before: str, after: str) -> None:
        self.changes.append((before, after))

    def become(self, state: str) -> None:
        assert self.changes.pop() == (self.state, state)
        self.state = state
        self.era += 1
        self.failures, self.trying, self.good = [], 0, 0

    @rule(seconds=st.floats(0, 15))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(target=permits)
    def call(self) -> Any:
        permit = self.circuit.admit(self.policy, self.now, self.changed)
        if self.state == "open" and self.now - self.opened >= self.policy.break_duration:
            self.become("halfOpen")
        if self.state == "open" or (self.state == "halfOpen" and self.trying == self.policy.half_open_requests):
            assert permit is None
        else:
            assert permit is not None
            self.trying += self.state == "halfOpen"
        return permit, self.era

    @rule(given=consumes(permits), failed=st.booleans())
    def answer(self, given: tuple[int | None, int], failed: bool) -> None:
        permit, era = given
        if permit is None:
            return
        self.circuit.settle(self.policy, permit, self.now, self.changed, failed=failed)
        if era != self.era:
            return
        if self.state == "halfOpen":
            self.good += not failed
            if failed:
                self.opened = self.now
                self.become("open")
            elif self.good == self.policy.half_open_requests:
                self.become("closed")
        elif failed:
            self.failures.append(self.now)
            recent = [at for at in self.failures if at > self.now - self.policy.sampling_duration]
            if len(recent) >= self.policy.failure_threshold:
                self.opened = self.now
                self.become("open")

    @rule(given=consumes(permits))
    def give_up(self, given: tuple[int | None, int]) -> None:
        permit, era = given
        if permit is not None:
            self.circuit.withdraw(permit)
            self.trying -= era == self.era and self.state == "halfOpen"

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "circuit"):
            assert self.circuit.state == self.state
            assert self.changes == []


TestCircuitMachine = CircuitMachine.TestCase

BREAKER = "circuitBreaker: {failureThreshold: 2, samplingDuration: 10s, breakDuration: 40ms, halfOpenRequests: 1}"


def document(breaker: str = BREAKER, step: str = "", host: str = "far.example") -> str:
    url = f'method: GET, url: "http://{host}/{{{{input.p}}}}"'
    return task(url, f"retry: {{maxAttempts: 1}}\n  {breaker}", "far") + workflow(
        f'{{id: a, taskRef: far, input: {{p: "{{{{input.x}}}}"}}{step}}}'
    )


async def calls(engine: Engine, paths: str, **options: Any) -> list[Ran]:
    text = document(**options)
    return [await run(text, {"x": path}, engine=engine) for path in paths]


def codes(rans: list[Ran]) -> list[str]:
    return [ran.body["errors"][0]["code"] if ran.body["errors"] else "ok" for ran in rans]


ANSWERS: Mapping[str, Any] = {"/b": [Status(500)], "/g": ["fine"], "/n": [Status(404)]}


@virtually
async def test_it_opens_and_refuses() -> None:
    far = Far(ANSWERS)
    async with Engine(far) as engine:
        rans = await calls(engine, "bbg")
    assert codes(rans) == ["SERVICE_ERROR", "SERVICE_ERROR", "CIRCUIT_OPEN"]
    assert len(far.requests) == 2
    (changed,) = rans[1].of("circuitChanged")
    assert (changed["path"], changed["from"], changed["to"]) == ("a", "closed", "open")
    assert set(changed) == {"seq", "at", "executionId", "type", "path", "from", "to"}
    refused = rans[2]
    assert refused.of("attemptStarted") == []
    assert refused.error["retryable"] is True
    assert refused.error["http"]["status"] is None
    assert "default/far" in refused.error["message"]


@virtually
async def test_it_tries_again_after_a_while() -> None:
    far = Far({**ANSWERS, "/c": [Status(500), "fine"]})
    async with Engine(far) as engine:
        await calls(engine, "bb")
        await asyncio.sleep(0.06)
        again = await calls(engine, "b")
        refused = await calls(engine, "g")
        await asyncio.sleep(0.06)
        fine = await calls(engine, "gg")
    assert [(event["from"], event["to"]) for event in again[0].of("circuitChanged")] == [
        ("open", "halfOpen"),
        ("halfOpen", "open"),
    ]
    assert codes(refused) == ["CIRCUIT_OPEN"]
    assert codes(fine) == ["ok", "ok"]
    assert [(event["from"], event["to"]) for event in fine[0].of("circuitChanged")] == [
        ("open", "halfOpen"),
        ("halfOpen", "closed"),
    ]


@pytest.mark.parametrize(
    ("answer", "opens"),
    [
        *((Status(code), False) for code in (400, 401, 403, 404, 409, 422)),
        *((Status(code), True) for code in (408, 429, 500, 503)),
        (TransportError("reset", "reset"), True),
        (TransportError("refused", "refused"), True),
        (TransportError("tls", "bad certificate"), True),
        ("fine", False),
    ],
)
@virtually
async def test_what_counts_as_a_failure(answer: object, opens: bool) -> None:
    async with Engine(Far({"/x": [answer]})) as engine:
        rans = await calls(engine, "xxx")
    assert ("CIRCUIT_OPEN" in codes(rans)) is opens


async def test_an_address_that_the_policy_refuses_is_no_failure_of_the_service() -> None:
    async with Engine() as engine:
        rans = await calls(engine, "xxxx", host="169.254.169.254")
    assert codes(rans) == ["NETWORK_ERROR"] * 4


@virtually
async def test_the_fallback_for_an_open_circuit() -> None:
    async with Engine(Far(ANSWERS)) as engine:
        rans = await calls(engine, "bbg", step=", fallback: {causes: [circuitOpen], output: instead}")
    assert codes(rans[:2]) == ["SERVICE_ERROR"] * 2
    assert rans[2].output == "instead"
    assert rans[2].of("fallbackStarted")[0]["reason"] == "circuitOpen"


@virtually
async def test_the_step_overrides_the_task_field_by_field() -> None:
    async with Engine(Far(ANSWERS)) as engine:
        rans = await calls(engine, "bbb", step=", circuitBreaker: {failureThreshold: 1}")
    assert codes(rans) == ["SERVICE_ERROR", "CIRCUIT_OPEN", "CIRCUIT_OPEN"]


@virtually
async def test_a_retry_is_refused_too() -> None:
    far = Far(ANSWERS)
    async with Engine(far, random=lambda: 0.0) as engine:
        (ran,) = await calls(engine, "b", step=", retry: {maxAttempts: 5, initialDelay: 1ms}")
    assert ran.error["code"] == "CIRCUIT_OPEN"
    assert ran.error["attempts"] == 2
    assert len(far.requests) == 2


@virtually
async def test_each_host_has_its_own() -> None:
    async with Engine(Far(ANSWERS)) as engine:
        await calls(engine, "bb")
        assert codes(await calls(engine, "g")) == ["CIRCUIT_OPEN"]
        assert codes(await calls(engine, "g", host="other.example")) == ["ok"]
