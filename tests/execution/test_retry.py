"""Retries (language §2, "Retry"): how often, how long between, what is safe to repeat."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.execution.runs import answering, head, http, one, peer, run
from tests.execution.test_failures import refused_port
from wf_engine.execution import Engine
from wf_engine.execution.errors import Failure
from wf_engine.execution.retrying import RetryPolicy, retry_after, retry_policy
from wf_engine.language import Retry

QUICK = ", retry: {initialDelay: 1ms}"


async def attempts(method: str, answer: bytes, step_more: str = "", task_more: str = "") -> int:
    async with peer(answering(answer)) as url:
        ran = await run(one(f'method: {method}, url: "{url}"', task_more=task_more, step_more=step_more))
    count: int = ran.task()["attempts"]
    assert len(ran.of("retryScheduled")) == count - 1
    return count


@pytest.mark.parametrize("status", [429, 500, 502, 599])
async def test_retry_repeats_what_may_pass(status: int) -> None:
    assert await attempts("GET", http(b"", status), QUICK) == 4


@pytest.mark.parametrize("status", [400, 401, 404, 409])
async def test_what_will_not_pass_is_not_repeated(status: int) -> None:
    assert await attempts("GET", http(b"", status), QUICK) == 1


async def test_causes_are_those_that_are_written() -> None:
    assert await attempts("GET", http(b"", 500), ", retry: {initialDelay: 1ms, causes: [network]}") == 1
    assert await attempts("GET", b"", ", retry: {initialDelay: 1ms, causes: [network]}") == 4


async def test_the_step_overrides_the_task_field_by_field() -> None:
    task = "retry: {maxAttempts: 2, initialDelay: 1ms}"
    assert await attempts("GET", http(b"", 500), "", task) == 2
    assert await attempts("GET", http(b"", 500), ", retry: {maxAttempts: 3}", task) == 3


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_post_and_patch_are_repeated_only_where_retry_is_written(method: str) -> None:
    assert await attempts(method, http(b"", 500)) == 1
    assert await attempts(method, b"") == 1
    assert await attempts(method, http(b"", 500), QUICK) == 4
    assert await attempts(method, http(b"", 500), "", "retry: {initialDelay: 1ms}") == 4


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_put_and_delete_are_repeated_by_default(method: str) -> None:
    async with Engine(random=lambda: 0.0) as engine, peer(answering(http(b"", 500), http(b"1"))) as url:
        ran = await run(one(f'method: {method}, url: "{url}"'), engine=engine)
    assert ran.task()["attempts"] == 2


async def test_a_post_that_never_left_is_repeated() -> None:
    ran = await run(one(f'method: POST, url: "http://127.0.0.1:{refused_port()}"'), engine=None)
    assert ran.task()["attempts"] == 4
    assert ran.of("attemptStarted")[0]["request"].get("headers") is None, "no Idempotency-Key was asked for"


async def test_every_attempt_of_a_post_carries_the_same_key() -> None:
    keys: list[bytes] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await head(reader)).split(b"\r\n")
        keys.extend(line for line in lines if line.lower().startswith(b"idempotency-key"))
        writer.write(http(b"", 503))

    async with peer(handler) as url:
        ran = await run(one(f'method: POST, url: "{url}"', step_more=QUICK))
    assert keys == [f"Idempotency-Key: {ran.body['executionId']}/a".encode()] * 4


async def test_the_authors_own_key_wins() -> None:
    text = 'method: POST, url: "{}", headers: {{idempotency-key: mine}}'
    async with peer(answering(http(b"", 503))) as url:
        ran = await run(one(text.format(url), step_more=QUICK))
    assert ran.of("attemptStarted")[0]["request"]["headers"] == {"idempotency-key": "mine"}


async def test_retry_after_is_waited_for_up_to_the_longest_delay() -> None:
    more = "Retry-After: 3600\r\n"
    async with peer(answering(http(b"", 429, more=more), http(b"1"))) as url:
        step = ", retry: {initialDelay: 1ms, maxDelay: 7ms}"
        ran = await run(one(f'method: GET, url: "{url}"', step_more=step))
    assert [event["delayMs"] for event in ran.of("retryScheduled")] == [7]
    assert ran.output == 1


async def test_a_flaky_service_succeeds_in_the_end(service: str) -> None:
    url = f"{service}/flaky/here?failures=2"
    ran = await run(one(f'method: GET, url: "{url}"', step_more=QUICK))
    assert ran.output["attempt"] == 3
    assert ran.task()["error"] is None
    assert ran.body["errors"] == []
    assert [event["status"] for event in ran.of("attemptFinished")] == [503, 503, 200]


def policy(**fields: object) -> RetryPolicy:
    return retry_policy("GET", Retry(**fields), None)  # type: ignore[arg-type]


BROKE = Failure(code="SERVICE_ERROR", message="", suggestion="", cause="5xx")


def test_delays_grow_up_to_the_longest() -> None:
    steady = policy(jitter=False, max_attempts=10, initial_delay=100, multiplier=3.0, max_delay=2000)
    assert [steady.delay(BROKE, n, lambda: 0.5) for n in range(1, 7)] == [0.1, pytest.approx(0.3), 0.9, 2.0, 2.0, 2.0]
    assert steady.delay(BROKE, 10, lambda: 0.5) is None


@given(st.integers(1, 9), st.floats(0, 1, exclude_max=True), st.floats(1, 1e300), st.floats(0, 1e6))
def test_no_delay_is_longer_than_the_longest(attempt: int, dice: float, multiplier: float, asked: float) -> None:
    failure = Failure(code="RATE_LIMITED", message="", suggestion="", cause="429", retry_after=asked)
    delay = policy(max_attempts=10, multiplier=multiplier, max_delay=5000).delay(failure, attempt, lambda: dice)
    assert delay is not None
    assert min(asked, 5.0) <= delay <= 5.0


def test_jitter_spreads_over_the_upper_half() -> None:
    spread = policy(initial_delay=1000)
    assert spread.delay(BROKE, 1, lambda: 0.0) == 0.5
    assert spread.delay(BROKE, 1, lambda: 0.999) == pytest.approx(1.0, abs=0.001)


NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5.0),
        (" 0 ", 0.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        ("soon", None),
        ("-1", None),
        ("9" * 5000, 999_999_999_999.0),
        (None, None),
        ("Thu, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW.timestamp()) == seconds
