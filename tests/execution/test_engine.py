"""The engine: what it keeps warm, what it writes down of time and identity."""

import asyncio

import pytest

from tests.execution.runs import LOOPBACK, get, head, one, peer, run, task, workflow
from wf_engine import execution
from wf_engine.execution import Engine, Event, Exchange, Request, WholeAnswer, execute
from wf_engine.execution.clock import Clock, execution_id
from wf_engine.workspace import Settings, Workspace


def test_the_public_names_are_sorted_and_there() -> None:
    assert execution.__all__ == sorted(execution.__all__, key=lambda name: (not name.isupper(), name))
    assert all(hasattr(execution, name) for name in execution.__all__)


async def test_connections_are_kept_between_executions() -> None:
    connections = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while await head(reader):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")

    async with Engine() as engine, peer(handler) as url:
        for _ in range(3):
            assert (await run(get(url), engine=engine)).output == 1
    assert connections == 1


async def test_a_program_is_made_once_a_definition() -> None:
    workspace = Workspace.of({"f.yaml": get("http://nothing.invalid")})
    definition = workspace.workflow("main")
    assert definition is not None
    engine = Engine()
    assert engine.program(workspace, definition) is engine.program(workspace, definition)


def hash_of(text: str) -> str:
    workspace = Workspace.of({"f.yaml": text})
    definition = workspace.workflow("main")
    assert definition is not None
    return Engine().program(workspace, definition).definition_hash


def test_the_definitions_hash_is_of_what_it_says() -> None:
    text = get("http://nothing.invalid")
    assert hash_of(text) == hash_of(text.replace("kind: Workflow\n", "kind:   'Workflow' # x\n"))
    assert hash_of(text) != hash_of(text.replace("tasks.a.output", "tasks.a.status"))


class Recorded:
    """A transport of another make."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def send(self, request: Request) -> Exchange:
        self.requests.append(request)
        return WholeAnswer(200, {"content-type": "application/json"}, b'{"id": 1}')

    async def close(self) -> None:
        raise AssertionError("the engine did not open it")


async def test_another_transport_may_carry_the_requests() -> None:
    transport = Recorded()
    async with Engine(transport) as engine:
        assert (await run(get("http://api.example.com/x"), engine=engine)).output == {"id": 1}
        ran = await run(get("http://10.0.0.1/x"), engine=engine, network=LOOPBACK)
    assert [request.url for request in transport.requests] == ["http://api.example.com/x"]
    assert ran.error["code"] == "NETWORK_ERROR", "the policy stands above every transport"


async def test_the_same_inputs_and_answers_give_the_same_events(service: str) -> None:
    text = task(f'method: GET, url: "{service}/users/{{{{input.id}}}}"') + workflow(
        '{id: a, taskRef: it, input: {id: "{{input.x}}"}}\n{id: b, taskRef: it, input: {id: "{{tasks.a.output.id}}"}}'
    )
    first, second = [(await run(text, {"x": 1})).events for _ in range(2)]
    assert [_timeless(event) for event in first] == [_timeless(event) for event in second]


def _timeless(event: Event) -> Event:
    return {key: value for key, value in event.items() if key not in {"at", "executionId", "durationMs"}}


async def test_an_id_may_be_given(service: str) -> None:
    workspace = Workspace.of({"f.yaml": get(service + "/users/1")}, Settings(network=LOOPBACK))
    definition = workspace.workflow("main")
    assert definition is not None
    events: list[Event] = []
    body = await execute(workspace, definition, {}, sink=events.append, execution_id="mine", mode="mock", source="/w")
    assert {event["executionId"] for event in events} == {body["executionId"]} == {"mine"}
    assert (events[0]["mode"], events[0]["source"]) == ("mock", "/w")


async def test_the_roots_execution_and_env(service: str) -> None:
    text = one(f'method: POST, url: "{service}/echo", body: ["{{{{execution.id}}}}", "{{{{env.N}}}}"]', "{}").replace(
        "output: '{{tasks.a.output}}'",
        'output: ["{{tasks.a.output.body}}", "{{execution.workflow}}", "{{execution.startedAt}}"]',
    )
    ran = await run(text, env={"N": 5})
    assert ran.output == [[ran.body["executionId"], 5], "main", ran.events[0]["at"]]


def test_ids_sort_by_time_and_are_version_7() -> None:
    ids = [execution_id(1_700_000_000 + n / 1000) for n in range(50)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 50
    for each in ids:
        assert len(each) == 36
        assert each[14] == "7"
        assert each[19] in "89ab"
    assert execution_id(1_700_000_000.123)[:13].replace("-", "") == f"{1_700_000_000_123:012x}"


@pytest.mark.parametrize(
    ("now", "text"),
    [(0.0, "1970-01-01T00:00:00.000Z"), (1_769_860_800.0079, "2026-01-31T12:00:00.007Z")],
)
def test_times_are_utc_with_milliseconds(now: float, text: str) -> None:
    assert Clock(lambda: 0.0, lambda: 0.0).text(now) == text


def test_a_clock_that_is_set_back_does_not_disorder_events() -> None:
    wall, ticks = [1000.0], [5.0]
    clock = Clock(lambda: wall[0], lambda: ticks[0])
    first = clock.now()
    wall[0], ticks[0] = 10.0, 6.0
    assert clock.now() == first + 1
