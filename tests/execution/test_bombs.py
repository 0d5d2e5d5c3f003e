"""Answers made to do harm: refused soon, and while the event loop goes on (`[limits]`)."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from functools import cache
from itertools import pairwise

import pytest

from tests.execution.runs import Handler, get, head, peer, run
from wf_engine.execution import Engine

RETRY_ONCE = "retry: {maxAttempts: 1}"
GUARD = 20.0
"""Seconds after which a test gives up; nothing is measured by it."""


@cache
def zipped(megabytes: int, kind: int) -> bytes:
    """Zeros, packed a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, kind)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])


def saying(body: bytes, more: str = "") -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{more}\r\n".encode())
        for start in range(0, len(body), 1 << 16):
            writer.write(body[start : start + (1 << 16)])
            await writer.drain()

    return handler


def for_ever(piece: bytes, more: str) -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{more}\r\n".encode())
        while True:
            writer.write(piece * 1000)
            await writer.drain()

    return handler


BOMBS = {
    "gzip": (lambda: saying(zipped(200, 31), "Content-Encoding: gzip\r\n"), "more than 10,485,760 bytes"),
    "deflate": (lambda: saying(zipped(50, 15), "Content-Encoding: deflate\r\n"), "more than 10,485,760 bytes"),
    "endless": (lambda: for_ever(b" " * 1000, ""), "more than 10,485,760 bytes"),
    "chunks": (lambda: for_ever(b"400\r\n" + b" " * 1024 + b"\r\n", "Transfer-Encoding: chunked\r\n"), "more than"),
    "length": (lambda: saying(b"[", "Content-Length: 99999999999999\r\n"), "more than 10,485,760 bytes"),
    "deep": (lambda: saying(b"[" * 200_000), "more than 100 levels"),
    "deep objects": (lambda: saying(b'{"a":' * 200_000), "more than 100 levels"),
    "deep and whole": (lambda: saying(b"[" * 101 + b"]" * 101), "more than 100 levels"),
    "wide": (lambda: saying(b"[" + b"[]," * 3_400_000 + b"1]"), "more than 250,000 lists and maps"),
}


async def heart(beats: list[float]) -> None:
    """Counts the turns that others get on the event loop, at most one a millisecond."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(0.001)
        beats.append(loop.time())


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    async with Engine() as engine:
        yield engine


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bomb_is_refused_while_others_run(engine: Engine, name: str) -> None:
    bomb, said = BOMBS[name]
    beats: list[float] = []
    async with asyncio.timeout(GUARD), peer(bomb()) as url:
        pulse = asyncio.ensure_future(heart(beats))
        ran = await run(get(url, task_more=RETRY_ONCE), engine=engine)
        pulse.cancel()
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    assert said in ran.error["message"]
    gaps = [after - before for before, after in pairwise(beats)]
    assert all(gap < GUARD / 10 for gap in gaps), "the event loop stood still"


async def test_a_large_answer_lets_others_run(engine: Engine) -> None:
    """10 MB that are all there at once are read in turns: what another task does meanwhile is counted."""
    beats = 0

    async def count() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0)
            beats += 1

    text = b'"' + b"x" * (10 * 1024 * 1024 - 2) + b'"'
    async with asyncio.timeout(GUARD), peer(saying(text, f"Content-Length: {len(text)}\r\n")) as url:
        pulse = asyncio.ensure_future(count())
        ran = await run(
            get(url, task_more=RETRY_ONCE).replace("output: '{{tasks.a.output}}'", "output: 1"), engine=engine
        )
        pulse.cancel()
    assert ran.output == 1
    assert beats > 20


async def test_packed_answers_of_a_usual_size_are_read(engine: Engine) -> None:
    body = zlib.compress(b'{"a": [1, 2]}')
    async with peer(saying(body, f"Content-Encoding: deflate\r\nContent-Length: {len(body)}\r\n")) as url:
        assert (await run(get(url), engine=engine)).output == {"a": [1, 2]}


async def test_many_headers_are_refused(engine: Engine) -> None:
    more = "".join(f"X-{number}: {'y' * 1000}\r\n" for number in range(3000))
    async with asyncio.timeout(GUARD), peer(saying(b"1", more)) as url:
        ran = await run(get(url, task_more=RETRY_ONCE), engine=engine)
    assert ran.error["code"] == "NETWORK_ERROR"
