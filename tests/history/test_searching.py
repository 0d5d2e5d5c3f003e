"""Finding executions, and what workflows were when they ran."""

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.history.history_events import Event, chain
from wf_engine.history import History


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
