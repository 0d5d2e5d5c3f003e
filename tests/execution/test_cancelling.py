"""Cancel and timeout: what is in flight is aborted, for the service too, and the events are whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.execution.runs import Ran, check_events, get, head, peer, run, task, workflow
from wf_engine.execution import Event, execute
from wf_engine.workspace import Settings, Workspace
from wf_engine.workspace.settings import Network


class Hanging:
    """A service that never answers and knows when the client has gone."""

    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.left = asyncio.Event()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        self.came.set()
        try:
            await reader.read()
        finally:
            self.left.set()


@asynccontextmanager
async def hanging() -> AsyncIterator[tuple[Hanging, str]]:
    service = Hanging()
    async with peer(service) as url:
        yield service, url


def steps(url: str, more: str) -> str:
    return task(f'method: GET, url: "{url}"', "timeout: 1m") + workflow(
        """
        {id: a, taskRef: it}
        {id: b, taskRef: it, dependsOn: [a]}
        """,
        more,
    )


def check_stopped(ran: Ran, status: str, code: str) -> None:
    assert ran.body["status"] == status
    assert ran.statuses == {"a": "cancelled", "b": "cancelled"}
    assert [error["code"] for error in ran.body["errors"]] == [code]
    assert ran.body["output"] is None
    assert ran.of("attemptFinished", "a")[0]["error"]["code"] == "CANCELLED"
    assert {event["reason"] for event in ran.of("stepFinished")} == {status}


async def test_cancel_closes_the_connection() -> None:
    cancel = asyncio.Event()
    async with hanging() as (service, url):
        running = asyncio.create_task(run(steps(url, "timeout: 1m"), cancel=cancel))
        await service.came.wait()
        cancel.set()
        ran = await running
        await asyncio.wait_for(service.left.wait(), 5)
    check_stopped(ran, "cancelled", "CANCELLED")


async def test_the_execution_times_out() -> None:
    async with hanging() as (service, url):
        ran = await run(steps(url, "timeout: 60ms"))
        await asyncio.wait_for(service.left.wait(), 5)
    check_stopped(ran, "timedOut", "TIMEOUT")
    assert "60ms" in ran.body["errors"][0]["message"]


async def test_an_attempt_that_times_out_closes_its_connection() -> None:
    async with hanging() as (service, url):
        await run(get(url, task_more="timeout: 30ms\n  retry: {maxAttempts: 1}"))
        await asyncio.wait_for(service.left.wait(), 5)


async def test_cancel_while_a_step_waits_to_retry(service: str) -> None:
    cancel = asyncio.Event()

    def watch(event: Event) -> None:
        if event["type"] == "retryScheduled":
            cancel.set()

    text = get(service + "/status/500", step_more=", retry: {initialDelay: 1m, maxDelay: 1m}")
    ran = await run(text, cancel=cancel, watch=watch)
    assert ran.statuses == {"a": "cancelled"}
    assert ran.task()["attempts"] == 1


async def test_cancel_before_the_start_runs_nothing(service: str) -> None:
    cancel = asyncio.Event()
    cancel.set()
    ran = await run(get(service + "/users/1"), cancel=cancel)
    assert ran.body["status"] == "cancelled"
    assert ran.of("attemptStarted") == []


async def test_a_caller_that_is_cancelled_leaves_whole_events_and_no_connection() -> None:
    events: list[Event] = []
    async with hanging() as (service, url):
        settings = Settings(network=Network(allow_loopback=True))
        workspace = Workspace.of({"f.yaml": steps(url, "timeout: 1m")}, settings)
        definition = workspace.workflow("main")
        assert definition is not None
        running = asyncio.create_task(execute(workspace, definition, {}, sink=events.append))
        await service.came.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await asyncio.wait_for(service.left.wait(), 5)
    check_events(events)
    assert events[-1]["status"] == "cancelled"


async def test_no_task_is_left_behind() -> None:
    cancel = asyncio.Event()
    async with hanging() as (service, url):
        running = asyncio.create_task(run(steps(url, "timeout: 1m"), cancel=cancel))
        await service.came.wait()
        cancel.set()
        await running
    assert asyncio.all_tasks() == {asyncio.current_task()}
