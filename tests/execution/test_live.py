"""Events as they are made: in order, and no run waits for who watches (language §7)."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from tests.execution.runs import FAR, Far, run, workflow
from wf_engine.execution import Engine, Event, Live, Missed

STEPS = "{id: a, taskRef: far, input: {p: p}, forEach: {items: input.x}}"


async def test_a_subscriber_gets_all_events_in_order_while_the_run_goes_on() -> None:
    seen: list[Event | Missed] = []
    async with Engine(Far(delay=0.001)) as engine:

        async def watch() -> None:
            seen.extend([event async for event in engine.live.subscribe("it")])

        watching = asyncio.ensure_future(watch())
        await asyncio.sleep(0)
        ran = await run(FAR + workflow(STEPS), {"x": [1, 2, 3]}, engine=engine, execution_id="it")
        async with asyncio.timeout(10):
            await watching
    assert seen == ran.events


async def test_who_never_reads_slows_nobody_and_is_told_what_was_missed() -> None:
    async with Engine(Far()) as engine:
        lazy = engine.live.subscribe(most=5)
        ran = await run(FAR + workflow(STEPS), {"x": list(range(100))}, engine=engine)
        assert ran.body["status"] == "succeeded"
    got = [event async for event in lazy]
    assert got[:5] == ran.events[:5]
    assert got[5:] == [Missed(ran.body["executionId"], 6, len(ran.events))]


async def test_each_execution_has_its_own_gap() -> None:
    live = Live()
    lazy = live.subscribe(most=1)
    for seq in (1, 2, 3):
        for name in ("a", "b"):
            live.publish({"executionId": name, "seq": seq, "type": "stepReady", "path": ""})
    live.close()
    got = [event async for event in lazy]
    assert got[0]["executionId"] == "a"  # type: ignore[call-overload]
    assert got[1:] == [Missed("b", 1, 3), Missed("a", 2, 3)]


async def test_only_the_execution_that_is_asked_for_to_its_end() -> None:
    async with Engine(Far()) as engine:
        one = engine.live.subscribe("one")
        for name in ("other", "one", "late"):
            await run(FAR + workflow(STEPS), {"x": [1]}, engine=engine, execution_id=name)
        got = [event async for event in one]
    assert {event["executionId"] for event in got} == {"one"}  # type: ignore[call-overload]
    assert got[-1]["type"] == "executionFinished"  # type: ignore[call-overload]


async def test_who_has_left_gets_nothing_more() -> None:
    live = Live()
    gone = live.subscribe()
    gone.close()
    live.publish({"executionId": "a", "seq": 1, "type": "stepReady", "path": ""})
    assert [event async for event in gone] == []


@given(st.lists(st.integers(0, 3), max_size=40), st.integers(1, 5))
async def test_events_and_gaps_leave_nothing_out(reads: list[int], most: int) -> None:
    """However slowly it is read: what is given and what is said to be missed is all there was, in order."""
    live = Live()
    subscription = live.subscribe(most=most)
    covered: list[int] = []

    def cover(got: Event | Missed) -> None:
        covered.extend(range(got.first, got.last + 1) if isinstance(got, Missed) else [got["seq"]])

    waiting: list[str] = []
    for seq, count in enumerate(reads, 1):
        live.publish({"executionId": "a", "seq": seq, "type": "stepReady", "path": ""})
        if len(waiting) < most:
            waiting.append("event")
        elif waiting[-1] == "event":
            waiting.append("gap")
        for _ in range(min(count, len(waiting))):
            cover(await anext(subscription))
            waiting.pop(0)
    live.close()
    async for got in subscription:
        cover(got)
    assert covered == list(range(1, len(reads) + 1))
