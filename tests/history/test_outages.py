"""A PostgreSQL server that goes away and comes back: no execution notices more than a wait, no event is lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.history.history_events import Event, chain
from tests.history.postgresql import Server
from wf_engine.history import History, Recorder, trace
from wf_engine.history.backlog import Backlog
from wf_engine.history.database import Database
from wf_engine.history.places import place_of
from wf_engine.history.spill import Spill
from wf_engine.history.writer import Writer
from wf_engine.text import WfError


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, since it is stopped."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    server = Server()
    yield server
    server.close()


async def _record(recorder: Recorder, events: list[Event], pause: float = 0.0) -> None:
    for event in events:
        recorder.append(event)
        await asyncio.sleep(pause)
    await recorder.close()


def _spilled(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.jsonl"))


async def test_runs_go_on_while_the_server_is_away(server: Server, tmp_path: Path) -> None:
    runs = [chain(5, f"run-{number:02}") for number in range(20)]
    with History.open(server.database()) as history:
        tasks = [asyncio.create_task(_record(history.record(run[0]["executionId"]), run, 0.02)) for run in runs]
        await asyncio.sleep(0.1)
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(0.5)
        assert not any(task.done() for task in tasks)
        await asyncio.to_thread(server.start)
        await asyncio.gather(*tasks)
        assert [history.events(run[0]["executionId"]) for run in runs] == runs
        assert history.recover() == []
    assert _spilled(tmp_path / "state") == []


def _writer(url: str, folder: Path, *, memory: int = 2_000, limit: int = 10**9) -> tuple[Database, Writer]:
    database = Database(place_of(url))
    return database, Writer(database, Backlog(Spill(folder, limit), memory))


async def test_what_does_not_fit_into_memory_waits_in_a_file(server: Server, tmp_path: Path) -> None:
    runs = [chain(5, f"run-{number:02}") for number in range(20)]
    url = server.database()
    database, writer = _writer(url, tmp_path / "spill", memory=10_000)
    await _record(Recorder(writer, "first"), chain(1, "first"))
    await asyncio.to_thread(server.stop)
    tasks = [asyncio.create_task(_record(Recorder(writer, run[0]["executionId"]), run)) for run in runs]
    done, waiting = await asyncio.wait(tasks, timeout=1)
    assert done, "what stands in the file is safe: nobody waits for it"
    assert waiting, "what stands in memory is not"
    assert len(_spilled(tmp_path / "spill")) == 1
    await asyncio.to_thread(server.start)
    await asyncio.gather(*tasks)
    await asyncio.to_thread(writer.stop)
    database.close()
    with History.open(url) as history:
        assert history.recover() == []
        assert [history.events(run[0]["executionId"]) for run in runs] == runs


async def test_a_file_that_a_process_left_is_read_by_the_next(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs = [chain(3, f"run-{number}") for number in range(5)]
    url = server.database()
    folder = place_of(url).spill
    assert folder is not None
    database, writer = _writer(url, folder)
    await _record(Recorder(writer, "first"), chain(1, "first"))
    await asyncio.to_thread(server.stop)
    tasks = [asyncio.create_task(_record(Recorder(writer, run[0]["executionId"]), run)) for run in runs[:-1]]
    unfinished = Recorder(writer, runs[-1][0]["executionId"])
    for event in runs[-1][:4]:
        unfinished.append(event)
    await asyncio.wait(tasks, timeout=0.3)
    await asyncio.to_thread(writer.stop)
    await asyncio.gather(*tasks)
    database.close()
    (left,) = _spilled(folder)
    assert left.stat().st_mode & 0o777 == 0o600
    with left.open("ab") as file:
        file.write(b'{"segments":[{"execution_id":"half')
    await asyncio.to_thread(server.start)
    with History.open(url) as history:
        assert [history.events(run[0]["executionId"]) for run in runs[:-1]] == runs[:-1]
        *kept, end = history.events(runs[-1][0]["executionId"])
        assert (kept, end["status"]) == (runs[-1][:4], "interrupted")
    assert _spilled(folder) == []


async def test_past_the_limit_events_are_dropped_and_the_trace_says_so(server: Server, tmp_path: Path) -> None:
    events = chain(200)
    url = server.database()
    database, writer = _writer(url, tmp_path / "spill", memory=1_000, limit=20_000)
    recorder = Recorder(writer, "0192-a")
    recorder.append(events[0])
    await recorder.flush()
    await asyncio.to_thread(server.stop)
    for event in events[1:-2]:
        recorder.append(event)
        if event["seq"] % 50 == 0:
            await asyncio.sleep(0.06)
    await asyncio.sleep(0.2)
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(_until_empty, tmp_path / "spill")
    for event in events[-2:]:
        recorder.append(event)
    await recorder.close()
    await asyncio.to_thread(writer.stop)
    database.close()
    with History.open(url) as history:
        found = history.events("0192-a")
        missing = len(events) - len(found)
        assert missing > 0
        assert trace(found)["missingEvents"] == missing
        assert history.find("0192-a").status == "succeeded"


def _until_empty(folder: Path) -> None:
    import time

    deadline = time.monotonic() + 60
    while _spilled(folder):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_server_that_is_away_from_the_start_is_an_error(server: Server) -> None:
    url = server.database()
    server.stop()
    with pytest.raises(WfError, match=r"The history postgresql://wf@127.0.0.1:\d+/history_1 cannot be used") as caught:
        History.open(url)
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("Is the server running?")


def test_addresses_that_are_wrong(postgresql: Server) -> None:
    for url, message in (
        ("postgresql://", "names no database"),
        ("postgresql://host:port/name", "cannot be read"),
        (postgresql.database() + "_missing", "is not there"),
    ):
        with pytest.raises(WfError, match=message) as caught:
            History.open(url)
        assert caught.value.hint


def test_no_message_holds_the_password(postgresql: Server) -> None:
    url = postgresql.database().replace("wf@", "wf:geheim@") + "_missing"
    with pytest.raises(WfError) as caught:
        History.open(url)
    assert "geheim" not in str(caught.value)
