"""Services that fail for real: the right code, words that help, whole events, and the others end as §7 says."""

import asyncio
import socket

import pytest

from tests.execution.runs import Handler, answering, get, head, http, peer, run, task, workflow
from wf_engine.execution import Event
from wf_engine.workspace.settings import Limits

RETRY_ONCE = ", retry: {maxAttempts: 2, initialDelay: 1ms}"


def refused_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def beside(url: str) -> None:
    """Runs the failing call beside one that is in flight, with a dependent each; checks what becomes of the others."""
    slow, failed = asyncio.Event(), asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        slow.set()
        await failed.wait()
        writer.write(http(b'"late"'))

    async with peer(handler) as good:
        text = (
            task(f'method: POST, url: "{url}"', name="bad")
            + task(f'method: GET, url: "{good}"', name="good")
            + workflow(
                """
                {id: b, taskRef: good}
                {id: a, taskRef: bad, dependsOn: []}
                {id: after-a, taskRef: good, dependsOn: [a]}
                {id: after-b, taskRef: good, dependsOn: [b]}
                """,
                "maxConcurrency: 5",
            )
        )

        def watch(event: Event) -> None:
            if (event["type"], event["path"]) == ("stepFinished", "a"):
                failed.set()

        ran = await run(text, watch=watch)
        assert slow.is_set()
    assert ran.statuses == {"a": "failed", "b": "succeeded", "after-a": "skipped", "after-b": "cancelled"}
    assert ran.task("b")["output"] == "late", "what is in flight finishes, and its output is kept"
    assert ran.of("stepFinished", "after-a")[0]["reason"] == "dependencyFailed"
    assert ran.of("stepFinished", "after-b")[0]["reason"] == "scopeFailed"
    assert ran.error == ran.task("a")["error"]
    assert ran.body["output"] is None


async def test_a_service_that_refuses() -> None:
    url = f"http://127.0.0.1:{refused_port()}"
    ran = await run(get(url + "/x", step_more=RETRY_ONCE))
    assert ran.error["code"] == "NETWORK_ERROR"
    assert ran.error["retryable"] is True
    assert ran.error["attempts"] == ran.task()["attempts"] == 2
    assert f"Is the service at {url} running?" in ran.error["suggestion"]
    assert ran.error["http"] == {"method": "GET", "url": url + "/x", "status": None, "bodyPreview": None}
    assert ran.error["path"] == "a"


async def test_a_host_that_does_not_exist() -> None:
    ran = await run(get("http://nothing.invalid/", step_more=RETRY_ONCE))
    assert ran.error["code"] == "NETWORK_ERROR"
    assert "`nothing.invalid`" in ran.error["message"]


async def test_a_service_that_hangs(service: str) -> None:
    ran = await run(get(service + "/hang", task_more="timeout: 50ms", step_more=RETRY_ONCE))
    assert ran.error["code"] == "TIMEOUT"
    assert "50ms" in ran.error["message"]
    assert "`timeout` of the task `it`" in ran.error["suggestion"]
    assert ran.task()["attempts"] == 2


async def test_a_service_that_resets(service: str) -> None:
    ran = await run(get(service + "/reset-connection", step_more=RETRY_ONCE))
    assert ran.error["code"] == "NETWORK_ERROR"
    assert ran.error["retryable"] is True
    assert "broke before there was an answer" in ran.error["message"]


async def test_a_service_that_closes_without_a_word() -> None:
    async with peer(answering(b"")) as url:
        ran = await run(get(url, step_more=RETRY_ONCE))
    assert ran.error["code"] == "NETWORK_ERROR"


async def test_a_service_that_breaks_off(service: str) -> None:
    ran = await run(get(service + "/truncated", step_more=RETRY_ONCE))
    assert ran.error["code"] == "NETWORK_ERROR"
    assert "in the middle of the answer" in ran.error["message"]
    assert ran.task()["attempts"] == 2


