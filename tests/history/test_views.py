"""Views over executions beside status and trace: time travel, the timeline, comparison, statistics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.history.history_events import STARTED, chain
from tests.history.history_events import events as listed
from wf_engine.history import (
    compare,
    gaps,
    progress,
    state_at,
    status,
    step_figures,
    summary,
    task_statistics,
    timeline,
    trace,
    workflow_statistics,
)


@given(seq=st.integers(1, 17))
def test_the_state_at_an_event_is_what_the_events_before_it_say(seq: int) -> None:
    events = chain(3)
    state = state_at(events, seq)
    assert state["event"] == events[seq - 1]
    assert state["execution"] == status(events[:seq])
    assert state["at"] == events[seq - 1]["at"]


def test_the_last_state_is_the_execution() -> None:
    events = chain(3)
    assert state_at(events, len(events))["execution"] == status(events)
    assert state_at(events, len(events))["elapsedMs"] == progress(events)["elapsedMs"]


@pytest.mark.parametrize("seq", [0, -1, 18, 10**9])
def test_there_is_no_state_where_there_is_no_event(seq: int) -> None:
    with pytest.raises(LookupError, match=f"there is no event {seq}"):
        state_at(chain(3), seq)


def test_the_timeline_tells_everything_in_order() -> None:
    events = chain(2)
    told = timeline(events)
    assert [each["seq"] for each in told] == [event["seq"] for event in events]
    assert [each["text"] for each in told] == [
        "greet began",
        "ready",
        "began get-user",
        "attempt 1",
        "attempt 1 was answered 200",
        "succeeded",
        "ready, after step0",
        "began get-user",
        "attempt 1",
        "attempt 1 was answered 200",
        "succeeded",
        "succeeded",
    ]
    assert told[-1]["offsetMs"] == 20


def test_missing_events_are_said_in_the_trace() -> None:
    events = chain(2)
    assert "missingEvents" not in trace(events)
    assert trace(events[:4] + events[6:])["missingEvents"] == 2


RICH = listed(
    [
        (
            0,
            "executionStarted",
            "",
            STARTED | {"plan": {"parallelGroups": [["a"], ["b"]], "dependencies": {"b": ["a"]}}},
        ),
        (0, "stepReady", "a", {"waitedFor": []}),
        (1, "stepStarted", "a", {"taskRef": "t", "input": {}}),
        (1, "iterationStarted", "a[0]", {"index": 0}),
        (1, "attemptStarted", "a[0]", {"n": 1, "request": {}}),
        (2, "attemptFinished", "a[0]", {"n": 1, "status": 503, "durationMs": 1, "error": {"code": "SERVICE_ERROR"}}),
        (2, "retryScheduled", "a[0]", {"delayMs": 1}),
        (3, "attemptStarted", "a[0]", {"n": 2, "request": {}}),
        (4, "attemptFinished", "a[0]", {"n": 2, "status": 200, "durationMs": 1, "error": None}),
        (4, "iterationFinished", "a[0]", {"index": 0}),
        (5, "stepFinished", "a", {"status": "succeeded", "output": {"errors": [{"index": 0}]}, "durationMs": 4}),
        (5, "stepReady", "b", {"waitedFor": ["a"]}),
        (5, "conditionEvaluated", "b", {"expression": "x", "value": True}),
        (5, "caseMatched", "b", {"match": "x"}),
        (5, "stepStarted", "b", {"taskRef": "t", "input": {}}),
        (6, "attemptStarted", "b~fallback", {"n": 1, "request": {}}),
        (7, "attemptFinished", "b~fallback", {"n": 1, "status": 200, "durationMs": 1, "error": None}),
        (8, "stepFinished", "b", {"status": "succeeded", "output": 1, "durationMs": 3}),
        (9, "executionFinished", "", {"status": "succeeded", "output": 1, "durationMs": 9}),
    ]
)


def test_every_view_is_there_whatever_is_missing() -> None:
    for first in range(len(RICH)):
        for last in range(first + 1, len(RICH) + 1):
            left = RICH[:first] + RICH[last:]
            if not left:
                continue
            lost = [(first + 1, last)] if last < len(RICH) else []
            assert gaps(left) == lost
            assert trace(left).get("missingEvents", 0) == sum(end - begin + 1 for begin, end in lost)
            assert status(left)["executionId"] == "0192-a"
            assert progress(left, {"a": 1.0, "b": 1.0})["elapsedMs"] is not None
            assert compare(left, RICH)["b"]["status"] == "succeeded"
            assert state_at(left, left[-1]["seq"])["seq"] == left[-1]["seq"]
            timeline(left)
            step_figures(left)
            summary(left)


def test_two_runs_that_are_alike() -> None:
    found = compare(chain(3, "a"), chain(3, "b"))
    assert found["firstDifference"] is None
    assert found["sameDefinition"] is True
    assert (found["inputs"], found["outputs"], found["statuses"]) == ([], [], [])
    assert [each["deltaMs"] for each in found["timings"]] == [0, 0, 0]


def test_where_two_runs_part() -> None:
    a, b = chain(3, "a"), chain(3, "b", definitionHash="other")
    b[7]["input"] = {"id": 1, "items": [{"n": 2}]}
    a[7]["input"] = {"id": 1, "items": [{"n": 1}, 7]}
    b[10] |= {"status": "failed", "output": None, "durationMs": 35, "error": {"code": "TIMEOUT", "message": "late"}}
    found = compare(a, b)
    assert found["sameDefinition"] is False
    assert found["firstDifference"] == {"path": "step1", "what": "input", "at": "items[0].n", "a": 1, "b": 2}
    assert found["inputs"] == [
        {"path": "step1", "at": "items[0].n", "a": 1, "b": 2},
        {"path": "step1", "at": "items[1]", "a": 7},
    ]
    assert found["statuses"] == [{"path": "step1", "a": "succeeded", "b": "failed"}]
    assert found["outputs"] == [{"path": "step1", "at": "", "a": 1, "b": None}]
    assert found["timings"][0] == {"path": "step1", "a": 10, "b": 35, "deltaMs": 25}


def test_a_step_that_only_one_run_has() -> None:
    found = compare(chain(1, "a"), chain(2, "b"))
    assert found["firstDifference"] == {"path": "step1", "what": "input", "at": "", "b": {"id": 1}}
    assert found["statuses"] == [{"path": "step1", "a": None, "b": "succeeded"}]
    assert [each["path"] for each in found["timings"]] == ["step0"]


@pytest.mark.parametrize(("a", "b"), [(1, 1.0), (1, True), ("1", 1), (None, False), ([], {})])
def test_values_of_other_kinds_differ(a: object, b: object) -> None:
    one, other = chain(1), chain(1)
    one[-1]["output"], other[-1]["output"] = a, b
    assert compare(one, other)["outputs"] == [{"path": "", "at": "", "a": a, "b": b}]


def test_statistics_of_workflows() -> None:
    runs = [chain(1, f"run-{number}") for number in range(100)]
    for number, events in enumerate(runs):
        events[-1]["durationMs"] = number + 1
    runs[0][-1]["status"], runs[1][-1]["status"], runs[2][-1]["status"] = "failed", "cancelled", "timedOut"
    other = chain(1, "other", workflow="other")[:3]
    found = workflow_statistics([summary(each) for each in (*runs, other)])
    assert found[0] == {
        "workflow": "greet",
        "namespace": "team",
        "count": 100,
        "byStatus": {"cancelled": 1, "failed": 1, "succeeded": 97, "timedOut": 1},
        "successRate": round(97 / 99, 4),
        "durationMs": {"p50": 52, "p95": 96, "p99": 100, "max": 100},
    }
    assert found[1]["byStatus"] == {"running": 1}
    assert (found[1]["successRate"], found[1]["durationMs"]) == (None, None)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=200))
def test_percentiles_are_durations_that_many_do_not_exceed(durations: list[int]) -> None:
    runs = []
    for number, each in enumerate(durations):
        events = chain(0, f"run-{number}")
        events[-1]["durationMs"] = each
        runs.append(summary(events))
    found = workflow_statistics(runs)[0]["durationMs"]
    for percent in (50, 95, 99):
        within = [each for each in durations if each <= found[f"p{percent}"]]
        assert len(within) * 100 >= percent * len(durations)
        assert len([each for each in durations if each < found[f"p{percent}"]]) * 100 < percent * len(durations)


def test_statistics_of_tasks() -> None:
    failed = chain(2, "b")
    failed[10] |= {"status": "failed", "error": {"code": "TIMEOUT", "message": "late"}}
    (found,) = task_statistics([step_figures(chain(2, "a")), step_figures(failed)])
    assert found == {
        "taskRef": "get-user",
        "count": 4,
        "byStatus": {"failed": 1, "succeeded": 3},
        "successRate": 0.75,
        "durationMs": {"p50": 10, "p95": 10, "p99": 10, "max": 10},
        "attempts": 1.0,
    }
