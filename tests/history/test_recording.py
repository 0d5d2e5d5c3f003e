"""Recording executions and reading them back."""

import asyncio
import json
import re
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.history_events import chain
from wf_engine.history import History, summary
from wf_engine.text import WfError


def _record(history: History, events: list[dict[str, Any]], flush_at: frozenset[int] = frozenset()) -> None:
    async def run() -> None:
        async with history.record(events[0]["executionId"], "/fallback") as recorder:
            for event in events:
                recorder.append(event)
                if event["seq"] in flush_at:
                    await recorder.flush()

    asyncio.run(run())


def test_what_was_recorded_is_read_back(place: str) -> None:
    events = chain()
    with History.open(place) as history:
        _record(history, events)
        assert history.events("0192-a") == events
        assert history.executions() == [summary(events)]
    with History.open(place if "://" in place else f"sqlite:///{place}") as history:
        assert history.events("0192-a") == events


@settings(max_examples=25, deadline=None)
@given(flush_at=st.frozensets(st.integers(1, 17)), steps=st.integers(0, 3))
def test_rows_are_a_cache_of_the_fold(
    tmp_path_factory: pytest.TempPathFactory, flush_at: frozenset[int], steps: int
) -> None:
    folder = tmp_path_factory.mktemp("h")
    events = chain(steps)
    del events[-1]["durationMs"]
    with History.open(folder / "h.db") as history:
        _record(history, events, flush_at)
        assert history.events("0192-a") == events
        assert history.find("0192-a") == summary(events)
    assert [path.name for path in (folder / "h.db.locks").iterdir()] == ["schema"]


def test_flushed_events_are_there_for_others_while_the_run_goes_on(place: str) -> None:
    events = chain()

    async def run() -> None:
        with History.open(place) as history, History.open(place) as other:
            recorder = history.record("0192-a")
            await recorder.flush()
            assert other.executions() == []
            for event in events[:4]:
                recorder.append(event)
            await recorder.flush()
            assert other.events("0192-a") == events[:4]
            assert other.recover() == []
            assert other.find("0192-a").status == "running"
            recorder.append(events[4])
            while len(other.events("0192-a")) < 5:  # noqa: ASYNC110 - committed without a flush, a moment later
                await asyncio.sleep(0.01)
            await recorder.close()
            with pytest.raises(RuntimeError, match="closed"):
                recorder.append(events[5])
            assert other.recover() == ["0192-a"]

    asyncio.run(run())


def test_an_interrupted_run_gets_the_end_that_it_lacks(place: str) -> None:
    events = chain()
    with History.open(place) as history:
        _record(history, events[:5])
    with History.open(place) as history:
        *before, end = history.events("0192-a")
        assert before == events[:5]
        assert datetime.fromisoformat(end.pop("recoveredAt")) <= datetime.now(UTC)
        assert end == {
            "seq": 6,
            "at": events[4]["at"],
            "executionId": "0192-a",
            "type": "executionFinished",
            "path": "",
            "status": "interrupted",
            "output": None,
            "durationMs": 9,
            "error": None,
        }
        assert history.find("0192-a") == summary([*before, end])
        assert history.recover() == []


def test_many_runs_at_once_keep_their_own_events(place: str) -> None:
    runs = [chain(number % 5, f"run-{number:03}") for number in range(60)]

    async def run(history: History, events: list[dict[str, Any]]) -> None:
        async with history.record(events[0]["executionId"]) as recorder:
            for event in events:
                recorder.append(event)
                await asyncio.sleep(0)

    async def every(history: History) -> None:
        await asyncio.gather(*(run(history, events) for events in runs))

    with History.open(place) as history:
        asyncio.run(every(history))
        assert all(history.events(events[0]["executionId"]) == events for events in runs)
        assert len(history.executions(limit=1000)) == 60


def test_a_long_run_is_cut_into_segments_in_order(tmp_path: Path) -> None:
    events = chain(300)
    with History.open(tmp_path / "h.db") as history:
        _record(history, events, frozenset({1, 40}))
        assert history.events("0192-a") == events
    with sqlite3.connect(tmp_path / "h.db") as connection:
        bounds = connection.execute("SELECT first_seq, last_seq FROM segments ORDER BY first_seq").fetchall()
    assert bounds == [(1, 1), (2, 40), (41, 540), (541, 1040), (1041, 1502)]


@pytest.mark.parametrize(
    "value", [2**70, -(2**64), 1e308, "\ud800", "\U0001f600\0\u2028", {"": [None, True, {"a": 0.1}]}, "x" * 2_000_000]
)
def test_every_json_value_survives(place: str, value: object) -> None:
    events = chain(1)
    events[2]["input"] = value
    with History.open(place) as history:
        _record(history, events)
        assert history.events("0192-a") == events


_ODD = ["\\N", "\\.", "tab\tand\nline\r", "back\\slash", "quote'\"", "%s ? $1", "\u2028\U0001f600", "", None]


def test_odd_texts_survive_a_commit_of_many_runs(place: str) -> None:
    runs = [chain(1, f"run-{number:03}", workflow=odd, source=odd) for number, odd in enumerate(_ODD * 8)]
    for events in runs:
        events[2]["input"] = events[0]["workflow"]

    async def run(history: History) -> None:
        recorders = [history.record(events[0]["executionId"]) for events in runs]
        for recorder, events in zip(recorders, runs, strict=True):
            for event in events:
                recorder.append(event)
        await asyncio.gather(*(recorder.close() for recorder in recorders))

    with History.open(place) as history:
        asyncio.run(run(history))
        assert all(history.events(events[0]["executionId"]) == events for events in runs)
        assert {each.execution_id: each for each in history.executions(limit=1000)} == {
            events[0]["executionId"]: summary(events) for events in runs
        }


