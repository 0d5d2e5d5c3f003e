"""`wf trace` and `wf history`."""

import json
import re
import sqlite3

import pytest

from wf_engine.cli.attempts import attempts
from wf_engine.cli.gantt import gantt
from wf_engine.history import History, trace

USER = "workflows/user-profile.workflow.yaml"
PAY = "workflows/pay-with-retry.workflow.yaml"


@pytest.fixture
def paid(wf, shop):
    """The id of a run with two failed attempts."""
    return wf("run", PAY, "-i", "orderId=ord-1003", "--json").json["executionId"]


def test_the_latest_run_is_drawn(wf, paid):
    answer = wf("trace")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert re.fullmatch(r"✓ pay-with-retry succeeded in \d+ ms", lines[0])
    assert lines[1].endswith(paid)
    rows = {line.split()[1]: line for line in lines if line.startswith("✓ ")}
    assert list(rows)[1:] == ["order", "user", "charge", "receipt"]
    assert re.search(r" ━*✗╌+━*✗╌+━", rows["charge"])
    assert rows["charge"].endswith("↻ 2  after order")
    assert rows["receipt"].endswith("after charge, user")
    assert "━ runs   ✗ an attempt failed   ╌ waits to try again" in answer.out


def test_attempts_are_listed(wf, paid):
    out = wf("trace", paid).out
    assert "charge was tried 3 times" in out
    assert re.search(
        r"  1  503 +after [\d.]+ ms, then waited 100 ms\n  2  503 +after [\d.]+ ms, then waited 200 ms\n", out
    )
    assert re.search(r"  3  201 +after [\d.]+ ms\n", out)


def test_values_are_shown_where_they_are_wanted(wf, paid):
    assert "tasks.order.output.totalCents" not in wf("trace").out
    assert re.search(r"\n  charge +tasks\.order\.output\.totalCents +2970\n", wf("trace", "--values").out)


def test_json_is_the_trace(wf, paid):
    answer = wf("trace", paid[:23], "--json").json
    assert list(answer) == [
        "executionId",
        "workflowName",
        "startedAt",
        "completedAt",
        "totalDurationMs",
        "taskTimings",
        "dependencyOrder",
        "plannedParallelGroups",
        "actualParallelGroups",
        "templateResolutions",
    ]
    assert answer["executionId"] == paid


def test_errors_are_part_of_the_trace(wf, shop):
    wf("run", USER, "-i", "userId=77")
    answer = wf("trace")
    assert answer.code == 0
    assert answer.out.startswith("✗ user-profile failed in ")
    assert re.search(r"\n– orders .*skipped\b", answer.out)
    assert "NOT_FOUND user: " in answer.out


@pytest.mark.parametrize("columns", [20, 60, 80, 100, 140, 300])
def test_a_chart_is_as_wide_as_the_terminal(paid, tmp_path, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("FORCE_COLOR", "1")
    from wf_engine.cli import terminal

    terminal.choose_color("auto")
    with History.open(tmp_path / "history.db") as history:
        events = history.events(paid)
    lines = [line.plain for line in gantt(trace(events), attempts(events))]
    terminal.choose_color("never")
    assert max(map(len, lines[:5])) <= min(max(columns, 55), 140)
    assert all("━" in line for line in lines[1:5])


def test_a_run_without_duration_can_be_drawn():
    at = "2025-01-31T12:00:00.000Z"
    base = {"at": at, "executionId": "x"}
    events = [
        {**base, "seq": 1, "type": "executionStarted", "path": "", "workflow": "w"},
        {**base, "seq": 2, "type": "stepReady", "path": "a", "waitedFor": []},
        {**base, "seq": 3, "type": "stepStarted", "path": "a", "taskRef": "t", "input": {}},
        {**base, "seq": 4, "type": "attemptStarted", "path": "a", "n": 1, "request": {}},
    ]
    lines = [line.plain for line in gantt(trace(events), attempts(events))]
    assert lines[1].startswith("▶ a  t  ━━━")


def test_there_is_nothing_to_trace_before_the_first_run(wf, shop, tmp_path):
    answer = wf("trace")
    assert (answer.code, answer.err) == (
        2,
        "error: Nothing has been run yet.\n  hint: `wf run FILE` runs a workflow.\n",
    )
    assert not (tmp_path / "history.db").exists()


def test_an_unknown_or_ambiguous_id_exits_with_2(wf, shop):
    for _ in range(2):
        wf("run", USER, "-i", "userId=1")
    unknown, ambiguous = wf("trace", "ffff"), wf("trace", "0")
    assert (unknown.code, ambiguous.code) == (2, 2)
    assert "There is no execution `ffff`" in unknown.err
    assert "More than one execution begins with `0`." in ambiguous.err


def test_history_lists_the_latest_first(wf, paid):
    wf("run", USER, "-i", "userId=77")
    answer = wf("history")
    assert answer.code == 0
    rows = [line.split() for line in answer.out.splitlines()]
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("✗", "user-profile", "failed"),
        ("✓", "pay-with-retry", "succeeded"),
    ]
    assert rows[1][-1] == paid


