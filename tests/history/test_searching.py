"""Finding executions, and what workflows were when they ran."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from tests.history.history_events import Event, chain
from wf_engine.history import History, step_figures, task_statistics
from wf_engine.history.schema import executions, segments


def _record(history: History, *runs: list[Event], definition: str | None = None) -> None:
    async def run() -> None:
        for events in runs:
            async with history.record(events[0]["executionId"], definition=definition) as recorder:
                for event in events:
                    recorder.append(event)

    asyncio.run(run())


def _run(number: int, given: Any) -> list[Event]:
    events = chain(1, f"run-{number}", input=given)
    for event in events:
        event["at"] = f"2025-01-{number + 1:02}T12:00:00.000Z"
    return events


def _found(history: History, **wanted: Any) -> list[int]:
    return sorted(int(each.execution_id.removeprefix("run-")) for each in history.executions(**wanted))


def test_by_time(place: str) -> None:
    with History.open(place) as history:
        _record(history, *(_run(number, {}) for number in range(5)))

        def day(number: int) -> datetime:
            return datetime(2025, 1, number, 12, tzinfo=UTC)

        assert _found(history, since=day(2)) == [1, 2, 3, 4]
        assert _found(history, until=day(2)) == [0]
        assert _found(history, since=day(2), until=day(4)) == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"id": 1}, [0]),
        ({"id": "1"}, [0, 1]),
        ({"id": True}, [2]),
        ({"id": "true"}, [2]),
        ({"id": 1.0}, []),
        ({"id": {"a": [1]}}, [3]),
        ({"other": None}, [4]),
        ({"id": 2, "other": None}, [4]),
        ({"missing": None}, []),
        ({}, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_by_input(place: str, wanted: dict[str, Any], expected: list[int]) -> None:
    inputs = [{"id": 1}, {"id": "1"}, {"id": True}, {"id": {"a": [1]}}, {"id": 2, "other": None}, {"id": "x" * 100_000}]
    with History.open(place) as history:
        _record(history, *(_run(number, each) for number, each in enumerate(inputs)))
        assert _found(history, input=wanted) == expected


def test_pages_of_a_search_by_input(place: str) -> None:
    with History.open(place) as history:
        _record(history, *(chain(0, f"run-{number:03}", input={"even": number % 2 == 0}) for number in range(450)))
        first = history.executions(input={"even": True}, limit=100)
        rest = history.executions(input={"even": True}, limit=1000, offset=100)
        assert len({each.execution_id for each in first + rest}) == 225
        assert [each.execution_id for each in first + rest] == sorted(
            (f"run-{n:03}" for n in range(0, 450, 2)), reverse=True
        )


def test_a_new_row_when_a_definition_changes(place: str) -> None:
    texts = ['{"kind":"Workflow","n":1}', '{"kind":"Workflow","n":2}']
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]

    def run(number: int, which: int) -> list[Event]:
        events = _run(number, {})
        events[0]["definitionHash"] = hashes[which]
        return events

    with History.open(place) as history:
        for number, which in enumerate((0, 0, 1, 0)):
            _record(history, run(number, which), definition=texts[which])
    with History.open(place) as history:
        _record(history, run(4, 1), definition=texts[1])
        found = history.versions("greet")
        assert [(each["definitionHash"], each["runs"]) for each in found] == [(hashes[1], 2), (hashes[0], 3)]
        assert found[0] == {
            "namespace": "team",
            "workflow": "greet",
            "definitionHash": hashes[1],
            "version": "1.2.0",
            "firstRunAt": "2025-01-03T12:00:00.000Z",
            "lastRunAt": "2025-01-05T12:00:00.000Z",
            "runs": 2,
            "definition": {"kind": "Workflow", "n": 2},
        }
        assert history.versions("greet", "team") == found
        assert history.versions("greet", "other") == []
        assert history.versions("none") == []


def _count(history: History, **wanted: Any) -> dict[str, int]:
    return {each["taskRef"]: each["count"] for each in task_statistics(history.steps(**wanted))}


def test_steps_are_kept_as_runs_end(place: str) -> None:
    running = chain(2, "0192-c")[:4]
    with History.open(place) as history:
        _record(history, chain(3, "0192-a"), chain(1, "0192-b", workflow="other"))
        recorder = history.record("0192-c")
        for event in running:
            recorder.append(event)
        asyncio.run(recorder.flush())
        assert list(history.steps("other")) == [step_figures(chain(1, "0192-b"))]
        assert sorted(map(len, history.steps())) == [1, 1, 3]
        assert _count(history) == {"get-user": 5}


def test_a_run_that_died_counts_with_what_it_began(place: str) -> None:
    with History.open(place) as history:
        _record(history, chain(2, "0192-a")[:9])
        assert history.recover() == ["0192-a"]
        assert [(each.status, each.attempts) for each in next(history.steps())] == [("succeeded", 1), ("cancelled", 1)]


def test_runs_of_earlier_versions_are_folded_once(place: str) -> None:
    """A revision adds the columns empty; the events still say all."""
    with History.open(place) as history:
        _record(history, chain(2, "0192-a", input={"id": 7}))
        database = history._database
        with database._engine.begin() as connection:
            connection.execute(update(executions).values(steps=None, input=None))
        assert [each.execution_id for each in history.executions(input={"id": 7})] == ["0192-a"]
        assert list(history.steps()) == [step_figures(chain(2))]
        with database._engine.begin() as connection:
            connection.execute(delete(segments))
        assert list(history.steps()) == [step_figures(chain(2))]


def test_a_large_input_is_found_in_the_events(place: str) -> None:
    with History.open(place) as history:
        _record(history, _run(0, {"id": "x" * 5000}), _run(1, {"id": "y"}))
        assert _found(history, input={"id": "x" * 5000}) == [0]
        assert _found(history, input={"id": "y"}) == [1]


def test_what_is_older_than_the_retention_is_gone_when_a_history_is_opened(place: str) -> None:
    with History.open(place) as history:
        _record(history, _run(0, {}))
    with History.open(place, retention=timedelta(days=365 * 1000)) as history:
        assert _found(history) == [0]
    with History.open(place, retention=timedelta(days=1)) as history:
        assert _found(history) == []
