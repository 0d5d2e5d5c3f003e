"""Answers from memory: what makes two calls the same, how long, and who waits for whom (language §2, `cache`)."""

import asyncio
from typing import Any

import pytest

from tests.execution.runs import Far, Ran, Status, run, task, workflow
from tests.execution.simulated import virtually
from wf_engine.execution import Engine


def document(cache: str = "{ttl: 1h}", http: str = "", step: str = "", name: str = "far") -> str:
    url = f'method: GET, url: "http://far.example/{{{{input.p}}}}"{http}'
    given = '{p: "{{input.x}}", n: "{{input.y ?? 0}}"}'
    more = f"retry: {{maxAttempts: 1}}\n  cache: {cache}"
    return task(url, more, name) + workflow(f"{{id: a, taskRef: {name}, input: {given}{step}}}")


async def calls(far: Far, *given: Any, **options: Any) -> list[Ran]:
    """One execution after another in one engine."""
    secrets = options.pop("secrets", [{}] * len(given))
    async with Engine(far) as engine:
        return [
            await run(document(**options), {"x": each, "y": number}, engine=engine, secrets=secret)
            for number, (each, secret) in enumerate(zip(given, secrets, strict=True))
        ]


async def test_the_same_call_is_made_once() -> None:
    far = Far({"/p": [1, 2]})
    first, second = await calls(far, "p", "p")
    assert (first.output, second.output) == (1, 1)
    assert len(far.requests) == 1
    kinds = [event["type"] for event in second.events if event["path"] == "a"]
    assert kinds[-3:] == ["stepStarted", "cacheHit", "stepFinished"]
    (hit,) = second.of("cacheHit")
    assert set(hit) == {"seq", "at", "executionId", "type", "path"}
    assert second.task()["attempts"] == 0


async def test_a_hit_has_no_response() -> None:
    far = Far({"/p": [1]})
    text = document().replace("output: '{{tasks.a.output}}'", "output: '{{tasks.a.response}}'")
    async with Engine(far) as engine:
        rans = [await run(text, {"x": "p"}, engine=engine) for _ in range(2)]
    assert rans[0].output["status"] == 200
    assert rans[1].output is None


@pytest.mark.parametrize(
    ("http", "count"),
    [
        ("", 1),
        (', query: {n: "{{input.n}}"}', 2),
        (', headers: {X: "{{input.n}}"}', 2),
        (', headers: {X: "same"}', 1),
        (', headers: {Authorization: "Bearer {{secrets.TOKEN}}"}', 2),
        (', headers: {X: "{{secrets.TOKEN}}"}', 2),
    ],
)
async def test_what_makes_two_calls_the_same(http: str, count: int) -> None:
    far = Far()
    await calls(far, "p", "p", http=http, secrets=[{"TOKEN": "first one"}, {"TOKEN": "other one"}])
    assert len(far.requests) == count


async def test_a_key_of_ones_own() -> None:
    far = Far()
    await calls(far, "p", "p", "q", http=', query: {n: "{{input.n}}"}', cache='{ttl: 1h, key: "k-{{input.p}}"}')
    assert len(far.requests) == 2


async def test_a_key_of_ones_own_never_shares_what_a_secret_opened() -> None:
    far = Far()
    options = {"http": ', headers: {X: "{{secrets.TOKEN}}"}', "cache": '{ttl: 1h, key: "k"}'}
    await calls(far, "p", "p", **options, secrets=[{"TOKEN": "first one"}, {"TOKEN": "other one"}])
    assert len(far.requests) == 2


async def test_two_tasks_never_share() -> None:
    far = Far()
    async with Engine(far) as engine:
        for name in ("one", "two"):
            await run(document('{ttl: 1h, key: "k"}', name=name), {"x": "p"}, engine=engine)
    assert len(far.requests) == 2


@virtually
async def test_it_is_fresh_for_so_long() -> None:
    far = Far({"/p": [1, 2]})
    async with Engine(far) as engine:
        first = await run(document("{ttl: 30ms}"), {"x": "p"}, engine=engine)
        await asyncio.sleep(0.05)
        second = await run(document("{ttl: 30ms}"), {"x": "p"}, engine=engine)
    assert (first.output, second.output) == (1, 2)


@virtually
async def test_a_stale_answer_is_given_while_a_new_one_is_fetched() -> None:
    far = Far({"/p": [1, 2, 3]})
    text = document("{ttl: 30ms, staleWhileRevalidate: 1h}")
    async with Engine(far) as engine:
        first = await run(text, {"x": "p"}, engine=engine)
        await asyncio.sleep(0.05)
        stale = await run(text, {"x": "p"}, engine=engine)
        await asyncio.sleep(0.01)
        fresh = await run(text, {"x": "p"}, engine=engine)
    assert [first.output, stale.output, fresh.output] == [1, 1, 2]
    assert len(far.requests) == 2
    assert stale.of("attemptStarted") == []
    assert len(stale.of("cacheHit")) == len(fresh.of("cacheHit")) == 1