def test_history_can_be_filtered(wf, paid):
    wf("run", USER, "-i", "userId=77")
    ids = lambda *options: [each["executionId"] for each in wf("history", "--json", *options).json]
    assert ids("--workflow", "pay-with-retry") == [paid]
    assert ids("--status", "succeeded") == [paid]
    assert len(ids("--limit", "1")) == 1
    assert ids("--workflow", "nothing") == []
    assert wf("history", "--workflow", "nothing").out == "There is no such run.\n"


def test_runs_can_be_those_of_this_project(wf, paid, document, monkeypatch):
    assert wf("trace", "--here", "--json").json["executionId"] == paid
    monkeypatch.chdir(document("other.txt", "").parent)
    assert wf("history", "--here", "--json").json == []
    assert wf("trace", "--here").code == 2
    assert wf("trace", "--json").json["executionId"] == paid


def test_history_of_nothing_is_empty_and_leaves_nothing_behind(wf, shop, tmp_path):
    assert wf("history").out == "Nothing has been run yet.\n"
    assert wf("history", "--json").json == []
    assert not (tmp_path / "history.db").exists()


@pytest.mark.parametrize("arguments", [["--limit", "0"], ["--status", "odd"]])
def test_wrong_usage_exits_with_2(wf, arguments):
    answer = wf("history", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")


def test_a_file_that_is_no_history_exits_with_2(wf, tmp_path):
    (tmp_path / "history.db").write_text("This is a letter to my aunt, and quite a long one at that. " * 20)
    answer = wf("history")
    assert answer.code == 2
    assert "is not a history database" in answer.err


def test_what_is_inside_of_a_step_stands_below_it(wf, shop):
    wf("run", "workflows/order-desk.workflow.yaml", "-i", "status=pending", "-i", "limit=2", "--json")
    rows = [line[2:].split("  ")[:6] for line in wf("trace").out.splitlines() if line.startswith("✓ ")]
    names = [next(part for part in row if part.strip()) for row in rows[1:]]
    assert [name.strip() for name in names] == [
        *("orders", "desk", "[0]", "customer", "reminder", "[1]", "customer", "reminder")
    ]


def test_of_many_iterations_those_that_failed_are_shown_first():
    row = {"taskRef": "t", "startedAt": "2025-01-31T12:00:00.000Z", "completedAt": None, "durationMs": 1.0}
    row |= {"waitTimeMs": 0, "waitedForTasks": [], "retryCount": 0}
    timings = [row | {"taskId": "all", "status": "succeeded"}]
    timings += [row | {"taskId": f"all[{n}]", "status": "failed" if n == 99 else "succeeded"} for n in range(100)]
    traced = {"startedAt": "2025-01-31T12:00:00.000Z", "totalDurationMs": 5.0, "taskTimings": timings}
    lines = [str(line) for line in gantt(traced, {})]
    assert len(lines) == 1 + 1 + 20 + 1
    assert lines[-2].startswith("✗   [99]")
    assert lines[-1].strip() == "… and 80 iterations more"


def test_what_is_damaged_is_said_and_the_rest_is_drawn(wf, paid, tmp_path):
    (listed,) = wf("history", "--json").json
    last = max(each["seq"] for each in wf("trace", "--timeline", "--json").json)
    for begin, end in ((1, 1), (2, last - 1), (3, last), (1, last - 1), (2, last)):
        with sqlite3.connect(tmp_path / "history.db") as connection:
            rows = connection.execute("SELECT first_seq, last_seq, events FROM segments").fetchall()
            events = [event for row in sorted(rows) for event in json.loads(row[2])]
            parts = [events[: begin - 1], events[begin - 1 : end], events[end:]]
            connection.execute("DELETE FROM segments")
            for part in filter(None, parts):
                text = "[{" if part[0]["seq"] == begin else json.dumps(part)
                row = listed["executionId"], part[0]["seq"], part[-1]["seq"], text
                connection.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", row)
        drawn, told = wf("trace"), wf("trace", "--timeline")
        assert (drawn.code, told.code, drawn.err) == (0, 0, "")
        if end < last:
            which = "Event 1 is missing" if end == 1 else f"Events {begin} to {end} are missing"
            assert f"{which}: damaged, or lost" in " ".join(drawn.out.split())
            assert which in told.out
        assert wf("compare", listed["executionId"], listed["executionId"]).code == 0
        with sqlite3.connect(tmp_path / "history.db") as connection:
            connection.execute("DELETE FROM segments")
            row = listed["executionId"], 1, last, json.dumps(events)
            connection.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", row)
