"""Frames however they come in, and the inbox, which takes in all that is there before anything is done."""

import asyncio
import os
from collections.abc import Callable

import pytest

from wf_lsp.transport import FrameReader, Inbox, work


def frame(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def pieces(*blocks: bytes) -> Callable[[int], bytes]:
    left = [*blocks, b""]
    return lambda _: left.pop(0)


def frames(reader: FrameReader) -> list[bytes]:
    found = []
    while (body := reader.frame()) is not None:
        found.append(body)
    return found


def test_a_message_may_come_byte_by_byte_and_two_at_once():
    data = frame(b"first") + frame(b"") + frame(b"third")
    wanted = [b"first", b"", b"third"]
    assert frames(FrameReader(pieces(data))) == wanted
    assert frames(FrameReader(pieces(*(bytes([byte]) for byte in data)))) == wanted


def test_a_head_without_a_length_is_skipped_and_the_last_length_counts():
    data = b"Content-Type: x\r\n\r\n" + b"content-length : 9\r\nContent-Length: 2\r\n\r\nab"
    assert frames(FrameReader(pieces(data))) == [b"ab"]


@pytest.mark.parametrize("data", [frame(b"whole")[:-1], b"x" * 70_000 + frame(b"a"), b"Content-Length: 1\r\n"])
def test_what_is_cut_off_or_no_message_is_none(data):
    assert frames(FrameReader(pieces(data))) == []


def test_a_stream_that_breaks_ends():
    def broken(_: int) -> bytes:
        raise ConnectionResetError

    assert frames(FrameReader(broken)) == []


@pytest.mark.parametrize("watched", [True, False])
async def test_all_that_is_there_is_taken_in_before_the_next_unit(watched):
    """From a pipe the loop reads itself; where it cannot watch, a thread does."""
    read, write = os.pipe()
    inbox = Inbox(asyncio.get_running_loop())
    inbox.start(FrameReader(lambda size: os.read(read, size), read if watched else None))
    waiting: list[bytes] = []
    done: list[str] = []

    def handle() -> bool:
        if waiting:
            done.append(waiting.pop(0).decode())
            return True
        return False

    def step() -> bool:
        if len(done) in (3, 4):
            done.append("unit")
            return True
        return False

    os.write(write, b"".join(map(frame, (b"a", b"b", b"c"))))
    loop = asyncio.create_task(work(inbox, waiting.append, handle, step, lambda: len(done) in (3, 4)))
    async with asyncio.timeout(20):
        while len(done) < 5:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.005)
        os.write(write, frame(b"d"))
        os.close(write)
        await loop
    assert done == ["a", "b", "c", "unit", "unit", "d"]
    os.close(read)


async def test_what_comes_right_behind_a_message_is_done_before_the_work_that_it_makes():
    """As the completion behind an edit: it may be a moment later in the pipe."""
    read, write = os.pipe()
    inbox = Inbox(asyncio.get_running_loop())
    inbox.start(FrameReader(lambda size: os.read(read, size), read))
    waiting: list[bytes] = []
    done: list[str] = []

    def handle() -> bool | None:
        if "unit" in done:
            return None
        if waiting:
            done.append(waiting.pop(0).decode())
            return True
        return False

    def step() -> bool:
        done.append("unit")
        return True

    def busy() -> bool:
        if done == ["edit"]:
            os.write(write, frame(b"completion"))
        return bool(done)

    os.write(write, frame(b"edit"))
    async with asyncio.timeout(20):
        await work(inbox, waiting.append, handle, step, busy)
    assert done == ["edit", "completion", "unit"]
    os.close(write)
    os.close(read)


async def test_a_file_is_read_to_its_end(tmp_path):
    (tmp_path / "messages").write_bytes(frame(b"a") + frame(b"b"))
    descriptor = os.open(tmp_path / "messages", os.O_RDONLY)
    inbox = Inbox(asyncio.get_running_loop())
    inbox.start(FrameReader(lambda size: os.read(descriptor, size), descriptor))
    taken: list[bytes] = []
    async with asyncio.timeout(20):
        await work(inbox, taken.append, lambda: False, lambda: False, lambda: False)
    assert taken == [b"a", b"b"]
    os.close(descriptor)
