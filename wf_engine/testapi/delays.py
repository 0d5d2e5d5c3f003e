"""Endpoints that take their time."""

import random
from dataclasses import replace

from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.behaviour import MAX_DELAY_MS
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.records import keyed
from wf_engine.testapi.schemas import integer, record, text

_FROM_TASK_MS = 9_000
"""Less than the default timeout of an attempt."""


def _delay(call: Call) -> Answer:
    return _after(call.given["ms"])


def _slow_start(call: Call) -> Answer:
    number = call.state.count(f"slow-start {call.given['key']}")
    return _after(call.given["ms"] if number <= call.given["slow"] else 0)


def _jitter(call: Call) -> Answer:
    seed = call.given["seed"]
    number = call.state.count(f"jitter {seed}")
    return _after(random.Random(f"{seed} {number}").randrange(call.given["maxMs"] + 1))  # noqa: S311 - no secret


def _after(milliseconds: int) -> Answer:
    return replace(answer({"delayedMs": milliseconds}), delay=milliseconds / 1000)


_DELAYED = record({"delayedMs": integer("How long it took.")})

ENDPOINTS = (
    Endpoint(
        "GET",
        "/delay/{ms}",
        _delay,
        "Answers after a while.",
        parameters={"ms": integer("How long it takes in milliseconds.", maximum=MAX_DELAY_MS)},
        output=_DELAYED,
        task=Task("wait", ("delay",), (Example("A fifth of a second", {"ms": 200}), Example("At once", {"ms": 0}))),
    ),
    Endpoint(
        "GET",
        "/slow-start/{key}",
        _slow_start,
        "Is slow at first, as a service is whose caches are cold.",
        parameters=keyed(),
        query={
            "slow": integer("How many answers are slow.", default=1),
            "ms": integer("How slow they are, in milliseconds.", maximum=MAX_DELAY_MS, default=1000),
        },
        output=_DELAYED,
        task=Task(
            "call-slow-start",
            ("delay", "retry"),
            (Example("The second attempt is fast", {"key": "a"}),),
            settings={"timeout": "300ms", "retry": {"maxAttempts": 3, "initialDelay": "20ms"}},
        ),
    ),
    Endpoint(
        "GET",
        "/jitter",
        _jitter,
        "Answers after a while that is another each time; a seed decides.",
        query={
            "seed": text("What decides.", default="0"),
            "maxMs": integer("The longest, in milliseconds.", maximum=_FROM_TASK_MS, default=100),
        },
        output=_DELAYED,
        task=Task("wait-a-little", ("delay", "chance"), (Example("The first of a seed", {"seed": "seven"}),)),
    ),
)
