"""When steps run: over real sockets, by what the service sees and in the order of events."""

import asyncio
from collections import Counter

import pytest

from tests.execution.runs import Handler, afar, get, head, http, one, peer, run, task, workflow
from wf_engine.execution import Event


def gate() -> tuple[Handler, dict[str, asyncio.Event], asyncio.Queue[str]]:
    """A service that answers `/NAME` once the event of that name is set, and says in the queue who has come."""
    released: dict[str, asyncio.Event] = {}
    came: asyncio.Queue[str] = asyncio.Queue()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = (await head(reader)).split()[1].decode().removeprefix("/")
        await came.put(name)
        await released.setdefault(name, asyncio.Event()).wait()
        writer.write(http(f'"{name}"'.encode()))

    return handler, released, came


def named(url: str) -> str:
    return task(f'method: GET, url: "{url}/{{{{input.n}}}}"')


async def test_a_step_starts_the_moment_its_last_dependency_ends() -> None:
    handler, released, came = gate()
    async with peer(handler) as url:
        text = named(url) + workflow(
            """
            {id: a, taskRef: it, input: {n: a}}
            {id: b, taskRef: it, input: {n: b}}
            {id: c, taskRef: it, input: {n: "c-{{tasks.a.output}}"}}
            """,
            "output: ['{{tasks.b.output}}', '{{tasks.c.output}}']",
        )
        running = asyncio.create_task(run(text))
        assert {await came.get(), await came.get()} == {"a", "b"}
        released["a"].set()
        assert await came.get() == "c-a", "b is still in flight"
        for event in (released["b"], released["c-a"]):
            event.set()
        ran = await running
    assert ran.output == ["b", "c-a"]
    assert ran.of("stepReady", "c")[0]["waitedFor"] == ["a"]
    assert ran.of("executionStarted")[0]["plan"] == {
        "parallelGroups": [["a", "b"], ["c"]],
        "dependencies": {"a": [], "b": [], "c": ["a"]},
    }


async def test_max_concurrency_bounds_calls_in_flight(service: str) -> None:
    steps = "\n".join(f"{{id: s{n}, taskRef: it, dependsOn: []}}" for n in range(12))
    text = task(f'method: GET, url: "{service}/delay/20?bounded=1"') + workflow(steps, "maxConcurrency: 3")
    ran = await run(text)
    flying, most = 0, 0
    for event in ran.events:
        flying += {"attemptStarted": 1, "attemptFinished": -1}.get(event["type"], 0)
        most = max(most, flying)
    assert most == 3
    started = [event["path"] for event in ran.of("stepStarted")]
    assert started == [f"s{n}" for n in range(12)], "in the order of the text"
    assert [event["path"] for event in ran.of("stepReady")] == started


async def test_a_step_that_waits_to_retry_holds_no_slot(service: str) -> None:
    text = (
        task(f'method: GET, url: "{service}/flaky/slot?failures=1"', "retry: {initialDelay: 50ms, jitter: false}")
        + task(f'method: GET, url: "{service}/users/1"', name="quick")
        + workflow("{id: a, taskRef: it}\n{id: b, taskRef: quick}", "maxConcurrency: 1")
    )
    ran = await run(text)
    order = [(event["type"], event["path"]) for event in ran.events if event["type"].startswith("attempt")]
    assert order == [
        ("attemptStarted", "a"),
        ("attemptFinished", "a"),
        ("attemptStarted", "b"),
        ("attemptFinished", "b"),
        ("attemptStarted", "a"),
        ("attemptFinished", "a"),
    ]


async def test_events_of_a_step_come_in_their_order(service: str) -> None:
    ran = await run(get(service + "/users/{{input.id}}", '{id: "{{input.x}}"}'), {"x": 1})
    assert [(event["type"], event["path"]) for event in ran.events] == [
        ("executionStarted", ""),
        ("stepReady", "a"),
        ("templateResolved", "a"),
        ("stepStarted", "a"),
        ("attemptStarted", "a"),
        ("attemptFinished", "a"),
        ("stepFinished", "a"),
        ("templateResolved", ""),
        ("executionFinished", ""),
    ]
    resolved, started = ran.of("templateResolved", "a")[0], ran.of("stepStarted")[0]
    assert (resolved["expression"], resolved["value"]) == ("input.x", 1)
    assert (started["taskRef"], started["input"]) == ("it", {"id": 1})
    first = ran.events[0]
    assert first["executionId"] == ran.body["executionId"]
    assert first["executionId"][14] == "7", "a UUIDv7"
    assert (first["workflow"], first["version"], first["mode"], first["input"]) == ("main", None, "live", {"x": 1})
    assert len(first["definitionHash"]) == 64


CONDITION = ", condition: {if: %s}"


@pytest.mark.parametrize("condition", ["input.x > 1", '"{{input.x}} > 1"', "false"])
async def test_a_false_condition_skips_the_step_and_it_reads_null(service: str, condition: str) -> None:
    text = task(f'method: GET, url: "{service}/users/1"') + workflow(
        f"""
        {{id: a, taskRef: it{CONDITION % condition}}}
        {{id: b, taskRef: it, dependsOn: [a]}}
        """,
        "output: {a: '{{tasks.a.output}}', status: '{{tasks.a.status}}', b: '{{tasks.b.status}}'}",
    )
    ran = await run(text, {"x": 1})
    assert ran.output == {"a": None, "status": "skipped", "b": "succeeded"}
    assert ran.of("conditionEvaluated")[0]["value"] is False
    assert ran.of("stepFinished", "a")[0]["reason"] == "condition"