@virtually
async def test_a_stale_answer_stands_where_fetching_fails() -> None:
    far = Far({"/p": [1, Status(500), 3]})
    text = document("{ttl: 10ms, staleWhileRevalidate: 1h}")
    outputs = []
    async with Engine(far) as engine:
        for _ in range(4):
            outputs.append((await run(text, {"x": "p"}, engine=engine)).output)
            await asyncio.sleep(0.02)
    assert outputs == [1, 1, 1, 3]


async def test_failures_are_kept_only_where_that_is_wanted() -> None:
    far = Far({"/p": [Status(404)]})
    rans = await calls(far, "p", "p")
    assert [ran.error["code"] for ran in rans] == ["NOT_FOUND", "NOT_FOUND"]
    assert len(far.requests) == 2
    far = Far({"/p": [Status(404)]})
    rans = await calls(far, "p", "p", cache="{ttl: 1h, onlySuccess: false}")
    assert [ran.error["code"] for ran in rans] == ["NOT_FOUND", "NOT_FOUND"]
    assert len(far.requests) == 1
    assert rans[1].error["attempts"] == 0


async def test_it_is_left_out_where_that_is_wanted() -> None:
    far = Far()
    await calls(far, "p", "p", "p", cache='{ttl: 1h, bypassWhen: "input.n == 1"}')
    assert len(far.requests) == 2
    rans = await calls(far, "p", cache='{ttl: 1h, bypassWhen: "input.n"}')
    assert rans[0].error["code"] == "EXPRESSION_ERROR"
    assert "bypassWhen" in rans[0].error["message"]


async def test_only_its_methods() -> None:
    far = Far()
    text = document().replace("method: GET", "method: POST")
    async with Engine(far) as engine:
        for _ in range(2):
            await run(text, {"x": "p"}, engine=engine)
        assert len(far.requests) == 2
        text = text.replace("{ttl: 1h}", "{ttl: 1h, methods: [POST]}")
        for _ in range(2):
            await run(text, {"x": "p"}, engine=engine)
    assert len(far.requests) == 3


@virtually
async def test_who_asks_for_the_same_waits_for_one_call() -> None:
    far = Far({"/p": [1]}, delay=0.01)
    loop = document(step=", forEach: {items: [0, 1, 2, 3, 4], maxConcurrency: 5}")
    async with Engine(far) as engine:
        rans = await asyncio.gather(*[run(loop, {"x": "p"}, engine=engine) for _ in range(3)])
    assert len(far.requests) == 1
    assert all(ran.output["results"] == [1] * 5 for ran in rans)
    assert sum(len(ran.of("cacheHit")) for ran in rans) == 14


@virtually
async def test_where_the_call_fails_each_makes_its_own() -> None:
    far = Far({"/p": [Status(500), 1]}, delay=0.01)
    async with Engine(far) as engine:
        rans = await asyncio.gather(*[run(document(), {"x": "p"}, engine=engine) for _ in range(3)])
    assert sorted(ran.body["status"] for ran in rans) == ["failed", "succeeded", "succeeded"]


@virtually
async def test_where_the_call_is_cancelled_others_go_on() -> None:
    far = Far({"/p": [1]}, delay=0.02)
    cancel = asyncio.Event()
    async with Engine(far) as engine:
        first = asyncio.ensure_future(run(document(), {"x": "p"}, engine=engine, cancel=cancel))
        await asyncio.sleep(0.005)
        second = asyncio.ensure_future(run(document(), {"x": "p"}, engine=engine))
        await asyncio.sleep(0.005)
        cancel.set()
        assert (await first).body["status"] == "cancelled"
        assert (await second).output == 1


@virtually
async def test_who_waits_can_be_cancelled_and_time_out() -> None:
    far = Far({"/p": [1]}, delay=0.05)
    async with Engine(far) as engine:
        first = asyncio.ensure_future(run(document(), {"x": "p"}, engine=engine))
        await asyncio.sleep(0.005)
        late = await run(document(step=", timeout: 10ms"), {"x": "p"}, engine=engine)
        assert late.error["code"] == "TIMEOUT"
        cancel = asyncio.Event()
        second = asyncio.ensure_future(run(document(), {"x": "p"}, engine=engine, cancel=cancel))
        await asyncio.sleep(0.005)
        cancel.set()
        assert (await second).body["status"] == "cancelled"
        assert (await first).output == 1
    assert len(far.requests) == 1
