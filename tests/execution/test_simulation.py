"""Seeded simulation: random workflows with random faults on a virtual clock keep every rule (language §7).

A seed that fails is named, and repeats exactly.
"""

import asyncio
import os
import random

import msgspec

from tests.execution.runs import Ran, run
from tests.execution.simulated import FAILED, Maker, Model, World, comparable, documents, simulate
from wf_engine.execution import Engine, Event
from wf_engine.history.folds import run_of, step_figures
from wf_engine.workspace.settings import Limits

COUNT = 5000 if os.environ.get("WF_TEST_PROFILE") == "soak" else 250
"""Workflows of each of the two kinds."""

CODES = frozenset(
    [
        "CANCELLED",
        "CIRCUIT_OPEN",
        "LIMIT_EXCEEDED",
        "NETWORK_ERROR",
        "NOT_FOUND",
        "RATE_LIMITED",
        "SCHEMA_MISMATCH",
        "SERVICE_ERROR",
        "TIMEOUT",
    ]
)
STARTS = frozenset({"stepReady", "iterationStarted", "attemptStarted", "fallbackStarted", "retryScheduled"})


async def execution(seed: int, world: World, *, strict: bool) -> Ran:
    source = random.Random(seed)
    slots = source.randint(1, 6)
    hurried, limited = (not strict and source.random() < 0.1 for _ in range(2))
    timeout = f"{source.randint(50, 500)}ms" if hurried else "5m"
    text = documents(Maker(seed, strict=strict).steps(0), slots, timeout)
    limits = Limits(events=source.randint(10, 80)) if limited else Limits()
    cancel = asyncio.Event()
    end = source.uniform(0, 3) if not strict and source.random() < 0.5 else None
    async with Engine(world, random=source.random) as engine:
        if end is not None:
            asyncio.get_running_loop().call_later(end, cancel.set)
        ran = await run(text, engine=engine, cancel=cancel, limits=limits)
    assert world.flying == 0, "something is in flight after the end"
    assert world.most <= slots
    return ran


async def killed(seed: int, world: World) -> list[Event]:
    """The events of an execution whose caller is cancelled while it runs."""
    from tests.execution.runs import check_events
    from wf_engine.workspace import Workspace

    source = random.Random(seed)
    workspace = Workspace.of({"f.yaml": documents(Maker(seed, strict=False).steps(0), 3)})
    definition = workspace.workflow("main")
    assert definition is not None
    events: list[Event] = []
    async with Engine(world, random=source.random) as engine:
        work = asyncio.ensure_future(engine.execute(workspace, definition, sink=events.append))
        asyncio.get_running_loop().call_later(source.uniform(0, 0.5), work.cancel)
        await asyncio.wait([work])
    assert world.flying == 0
    check_events(events)
    return events


def check_figures(events: list[Event]) -> None:
    """What statistics keep of the steps is what the fold of all events says."""
    steps = [step for step in run_of(events).steps.values() if step.task_ref and step.started_at]
    folded = {(step.path, step.task_ref, step.status, step.duration_ms, step.attempts) for step in steps}
    kept = step_figures(events)
    assert sorted(each[1:] for each in folded) == sorted(map(tuple, kept))
    assert len(folded) == len(kept)


def check_order(events: list[Event]) -> None:
    """Nothing begins before what it waits for has ended, nothing in a scope after a failure in it."""
    ended: dict[str, Event] = {}
    failed: list[str] = []
    for event in events:
        path = event["path"]
        if event["type"] == "stepReady":
            for needed in event["waitedFor"]:
                end = ended[needed]
                assert end["status"] == "succeeded" or end["reason"] == "condition", f"{path} ran after {needed}"
        if event["type"] in STARTS:
            assert not any(path.startswith(scope) for scope in failed), f"{event['type']} of {path} after a failure"
        if event["type"] == "stepFinished":
            assert path not in ended, f"{path} has ended twice"
            ended[path] = event
            if event["status"] == "failed" and not path.endswith(("~else", "~fallback")):
                failed.append(path[: path.rfind(".") + 1])


def untimed(events: list[Event]) -> list[bytes]:
    """Events as bytes, without what differs from run to run: times and ids."""
    kept = [
        {name: value for name, value in event.items() if name not in {"at", "executionId", "durationMs", "delayMs"}}
        for event in events
    ]
    return [msgspec.json.encode(event).replace(events[0]["executionId"].encode(), b"ID") for event in kept]


def test_what_is_given_is_what_the_model_gives() -> None:
    for seed in range(COUNT):
        world = World(seed)
        ran = simulate(execution(seed, world, strict=True))
        check_order(ran.events)
        expected = Model(World(seed)).scope(Maker(seed, strict=True).steps(0), "", "")
        if expected is FAILED:
            assert ran.body["status"] == "failed", f"seed {seed}"
        else:
            assert ran.body["status"] == "succeeded", f"seed {seed}: {ran.body['errors']}"
            assert comparable(ran.body["output"]) == expected, f"seed {seed}"


def test_whatever_happens_the_rules_are_kept() -> None:
    statuses: set[str] = set()
    kinds: set[str] = set()
    codes: set[str] = set()
    for seed in range(COUNT):
        ran = simulate(execution(seed, World(seed), strict=False))
        check_order(ran.events)
        check_figures(ran.events)
        statuses.add(ran.body["status"])
        kinds.update(event["type"] for event in ran.events)
        codes.update(event["error"]["code"] for event in ran.events if event.get("error"))
    assert statuses == {"succeeded", "failed", "cancelled", "timedOut"}
    assert kinds >= {"cacheHit", "circuitChanged", "conditionEvaluated", "fallbackStarted", "iterationFinished"}
    assert codes >= CODES, "not everything that can happen has happened"


def test_an_execution_whose_caller_goes_away_ends_whole() -> None:
    for seed in range(COUNT // 5):
        events = simulate(killed(seed, World(seed)))
        assert events[-1]["status"] in {"cancelled", "succeeded", "failed", "timedOut"}, f"seed {seed}"


def test_the_same_seed_gives_the_same_events() -> None:
    for seed in range(COUNT // 10):
        first, second = [untimed(simulate(execution(seed, World(seed), strict=False)).events) for _ in range(2)]
        assert first == second, f"seed {seed}"
