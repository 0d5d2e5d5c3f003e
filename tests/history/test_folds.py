"""The views of executions, on event lists written by hand."""

import pytest

from tests.history.history_events import STARTED, Line, chain, events
from wf_engine.history import ExecutionSummary, progress, status, summary, trace

REFUSED = {"code": "NETWORK_ERROR", "message": "refused", "path": "pay", "attempts": 2}
PLAN = {"parallelGroups": [["user"], ["stock", "pay"], ["mail"]], "dependencies": {"mail": ["stock", "pay"]}}

# `user`, then `stock` beside `pay`; `pay` queues 5 ms, fails, retries, fails again; `mail` is left out.
FAILED: list[Line] = [
    (0, "executionStarted", "", STARTED | {"plan": PLAN}),
    (1, "stepReady", "user", {"waitedFor": []}),
    (2, "templateResolved", "user", {"expression": "input.id", "value": 1}),
    (2, "stepStarted", "user", {"taskRef": "get-user", "input": {"id": 1}}),
    (3, "attemptStarted", "user", {"n": 1, "request": {}}),
    (20, "attemptFinished", "user", {"n": 1, "status": 200, "durationMs": 17, "error": None}),
    (
        20,
        "stepFinished",
        "user",
        {"status": "succeeded", "output": {"name": "Ada"}, "durationMs": 18.25, "error": None},
    ),
    (20, "stepReady", "stock", {"waitedFor": ["user"]}),
    (20, "stepReady", "pay", {"waitedFor": ["user"]}),
    (20, "stepStarted", "stock", {"taskRef": "get-stock", "input": {}}),
    (25, "stepStarted", "pay", {"taskRef": "charge", "input": {}}),
    (25, "attemptStarted", "pay", {"n": 1, "request": {}}),
    (30, "attemptFinished", "pay", {"n": 1, "status": None, "durationMs": 5, "error": REFUSED}),
    (30, "retryScheduled", "pay", {"delayMs": 100}),
    (40, "stepFinished", "stock", {"status": "succeeded", "output": None, "durationMs": 20, "error": None}),
    (130, "attemptStarted", "pay", {"n": 2, "request": {}}),
    (140, "attemptFinished", "pay", {"n": 2, "status": None, "durationMs": 10, "error": REFUSED}),
    (140, "stepFinished", "pay", {"status": "failed", "output": None, "durationMs": 115, "error": REFUSED}),
    (140, "stepFinished", "mail", {"status": "skipped", "reason": "dependencyFailed"}),
    (141, "executionFinished", "", {"status": "failed", "output": None, "durationMs": 141.5, "error": REFUSED}),
]


def _at(ms: int) -> str:
    return f"2025-01-31T12:00:00.{ms:03}Z"


def test_status_of_a_failed_execution() -> None:
    assert status(events(FAILED)) == {
        "executionId": "0192-a",
        "workflowName": "greet",
        "version": "1.2.0",
        "status": "failed",
        "output": None,
        "errors": [REFUSED],
        "durationMs": 141.5,
        "tasks": [
            {
                "path": "user",
                "taskRef": "get-user",
                "status": "succeeded",
                "output": {"name": "Ada"},
                "error": None,
                "attempts": 1,
                "startedAt": _at(2),
                "completedAt": _at(20),
                "durationMs": 18.25,
            },
            {
                "path": "stock",
                "taskRef": "get-stock",
                "status": "succeeded",
                "output": None,
                "error": None,
                "attempts": 0,
                "startedAt": _at(20),
                "completedAt": _at(40),
                "durationMs": 20,
            },
            {
                "path": "pay",
                "taskRef": "charge",
                "status": "failed",
                "output": None,
                "error": REFUSED,
                "attempts": 2,
                "startedAt": _at(25),
                "completedAt": _at(140),
                "durationMs": 115,
            },
            {
                "path": "mail",
                "taskRef": None,
                "status": "skipped",
                "output": None,
                "error": None,
                "attempts": 0,
                "startedAt": None,
                "completedAt": _at(140),
                "durationMs": 0,
            },
        ],
    }


