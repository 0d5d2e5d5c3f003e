"""`wf compare`, `wf stats`, and the other ways to look at earlier runs."""

import re

import pytest

USER = "workflows/user-profile.workflow.yaml"


@pytest.fixture
def two(wf, shop):
    """The ids of two runs with other inputs."""
    return [wf("run", USER, "-i", f"userId={number}", "--json").json["executionId"] for number in (1, 2)]


def test_where_two_runs_part(wf, two):
    answer = wf("compare", *two)
    assert (answer.code, answer.err) == (0, "")
    assert "They part at the run · userId (input)" in answer.out
    assert re.search(r'\n  user · id  "?1"? → "?2"?\n', answer.out)
    assert "Durations, the largest change first" in answer.out
    assert wf("compare", two[0]).out.splitlines()[1:] == answer.out.splitlines()[1:]
    body = wf("compare", *two, "--json").json
    assert body["firstDifference"]["what"] == "input"
    assert (body["a"]["executionId"], body["b"]["executionId"]) == tuple(two)


def test_a_run_beside_itself(wf, two):
    assert "Inputs, outputs and statuses are alike." in wf("compare", two[0], two[0]).out


def test_runs_are_counted(wf, two):
    answer = wf("stats")
    assert re.search(r"\nuser-profile +2 +100\.0 %  ", "\n" + answer.out)
    assert re.search(r"\nget-user +2 +100\.0 %  ", answer.out)
    body = wf("stats", "user-profile", "--since", "1h", "--json").json
    assert [each["count"] for each in body["workflows"]] == [2]
    assert wf("stats", "--until", "2020-01-01").out == "There is no such run.\n"


def test_runs_are_found_by_time_and_input(wf, two):
    assert len(wf("history", "--since", "2h", "--json").json) == 2
    assert wf("history", "--until", "2020-01-01T12:00", "--json").json == []
    assert [each["executionId"] for each in wf("history", "-i", "userId=2", "--json").json] == [two[1]]


@pytest.mark.parametrize("text", ["yesterday", "5x", "2025-13-01", "", "999999w"])
def test_what_is_no_time(wf, two, text):
    answer = wf("history", "--since", text)
    assert answer.code == 2
    assert f"`{text}` is no time" in answer.err
    assert "2025-01-31" in answer.err


def test_the_timeline_and_the_state_at_an_event(wf, two):
    lines = wf("trace", two[0], "--timeline").out.splitlines()
    assert re.fullmatch(r" *1 +0\.0 ms +user-profile began", lines[0])
    assert lines[-1].endswith("succeeded")
    state = wf("trace", two[0], "--at", "3", "--json").json
    assert (state["seq"], state["execution"]["status"]) == (3, "running")
    assert "running" in wf("trace", two[0], "--at", "3").out
    answer = wf("trace", two[0], "--at", "100000")
    assert answer.code == 2
    assert "In this run there is no event 100000" in answer.err
    assert "In this run there is no event 0: they are counted from 1." in wf("trace", two[0], "--at", "0").err


def test_before_anything_was_run(wf, shop):
    assert wf("stats").out == "Nothing has been run yet.\n"
    answer = wf("compare", "0")
    assert answer.code == 2
    assert "Nothing has been run yet." in answer.err