@pytest.mark.parametrize(
    "said", [b"garbage garbage\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"\x15\x03\x01\x00\x02\x02\x46"]
)
async def test_something_that_does_not_speak_http(said: bytes) -> None:
    async with peer(answering(said)) as url:
        ran = await run(get(url, step_more=RETRY_ONCE))
    assert ran.error["code"] == "NETWORK_ERROR"
    assert ran.error["suggestion"]


async def test_a_service_that_answers_garbage(service: str) -> None:
    ran = await run(get(service + "/garbage"))
    assert ran.error["code"] == "SERVICE_ERROR"
    assert ran.error["http"]["bodyPreview"].startswith('{"id": "1"')


async def test_a_service_that_answers_a_web_page(service: str) -> None:
    ran = await run(get(service + "/html", task_more="outputSchema: {type: object}"))
    assert ran.error["code"] == "SCHEMA_MISMATCH"


async def test_a_body_that_never_ends() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with peer(handler) as url:
        ran = await run(get(url, task_more="timeout: 80ms, retry: {maxAttempts: 1}".replace(", retry", "\n  retry")))
    assert ran.error["code"] == "TIMEOUT"


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (400, "VALIDATION_ERROR", False),
        (401, "AUTHENTICATION_ERROR", False),
        (402, "VALIDATION_ERROR", False),
        (403, "AUTHORIZATION_ERROR", False),
        (404, "NOT_FOUND", False),
        (408, "TIMEOUT", True),
        (409, "CONFLICT", False),
        (410, "NOT_FOUND", False),
        (422, "VALIDATION_ERROR", False),
        (429, "RATE_LIMITED", True),
        (500, "SERVICE_ERROR", True),
        (503, "SERVICE_ERROR", True),
        (599, "SERVICE_ERROR", True),
    ],
)
async def test_statuses(service: str, status: int, code: str, retryable: bool) -> None:
    ran = await run(get(f"{service}/status/{status}", step_more=", retry: {maxAttempts: 1}"))
    assert (ran.error["code"], ran.error["retryable"]) == (code, retryable)
    assert ran.error["http"]["status"] == status
    assert ran.error["suggestion"]
    assert ran.error["docs"] == f"docs/errors.md#{code.lower()}"
    assert ran.of("attemptFinished")[0]["status"] == status


async def test_what_the_service_said_is_kept(service: str) -> None:
    ran = await run(get(service + "/users/999"))
    assert ran.error["code"] == "NOT_FOUND"
    assert ran.error["originalError"]["error"]["code"]
    assert ran.error["originalError"]["error"]["message"] in ran.error["message"]


async def test_a_redirect_without_end(service: str) -> None:
    assert (await run(get(service + "/redirect/5"))).output == {"redirected": True}
    ran = await run(get(service + "/redirect/6"))
    assert ran.error["code"] == "NETWORK_ERROR"
    assert "more than 5 times" in ran.error["message"]


async def _reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await head(reader)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


@pytest.mark.parametrize(
    "handler",
    [_reset, answering(b""), answering(b"garbage\r\n\r\n"), answering(http(b"{")), answering(http(b"x", 500))],
    ids=["reset", "close", "garbage", "broken-json", "500"],
)
async def test_the_others_finish(handler: Handler) -> None:
    async with peer(handler) as url:
        await beside(url)


async def test_the_others_finish_where_nothing_listens() -> None:
    await beside(f"http://127.0.0.1:{refused_port()}")


async def test_an_expression_without_a_value_fails_its_step(service: str) -> None:
    text = task(f'method: GET, url: "{service}/users"') + workflow(
        """
        {id: a, taskRef: it}
        {id: b, taskRef: it, input: {id: "{{tasks.a.output[99].id}}"}}
        """,
    )
    ran = await run(text)
    assert ran.statuses == {"a": "succeeded", "b": "failed"}
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert "In the input, at `id`:" in ran.error["message"]


async def test_an_expression_without_a_value_in_the_output_fails_the_execution(service: str) -> None:
    text = get(service + "/users/1").replace("tasks.a.output", "tasks.a.output.nope")
    ran = await run(text)
    assert ran.statuses == {"a": "succeeded"}
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert ran.error["path"] == ""
    assert "nope" in ran.error["message"]


async def test_an_output_over_the_limit_fails_the_execution(service: str) -> None:
    ran = await run(get(service + "/users/1"), limits=Limits(output_bytes=20))
    assert ran.error["code"] == "LIMIT_EXCEEDED"