def test_trace_of_a_failed_execution() -> None:
    assert trace(events(FAILED)) == {
        "executionId": "0192-a",
        "workflowName": "greet",
        "startedAt": _at(0),
        "completedAt": _at(141),
        "totalDurationMs": 141.5,
        "taskTimings": [
            {
                "taskId": "user",
                "taskRef": "get-user",
                "startedAt": _at(2),
                "completedAt": _at(20),
                "durationMs": 18.25,
                "waitTimeMs": 1,
                "waitedForTasks": [],
                "retryCount": 0,
                "status": "succeeded",
            },
            {
                "taskId": "stock",
                "taskRef": "get-stock",
                "startedAt": _at(20),
                "completedAt": _at(40),
                "durationMs": 20,
                "waitTimeMs": 0,
                "waitedForTasks": ["user"],
                "retryCount": 0,
                "status": "succeeded",
            },
            {
                "taskId": "pay",
                "taskRef": "charge",
                "startedAt": _at(25),
                "completedAt": _at(140),
                "durationMs": 115,
                "waitTimeMs": 5,
                "waitedForTasks": ["user"],
                "retryCount": 1,
                "status": "failed",
            },
            {
                "taskId": "mail",
                "taskRef": None,
                "startedAt": None,
                "completedAt": _at(140),
                "durationMs": 0,
                "waitTimeMs": 0,
                "waitedForTasks": ["stock", "pay"],
                "retryCount": 0,
                "status": "skipped",
            },
        ],
        "dependencyOrder": ["user", "stock", "pay", "mail"],
        "plannedParallelGroups": [["user"], ["stock", "pay"], ["mail"]],
        "actualParallelGroups": [["user"], ["stock", "pay"]],
        "templateResolutions": [{"path": "user", "expression": "input.id", "value": 1}],
    }


@pytest.mark.parametrize(
    ("seq", "expected"),
    [
        (1, {"done": 0, "running": 0, "failed": 0, "percent": 0.0, "runningTasks": [], "elapsedMs": 0}),
        (4, {"done": 0, "running": 1, "failed": 0, "percent": 0.0, "runningTasks": ["user"], "elapsedMs": 2}),
        (
            11,
            {"done": 1, "running": 2, "failed": 0, "percent": 25.0, "runningTasks": ["stock", "pay"], "elapsedMs": 25},
        ),
        (15, {"done": 2, "running": 1, "failed": 0, "percent": 50.0, "runningTasks": ["pay"], "elapsedMs": 40}),
        (18, {"done": 3, "running": 0, "failed": 1, "percent": 75.0, "runningTasks": [], "elapsedMs": 140}),
        (20, {"done": 4, "running": 0, "failed": 1, "percent": 100.0, "runningTasks": [], "elapsedMs": 141}),
    ],
)
def test_progress_follows_the_events(seq: int, expected: dict[str, object]) -> None:
    state = "failed" if seq == 20 else "running"
    found = progress(events(FAILED)[:seq])
    assert found.pop("remainingMs") == (0.0 if seq == 20 else None)
    assert found == {"executionId": "0192-a", "status": state, "total": 4} | expected


@pytest.mark.parametrize(("seq", "remaining"), [(1, 70.0), (4, 70.0), (11, 50.0), (15, 35.0), (20, 0.0)])
def test_what_remains_is_the_longest_way_through_what_is_left(seq: int, remaining: float) -> None:
    usual = {"user": 20.0, "stock": 10.0, "pay": 45.0, "mail": 5.0}
    recorded = events(FAILED)
    recorded[0]["plan"] = PLAN | {"dependencies": {"stock": ["user"], "pay": ["user"], "mail": ["stock", "pay"]}}
    assert progress(recorded[:seq], usual)["remainingMs"] == remaining
    del usual["mail"]
    assert progress(recorded[:11], usual)["remainingMs"] is None


def test_without_a_plan_the_total_is_unknown_until_the_end() -> None:
    recorded = chain(2)
    assert progress(recorded[:-1])["total"] is None
    assert progress(recorded[:-1])["percent"] is None
    assert (progress(recorded)["total"], progress(recorded)["percent"]) == (2, 100.0)


def test_a_running_execution() -> None:
    recorded = events(FAILED)[:14]
    now = status(recorded)
    assert (now["status"], now["durationMs"], now["errors"]) == ("running", None, [])
    assert [(task["path"], task["status"], task["durationMs"]) for task in now["tasks"]] == [
        ("user", "succeeded", 18.25),
        ("stock", "running", None),
        ("pay", "running", None),
        ("mail", "pending", None),
    ]
    assert trace(recorded)["taskTimings"][3]["waitedForTasks"] == ["stock", "pay"]
    assert trace(recorded)["actualParallelGroups"] == [["user"], ["stock", "pay"]]