def test_the_log_of_a_file_is_copied_into_it_while_it_is_open(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    with History.open(place) as history:
        for number in range(10):
            events = chain(1, f"run-{number}")
            events[2]["input"] = "x" * 1_000_000
            _record(history, events)
        deadline = monotonic() + 60
        while place.stat().st_size < 8_000_000 and monotonic() < deadline:
            sleep(0.01)
        assert place.stat().st_size >= 8_000_000


def test_one_run_that_cannot_be_recorded_does_not_harm_the_others(place: str) -> None:
    good, bad, twice = chain(1, "good"), chain(1, "bad"), chain(1, "twice")
    bad[2]["input"] = {"no": object()}

    async def run(history: History) -> list[BaseException | None]:
        recorders = [history.record(name) for name in ("twice", "bad", "good")]
        for recorder, events in zip(recorders, (twice, bad, good), strict=True):
            for event in events:
                recorder.append(event)
        return await asyncio.gather(*(recorder.close() for recorder in recorders), return_exceptions=True)

    with History.open(place) as history:
        _record(history, twice)
        answers = asyncio.run(run(history))
        assert isinstance(answers[0], WfError)
        assert re.search("UNIQUE constraint failed|duplicate key", answers[0].message)
        assert isinstance(answers[1], WfError)
        assert answers[1].message.startswith("The events of execution bad are no JSON values")
        assert answers[2] is None
        assert {each.execution_id for each in history.executions(limit=1000)} == {"good", "twice"}
        assert history.events("good") == good


def test_closing_the_history_commits_what_was_appended(place: str) -> None:
    events = chain()
    history = History.open(place)
    recorder = history.record("0192-a")
    for event in events:
        recorder.append(event)
    history.close()
    with History.open(place) as again:
        assert again.events("0192-a") == events
    with pytest.raises(RuntimeError, match="is closed"):
        history.record("other")
    with pytest.raises(RuntimeError, match="is closed"):
        asyncio.run(recorder.flush())


def test_lists_are_filtered_and_paged_latest_first(place: str) -> None:
    with History.open(place) as history:
        for number in range(6):
            events = chain(1, f"run-{number}", workflow="ab"[number % 2], source=f"/w{number % 3}")
            for event in events:
                event["at"] = f"2025-01-31T12:0{number}:00.000Z"
            events[-1]["status"] = "failed" if number > 3 else "succeeded"
            _record(history, events)

        def ids(**wanted: Any) -> list[str]:
            return [each.execution_id.removeprefix("run-") for each in history.executions(**wanted)]

        assert ids() == ["5", "4", "3", "2", "1", "0"]
        assert ids(limit=2, offset=1) == ["4", "3"]
        assert ids(workflow="a") == ["4", "2", "0"]
        assert ids(workflow="a", status="failed") == ["4"]
        assert ids(source="/w0") == ["3", "0"]
        assert ids(workflow="none") == []
        latest = history.latest(source="/w0", workflow="a")
        assert latest is not None
        assert latest.execution_id == "run-0"
        assert history.latest(workflow="none") is None
        assert history.prune(datetime(2025, 1, 31, 12, 2, tzinfo=UTC)) == 2
        assert ids() == ["5", "4", "3", "2"]
        assert history.events("run-2")


def test_executions_are_found_by_the_beginning_of_their_id(place: str) -> None:
    with History.open(place) as history:
        for name in ("0192-aa", "0192-ab", "0192-a", "01_2-b"):
            _record(history, chain(1, name))
        assert history.find("0192-AB").execution_id == "0192-ab"
        assert history.find("0192-a").execution_id == "0192-a"
        assert history.find("01_").execution_id == "01_2-b"
        assert history.events("0192-aa")[0]["executionId"] == "0192-aa"
        with pytest.raises(WfError, match="More than one execution begins with `019`") as caught:
            history.events("019")
        assert caught.value.hint == "Give more of the id: 0192-a, 0192-aa, 0192-ab."
        for unknown in ("7", "%", "", " "):
            with pytest.raises(WfError, match="There is no execution") as caught:
                history.events(unknown)
            assert caught.value.hint == "`wf history` lists the executions there are."


def test_files_are_private_to_the_user(tmp_path: Path) -> None:
    place = tmp_path / "state" / "wf" / "h.db"
    with History.open(place) as history:
        _record(history, chain()[:4])

        def mode(path: Path) -> int:
            return stat.S_IMODE(path.stat().st_mode)

        folders = [tmp_path / "state", place.parent, place.with_name("h.db.locks")]
        assert [mode(folder) for folder in folders] == [0o700] * 3
        files = [path for path in place.parent.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= {"h.db", "h.db-wal", "h.db-shm"}
        assert {mode(path) for path in files} == {0o600}
    place.chmod(0o644)
    History.open(place).close()
    assert mode(place) == 0o600


def test_events_are_stored_as_json_of_their_own(tmp_path: Path) -> None:
    with History.open(tmp_path / "h.db") as history:
        _record(history, chain(1))
    with sqlite3.connect(tmp_path / "h.db") as connection:
        (text,) = connection.execute("SELECT events FROM segments").fetchone()
        assert json.loads(text) == chain(1)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