async def test_a_true_condition_runs_the_step(service: str) -> None:
    ran = await run(get(service + "/users/1", step_more=CONDITION % "input.x == 1"), {"x": 1})
    assert ran.output["id"] == "1"
    assert ran.of("conditionEvaluated")[0]["expression"] == "input.x == 1"


async def test_a_condition_that_is_no_boolean_fails_the_step(service: str) -> None:
    ran = await run(get(service + "/users/1", step_more=CONDITION % "input.x"), {"x": "yes"})
    assert ran.error["code"] == "EXPRESSION_ERROR"


async def test_else_runs_in_the_steps_place(service: str) -> None:
    other = task(f'method: GET, url: "{service}/echo/{{{{input.n}}}}"', name="other")
    step = ', condition: {if: input.x > 1, else: {taskRef: other, input: {n: "{{input.y}}"}}}'
    ran = await run(other + get(service + "/users/1", step_more=step), {"x": 1, "y": "here"})
    assert ran.output["path"] == "/echo/here"
    assert ran.statuses == {"a": "succeeded", "a~else": "succeeded"}
    assert ran.task("a")["taskRef"] is None
    assert ran.task("a~else")["taskRef"] == "other"
    assert Counter(event["path"] for event in ran.of("attemptStarted")) == {"a~else": 1}


async def test_an_else_that_fails_fails_the_step(service: str) -> None:
    step = ", condition: {if: 'false', else: {taskRef: it}}"
    ran = await run(get(service + "/status/400", step_more=step))
    assert ran.statuses == {"a": "failed", "a~else": "failed"}
    assert ran.error["path"] == "a~else"


async def test_a_step_may_time_out_with_its_attempts_and_waits(service: str) -> None:
    step = ", timeout: 60ms, retry: {maxAttempts: 10, initialDelay: 25ms, jitter: false, multiplier: 1}"
    ran = await run(get(service + "/status/500", step_more=step))
    assert ran.error["code"] == "TIMEOUT"
    assert "60ms" in ran.error["message"]
    assert 1 <= ran.task()["attempts"] < 10


async def test_a_step_timeout_aborts_the_attempt(service: str) -> None:
    ran = await run(get(service + "/hang", step_more=", timeout: 40ms"))
    assert ran.error["code"] == "TIMEOUT"
    assert ran.of("attemptFinished")[0]["error"]["code"] == "CANCELLED"


async def test_a_service_sees_what_two_executions_at_once_do() -> None:
    handler, released, came = gate()
    async with peer(handler) as url:
        text = one(f'method: GET, url: "{url}/{{{{input.n}}}}"', '{n: "{{input.x}}"}')
        first, second = (asyncio.create_task(run(text, {"x": name})) for name in ("one", "two"))
        assert {await came.get(), await came.get()} == {"one", "two"}
        released["two"].set()
        assert (await second).output == "two"
        released["one"].set()
        assert (await first).output == "one"


async def test_a_sink_that_fails_ends_the_execution_and_its_calls(service: str) -> None:
    class FullError(Exception):
        pass

    def sink(event: Event) -> None:
        if event["type"] == "attemptStarted":
            raise FullError

    with pytest.raises(FullError):
        await run(get(service + "/hang"), watch=sink)


async def test_many_steps_at_once_leave_others_a_turn() -> None:
    lines = [f"{{id: s{n}, taskRef: it, condition: {{if: 'false'}}}}" for n in range(1500)]
    text = task('method: GET, url: "http://nothing.invalid"') + workflow("\n".join(lines), "description: many")
    turns: list[int] = []
    events: list[Event] = []

    async def other() -> None:
        while True:
            turns.append(len(events))
            await asyncio.sleep(0)

    neighbour = asyncio.create_task(other())
    await run(text, watch=events.append)
    neighbour.cancel()
    assert any(0 < seen < len(events) for seen in turns)


async def test_a_thousand_steps_run(service: str) -> None:
    lines = ["{id: s0, taskRef: it}", *(f"{{id: s{n}, taskRef: it, dependsOn: [s{n - 1}]}}" for n in range(1, 60))]
    lines += [f"{{id: w{n}, taskRef: it, condition: {{if: 'false'}}}}" for n in range(940)]
    ran = await run(task(f'method: GET, url: "{service}/healthz"') + workflow("\n".join(lines), "description: many"))
    assert Counter(ran.statuses.values()) == {"succeeded": 60, "skipped": 940}


async def test_expressions_are_told_without_the_braces_around_them() -> None:
    steps = """
        {id: a, condition: {if: "{{ input.x > 1 }}"}, forEach: {items: "{{[input.x]}}"}, taskRef: far, input: {p: "{{forEach.item}}"}}
        {id: b, transform: {input: "{{tasks.a.output.results}}", jsonPath: $}}
        {id: c, switch: {value: "{{input.x}}", cases: [{match: 2, taskRef: far, input: {p: c}}]}}
    """
    ran, _ = await afar(steps, given={"x": 2})
    said = {event["expression"] for event in ran.events if "expression" in event}
    assert said == {
        "input.x > 1",
        "[input.x]",
        "forEach.item",
        "tasks.a.output.results",
        "input.x",
        "tasks.a.output",
    }