def test_steps_do_not_outlive_an_interrupted_execution() -> None:
    end: Line = (
        30,
        "executionFinished",
        "",
        {"status": "interrupted", "output": None, "durationMs": 30, "error": None},
    )
    recorded = events([*FAILED[:14], end])
    assert [(task["path"], task["status"], task["durationMs"]) for task in status(recorded)["tasks"]] == [
        ("user", "succeeded", 18.25),
        ("stock", "cancelled", 10),
        ("pay", "cancelled", 5),
        ("mail", "cancelled", 0),
    ]
    assert progress(recorded)["percent"] == 100.0


def test_groups_follow_from_what_steps_waited_for() -> None:
    lines: list[Line] = [(0, "executionStarted", "", {"workflow": "w"})]
    waits: dict[str, list[str]] = {"a": [], "b": [], "c": ["a"], "d": ["a", "b"], "e": ["d", "c"]}
    for path, waited in waits.items():
        lines.append((1, "stepReady", path, {"waitedFor": waited}))
    # a runs beside b, then b beside c (c waited for a only), then d alone: all within one millisecond.
    for path, kind in [("a", "S"), ("b", "S"), ("a", "F"), ("c", "S"), ("b", "F"), ("c", "F"), ("d", "S"), ("d", "F")]:
        lines.append((1, "stepStarted" if kind == "S" else "stepFinished", path, {"status": "succeeded"}))
    found = trace(events(lines))
    assert found["plannedParallelGroups"] == [["a", "b"], ["c", "d"], ["e"]]
    assert found["dependencyOrder"] == ["a", "b", "c", "d", "e"]
    assert found["actualParallelGroups"] == [["a", "b"], ["b", "c"], ["d"]]


def test_steps_of_blocks_are_grouped_among_themselves() -> None:
    lines: list[Line] = [(0, "executionStarted", "", {"plan": {"parallelGroups": [["block", "other"]]}})]
    for path, waited in [("block", []), ("other", []), ("block.x", []), ("block.y", ["block.x"])]:
        lines += [
            (1, "stepReady", path, {"waitedFor": waited}),
            (1, "stepStarted", path, {"taskRef": None}),
        ]
    found = trace(events(lines))
    assert found["plannedParallelGroups"] == [["block", "other"], ["block.x"], ["block.y"]]
    assert found["actualParallelGroups"] == [["block", "other"], ["block.x", "block.y"]]
    assert progress(events(lines))["total"] == 2


def test_attempts_of_iterations_and_fallbacks_belong_to_their_step() -> None:
    lines: list[Line] = [(0, "executionStarted", "", {}), (1, "stepStarted", "all", {"taskRef": "t"})]
    lines += [(2, "attemptStarted", f"all[{index}]", {"n": 1}) for index in range(3)]
    lines += [
        (3, "retryScheduled", "all[2]", {"delayMs": 1}),
        (3, "attemptStarted", "all[2]~fallback", {"n": 1}),
        (4, "stepStarted", "all[3].inner", {"taskRef": "u"}),
        (4, "attemptStarted", "all[3].inner", {"n": 1}),
    ]
    tasks = status(events(lines))["tasks"]
    assert [(task["path"], task["attempts"]) for task in tasks] == [("all", 4), ("all[3].inner", 1)]
    assert trace(events(lines))["taskTimings"][0]["retryCount"] == 1


