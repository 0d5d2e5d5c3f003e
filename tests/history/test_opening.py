"""Places that hold no history, or one that this version cannot use."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tests.history.history_events import chain
from wf_engine.history import History, gaps, trace
from wf_engine.history.schema import REVISIONS, metadata
from wf_engine.text import WfError


def _recorded(place: Path, runs: int = 1, steps: int = 3) -> None:
    async def run(history: History) -> None:
        for number in range(runs):
            async with history.record(f"run-{number}") as recorder:
                for event in chain(steps, f"run-{number}"):
                    recorder.append(event)

    with History.open(place) as history:
        asyncio.run(run(history))


def _refusal(place: str | Path) -> WfError:
    with pytest.raises(WfError) as caught:
        History.open(place)
    assert caught.value.hint
    return caught.value


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    place.write_text("just some text, and enough of it to be looked at as a page of a database\n" * 20)
    assert _refusal(place).message == f"The history {place} is not a history database."
    assert place.read_text().startswith("just some text")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    assert _refusal(place).message == f"The database {place} belongs to another program."
    with sqlite3.connect(place) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    _recorded(place)
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refusal = _refusal(place)
    assert refusal.message == f"The history {place} was written by a newer version of wf (schema 9999)."
    assert refusal.hint is not None
    assert refusal.hint.startswith("Upgrade wf.")


def test_a_damaged_file(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    _recorded(place, runs=30, steps=30)
    data = bytearray(place.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 200] = b"\xa5" * 200
    place.write_bytes(data)
    with pytest.raises(WfError, match="is damaged") as caught, History.open(place) as history:
        history.events("run-1")
    assert caught.value.hint == "Move the file away to begin a new history, or restore it from a copy."


NO_EVENTS = ["[{", "7", "[7]", '[{"seq": 1}]', "{}", "\x00", "[" * 100_000]


def _damaged(place: Path, *, ended: bool, which: str = "1", text: str = "[{") -> list[tuple[int, int]]:
    """A run of three segments, some of which are damaged; their first and last numbers."""

    async def run(history: History) -> None:
        async with history.record("run-0") as recorder:
            events = chain(3, "run-0")
            for number, event in enumerate(events if ended else events[:-1]):
                recorder.append(event)
                if number in {5, 10}:
                    await recorder.flush()

    with History.open(place) as history:
        asyncio.run(run(history))
    with sqlite3.connect(place) as connection:
        connection.execute(f"UPDATE segments SET events = ? WHERE {which}", (text,))
        rows = connection.execute("SELECT first_seq, last_seq FROM segments ORDER BY first_seq").fetchall()
    assert len(rows) == 3
    return rows


@pytest.mark.parametrize("text", NO_EVENTS)
def test_a_run_whose_events_are_all_damaged(tmp_path: Path, text: str) -> None:
    place = tmp_path / "h.db"
    rows = _damaged(place, ended=False, text=text)
    with History.open(place) as history:
        assert history.find("run-0").status == "interrupted"
        (end,) = history.events("run-0")
        assert (end["type"], end["seq"], end["at"]) == ("executionFinished", rows[-1][1] + 1, chain()[0]["at"])
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE segments SET events = ?", (text,))
    with History.open(place) as history:
        with pytest.raises(WfError, match="is damaged: no event of run-0 can be read") as caught:
            history.events("run-0")
        assert caught.value.hint
        assert list(history.steps()) == [[]]
        assert history.executions(input={"id": 1})


@pytest.mark.parametrize("text", NO_EVENTS)
@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("segment", [0, 1, 2])
def test_a_run_some_of_whose_events_are_damaged(tmp_path: Path, segment: int, ended: bool, text: str) -> None:
    place = tmp_path / "h.db"
    which = ("first_seq = 1", "first_seq > 1 AND last_seq < 13", "last_seq > 13")[segment]
    rows = _damaged(place, ended=ended, which=which, text=text)
    with History.open(place) as history:
        events = history.events("run-0")
        assert gaps(events) == ([rows[segment]] if segment < 2 or not ended else [])
        assert history.find("run-0").status == ("succeeded" if ended else "interrupted")
        assert trace(events)
        if not ended:
            assert (events[-1]["type"], events[-1]["seq"]) == ("executionFinished", rows[-1][1] + 1)
        assert history.recover() == []


def test_damaged_caches_of_folds(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    _recorded(place)
    with History.open(place) as history:
        (before,) = history.steps()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE executions SET steps = '[{', input = '[{'")
    with History.open(place) as history:
        assert list(history.steps()) == [before]
        assert history.executions(input={"id": 1}) == []
        assert len(history.executions()) == 1


@pytest.mark.parametrize("place", ["mysql://host/wf", "sqlite://", "sqlite:///", ":memory:", "sqlite:///:memory:", ""])
def test_places_that_are_no_file(place: str) -> None:
    assert _refusal(place).message == f"A history cannot be kept in `{place}`."


def test_places_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for place, reason in ((tmp_path / "file" / "h.db", "Not a directory"), (tmp_path / "folder", "Is a directory")):
        assert _refusal(place).message == f"The history {place} cannot be opened for writing: {reason}."


def test_a_file_without_the_right_to_write_it(unprivileged: Path) -> None:
    place = unprivileged / "h.db"
    _recorded(place)
    place.chmod(0o400)
    assert _refusal(place).message == f"The history {place} cannot be opened for writing: Permission denied."
    place.chmod(0o600)
    place.parent.chmod(0o500)
    with pytest.raises(WfError, match=r"The history .*h\.db cannot be") as caught:
        _recorded(place, runs=2)
    assert caught.value.hint
    place.parent.chmod(0o700)


def test_locks_that_are_out_of_reach(unprivileged: Path) -> None:
    place = unprivileged / "h.db"

    async def leave_open(history: History) -> None:
        async with history.record("0192-a") as recorder:
            recorder.append(chain()[0])

    with History.open(place) as history:
        asyncio.run(leave_open(history))
    place.with_name("h.db.locks").chmod(0)
    refusal = _refusal(place)
    assert refusal.message == f"The locks of the history in {place}.locks cannot be used: Permission denied."
    with sqlite3.connect(place) as connection:
        connection.execute("DELETE FROM executions")
    with History.open(place) as history, pytest.raises(WfError, match=r"The locks of the history in .* cannot be used"):
        asyncio.run(leave_open(history))


def test_losing_the_database_while_recording_is_reported(tmp_path: Path) -> None:
    place = tmp_path / "h.db"

    async def run(history: History) -> None:
        recorder = history.record("0192-a")
        for event in chain()[:3]:
            recorder.append(event)
        await recorder.flush()
        with sqlite3.connect(place) as connection:
            connection.execute("DROP TABLE segments")
        recorder.append(chain()[3])
        with pytest.raises(WfError, match="no such table: segments"):
            await recorder.flush()
        recorder.append(chain()[4])
        with pytest.raises(WfError, match="no such table: segments"):
            await recorder.close()

    with History.open(place) as history:
        asyncio.run(run(history))


def test_the_revisions_make_the_tables_that_the_code_reads(tmp_path: Path) -> None:
    place = tmp_path / "h.db"
    History.open(place).close()
    config = Config()
    config.set_main_option("script_location", "wf_engine.history:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(REVISIONS))
    with create_engine(f"sqlite:///{place}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


IMPORTS = """
import sys
from pathlib import Path
from wf_engine.history import History, status
assert not {"sqlalchemy", "alembic", "sqlite3"} & sys.modules.keys(), "the views want no database"
with History.open(Path(sys.argv[1])) as history:
    assert history.executions() == []
assert "alembic" not in sys.modules, "a history of the newest schema wants no migrations"
"""


def test_libraries_are_imported_when_they_are_needed(tmp_path: Path) -> None:
    History.open(tmp_path / "h.db").close()
    subprocess.run([sys.executable, "-c", IMPORTS, str(tmp_path / "h.db")], check=True)
