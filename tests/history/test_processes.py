"""Histories and the death of processes, and several processes at once."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.history.history_events import chain
from wf_engine.history import History, status

ROOT = Path(__file__).parents[2]
RUNS = 50 if os.environ.get("WF_TEST_PROFILE") == "soak" else 5

RUNNING = """
import asyncio, sys
from tests.history.history_events import chain
from wf_engine.history import History

async def main():
    events = chain(3000, sys.argv[2])
    with History.open(sys.argv[1]) as history:
        recorder = history.record(sys.argv[2])
        for number, event in enumerate(events[:-1], 1):
            recorder.append(event)
            if number % 7 == 0:
                await recorder.flush()
                print(number, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""

MANY = """
import asyncio, random, sys
from tests.history.history_events import chain
from wf_engine.history import History

async def run(history, name, source):
    events = chain(400, name)
    async with history.record(name) as recorder:
        for event in events[:-1]:
            recorder.append(event)
            if source.random() < 0.05:
                await recorder.flush()
                print(name, event["seq"], flush=True)
        await asyncio.Event().wait()

async def main():
    with History.open(sys.argv[1]) as history:
        names = [f"run-{number}" for number in range(int(sys.argv[2]))]
        await asyncio.gather(*[run(history, name, random.Random(name)) for name in names])

asyncio.run(main())
"""

WRITING = """
import asyncio, sys
from tests.history.history_events import chain
from wf_engine.history import History

async def run(history, name):
    async with history.record(name) as recorder:
        for event in chain(3, name):
            recorder.append(event)
            if event["seq"] % 4 == 0:
                await recorder.flush()

async def main():
    with History.open(sys.argv[1]) as history:
        for number in range(20):
            await asyncio.gather(*(run(history, f"{sys.argv[2]}-{number}-{each}") for each in range(3)))
            assert history.recover() == []

asyncio.run(main())
"""


def _child(code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _acknowledged(child: subprocess.Popen[str], until: int) -> int:
    assert child.stdout is not None
    last = 0
    while last < until:
        line = child.stdout.readline()
        assert line, "the child ended before its time"
        last = int(line)
    return last


@contextmanager
def _once_all_have_ended(place: str) -> Iterator[History]:
    """The history when the dead are known to be: a database may hold the lock of a killed client for a moment."""
    deadline = time.monotonic() + 30
    while True:
        with History.open(place) as history:
            running = any(each.status == "running" for each in history.executions(limit=None))
            if not running or time.monotonic() > deadline:
                yield history
                return
        time.sleep(0.05)


@pytest.mark.parametrize("until", [7, 140, 1400])
def test_a_killed_process_loses_nothing_that_was_acknowledged(place: str, until: int) -> None:
    with _child(RUNNING, str(place), "0192-a") as child:
        _acknowledged(child, until)
        with History.open(place) as history:
            assert history.find("0192-a").status == "running"
        child.send_signal(signal.SIGKILL)
        assert child.stdout is not None
        rest = child.stdout.read().split()
    acknowledged = max([until, *map(int, rest)])
    with _once_all_have_ended(place) as history:
        *recorded, end = history.events("0192-a")
        assert len(recorded) >= acknowledged
        assert recorded == chain(3000)[: len(recorded)]
        assert (end["type"], end["status"], end["seq"]) == ("executionFinished", "interrupted", len(recorded) + 1)
        assert history.find("0192-a").status == "interrupted"
        assert {task["status"] for task in status([*recorded, end])["tasks"]} <= {"succeeded", "cancelled"}
        assert history.recover() == []


def test_a_process_that_is_killed_in_the_middle_of_many_runs(place: str) -> None:
    """Each run has all that was acknowledged, in order and without a gap, and is shown as interrupted."""
    with _child(MANY, str(place), str(RUNS)) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(RUNS * 10)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    acknowledged: dict[str, int] = {}
    for name, seq in (line.split() for line in lines if line.endswith("\n")):
        acknowledged[name] = int(seq)
    assert len(acknowledged) == RUNS
    with _once_all_have_ended(place) as history:
        assert {each.status for each in history.executions(limit=None)} == {"interrupted"}
        for name, seq in acknowledged.items():
            *recorded, end = history.events(name)
            assert len(recorded) >= seq
            assert recorded == chain(400, name)[: len(recorded)]
            assert (end["status"], end["seq"]) == ("interrupted", len(recorded) + 1)


def test_processes_write_one_history_at_once_and_make_it_together(place: str) -> None:
    children = [_child(WRITING, str(place), f"p{number}") for number in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    for child in children:
        child.communicate()
    with History.open(place) as history:
        found = history.executions(limit=1000)
        assert {each.status for each in found} == {"succeeded"}
        assert len(found) == 3 * 20 * 3
        assert all(history.events(each.execution_id) == chain(3, each.execution_id) for each in found[::10])


def test_two_that_recover_at_once_end_a_run_once(place: str) -> None:

    async def leave_open(history: History) -> None:
        async with history.record("0192-a") as recorder:
            recorder.append(chain()[0])

    with History.open(place) as history, History.open(place) as other:
        asyncio.run(leave_open(history))
        lock = history._database.locks.acquire("0192-a")  # as the other would hold it meanwhile
        assert lock is not None
        assert other.recover() == []
        lock.release()
        assert other.recover() == ["0192-a"]
        assert history.recover() == []
        assert [event["type"] for event in history.events("0192-a")] == ["executionStarted", "executionFinished"]