def test_iterations_have_timings_behind_their_step() -> None:
    lines: list[Line] = [(0, "executionStarted", "", {}), (1, "stepStarted", "all", {"taskRef": "t"})]
    lines += [(2, "iterationStarted", f"all[{index}]", {"index": index}) for index in range(4)]
    lines += [
        (3, "attemptStarted", "all[1]", {"n": 1}),
        (4, "attemptFinished", "all[1]", {"n": 1, "status": 503, "durationMs": 1, "error": REFUSED}),
        (4, "retryScheduled", "all[1]", {"delayMs": 1}),
        (5, "attemptStarted", "all[2]", {"n": 1}),
        (6, "attemptFinished", "all[2]", {"n": 1, "status": 404, "durationMs": 1, "error": REFUSED}),
        (6, "stepFinished", "all[2]~fallback", {"status": "succeeded", "output": 1}),
        (7, "iterationFinished", "all[0]", {"index": 0}),
        (7, "iterationFinished", "all[1]", {"index": 1}),
        (7, "iterationFinished", "all[2]", {"index": 2}),
        (7, "iterationFinished", "all[3]", {"index": 3}),
    ]
    found = trace(events(lines))["taskTimings"]
    assert [(each["taskId"], each["status"]) for each in found] == [
        ("all", "running"),
        ("all[0]", "succeeded"),
        ("all[1]", "failed"),
        ("all[2]", "succeeded"),
        ("all[3]", "succeeded"),
        ("all[2]~fallback", "succeeded"),
    ]
    assert (found[2]["retryCount"], found[2]["durationMs"], found[2]["taskRef"]) == (1, 5, "t")
    errors = {"errors": [{"index": 3, "code": "EXPRESSION_ERROR", "message": "no"}]}
    lines.append((8, "stepFinished", "all", {"status": "succeeded", "output": errors}))
    assert trace(events(lines))["taskTimings"][4]["status"] == "failed"
    assert [task["path"] for task in status(events(lines))["tasks"]] == ["all", "all[2]~fallback"]
    assert progress(events([*lines, (9, "executionFinished", "", {"status": "succeeded"})]))["total"] == 1


def test_errors_are_listed_once_and_not_where_they_were_taken_care_of() -> None:
    other = REFUSED | {"path": "stock", "code": "TIMEOUT"}
    own = {"code": "EXPRESSION_ERROR", "message": "output", "path": ""}
    lines: list[Line] = [
        (0, "executionStarted", "", {}),
        (1, "stepFinished", "block", {"status": "failed", "error": REFUSED}),
        (1, "stepFinished", "block.pay", {"status": "failed", "error": REFUSED}),
        (1, "stepFinished", "stock", {"status": "failed", "error": other}),
    ]
    assert status(events(lines))["errors"] == [REFUSED, other]
    for error, expected in ((REFUSED, [REFUSED, other]), (own, [REFUSED, other, own]), (None, [REFUSED, other])):
        failed: Line = (2, "executionFinished", "", {"status": "failed", "error": error})
        assert status(events([*lines, failed]))["errors"] == expected
    assert status(events([*lines, (2, "executionFinished", "", {"status": "succeeded"})]))["errors"] == []


def test_an_execution_that_never_began_its_steps() -> None:
    error = {"code": "TIMEOUT", "message": "late", "path": ""}
    end: Line = (3, "executionFinished", "", {"status": "timedOut", "output": None, "error": error})
    body = status(events([(0, "executionStarted", "", STARTED), end]))
    assert (body["status"], body["errors"], body["tasks"], body["durationMs"]) == ("timedOut", [error], [], 3)
    assert progress(events([(0, "executionStarted", "", STARTED), end]))["percent"] == 100.0


def test_summaries() -> None:
    recorded = events(FAILED)
    ended = ExecutionSummary(
        execution_id="0192-a",
        workflow="greet",
        namespace="team",
        version="1.2.0",
        definition_hash="ab12",
        mode="live",
        source="/srv/greet",
        status="failed",
        started_at=_at(0),
        completed_at=_at(141),
        duration_ms=141.5,
        error_code="NETWORK_ERROR",
    )
    assert summary(recorded) == ended
    assert ended.to_json() == {
        "executionId": "0192-a",
        "workflowName": "greet",
        "namespace": "team",
        "version": "1.2.0",
        "definitionHash": "ab12",
        "mode": "live",
        "source": "/srv/greet",
        "status": "failed",
        "startedAt": _at(0),
        "completedAt": _at(141),
        "durationMs": 141.5,
        "errorCode": "NETWORK_ERROR",
    }
    running = summary(recorded[:5], "/elsewhere")
    assert (running.status, running.completed_at, running.duration_ms, running.source) == (
        "running",
        None,
        None,
        "/srv/greet",
    )
    assert summary(recorded[1:3], "/elsewhere").source == "/elsewhere"


def test_views_of_nothing_are_refused() -> None:
    for view in (status, trace, progress):
        with pytest.raises(ValueError, match="at least one event"):
            view([])
