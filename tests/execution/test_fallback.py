"""Fallbacks: what takes a step's place where it fails (language §4)."""

import pytest

from tests.execution.runs import Far, Status, afar


def falling(fallback: str, more: str = "") -> str:
    return f"{{id: a, taskRef: far, input: {{p: bad}}{more}, fallback: {fallback}}}".replace("\n", " ")


BAD = {"/bad": [Status(503)], "/good": ["good"]}


async def test_its_output_is_the_steps() -> None:
    ran, far = await afar(falling("{taskRef: far, input: {p: good}}"), BAD)
    assert ran.output == "good"
    assert far.paths == ["/bad", "/good"]
    assert ran.statuses == {"a": "succeeded", "a~fallback": "succeeded"}
    assert ran.body["errors"] == []
    (started,) = ran.of("fallbackStarted")
    assert (started["path"], started["reason"]) == ("a", "failure")
    assert set(started) == {"seq", "at", "executionId", "type", "path", "reason"}
    kinds = [(event["type"], event["path"]) for event in ran.events]
    assert kinds.index(("attemptFinished", "a")) < kinds.index(("fallbackStarted", "a"))
    assert kinds.index(("stepFinished", "a~fallback")) < kinds.index(("stepFinished", "a"))


async def test_it_does_not_run_where_the_step_succeeds() -> None:
    ran, far = await afar(falling("{output: 1}"), {"/bad": ["fine"]})
    assert ran.output == "fine"
    assert ran.of("fallbackStarted") == []
    assert len(far.requests) == 1


async def test_it_takes_the_steps_input_unless_it_has_its_own() -> None:
    _, far = await afar(falling("{taskRef: far}"), {"/bad": [Status(503), "later"]})
    assert far.paths == ["/bad", "/bad"]


async def test_a_value_made_of_the_error() -> None:
    fallback = (
        '{output: {code: "{{error.code}}", at: "{{error.path}}", status: "{{error.http.status}}", x: "{{input.x}}"}}'
    )
    ran, _ = await afar(falling(fallback), BAD, {"x": 4})
    assert ran.output == {"code": "SERVICE_ERROR", "at": "a", "status": 503, "x": 4}


@pytest.mark.parametrize(("output", "value"), [("null", None), ("false", False), ("[]", []), ("''", "")])
async def test_any_value_is_an_output(output: str, value: object) -> None:
    ran, _ = await afar(falling(f"{{output: {output}}}"), BAD)
    assert ran.output == value


async def test_it_runs_after_the_last_attempt() -> None:
    more = ", retry: {maxAttempts: 3, initialDelay: 1ms}"
    ran, far = await afar(falling("{taskRef: far, input: {p: good}}", more), BAD)
    assert far.paths == ["/bad"] * 3 + ["/good"]
    assert ran.output == "good"


async def test_a_failure_of_the_fallback_keeps_both_errors() -> None:
    ran, _ = await afar(falling("{taskRef: far, input: {p: worse}}"), BAD | {"/worse": [Status(404)]})
    assert ran.statuses == {"a": "failed", "a~fallback": "failed"}
    assert {(error["code"], error["path"]) for error in ran.body["errors"]} == {
        ("SERVICE_ERROR", "a"),
        ("NOT_FOUND", "a~fallback"),
    }


async def test_an_error_in_its_value() -> None:
    ran, _ = await afar(falling('{output: "{{error.no}}"}'), BAD)
    assert {error["code"] for error in ran.body["errors"]} == {"SERVICE_ERROR", "EXPRESSION_ERROR"}


@pytest.mark.parametrize(
    "step",
    [
        '{id: a, taskRef: far, input: {p: "{{input.x.no}}"}, fallback: {output: 1}}',
        "{id: a, taskRef: far, input: {p: b}, condition: {if: input.x.no == 1}, fallback: {output: 1}}",
        "{id: a, switch: {value: 1, cases: [{match: 2, taskRef: far}]}, fallback: {output: 1}}",
        "{id: a, tasks: [{id: b, taskRef: far, input: {p: bad}}], fallback: {output: 1}}",
        "{id: a, taskRef: far, condition: {if: 'false', else: {taskRef: far, input: {p: bad}}}, fallback: {output: 1}}",
    ],
)
async def test_every_failure_of_the_step_is_one(step: str) -> None:
    ran, _ = await afar(step, BAD, {"x": {}})
    assert ran.output == 1
    assert ran.task()["status"] == "succeeded"


async def test_the_steps_timeout_is_one_and_does_not_cover_it() -> None:
    step = (
        "{id: a, taskRef: far, input: {p: b}, timeout: 20ms, fallback: {tasks: [{id: c, taskRef: far, input: {p: c}}]}}"
    )
    ran, far = await afar(step, {"/c": [3]}, far=Far({"/c": [3]}, delay=0.04))
    assert ran.output == {"c": 3}
    assert far.flying == 0
    assert ran.of("attemptFinished", "a")[0]["error"]["code"] == "CANCELLED"


async def test_only_its_causes() -> None:
    ran, far = await afar(falling("{causes: [circuitOpen], output: 1}"), BAD)
    assert ran.error["code"] == "SERVICE_ERROR"
    assert far.paths == ["/bad"]
    ran, _ = await afar(falling("{causes: [failure], output: 1}"), BAD)
    assert ran.output == 1


async def test_none_starts_where_the_scope_has_failed() -> None:
    steps = falling("{taskRef: far, input: {p: good}}") + "\n{id: b, taskRef: far, input: {p: gone}}"
    steps = "\n".join(reversed(steps.split("\n")))
    ran, far = await afar(steps, BAD | {"/gone": [Status(404)]})
    assert "/good" not in far.paths
    assert ran.statuses == {"a": "failed", "b": "failed"}


async def test_a_block_as_fallback_sees_the_error() -> None:
    fallback = (
        '{tasks: [{id: c, taskRef: far, input: {p: "{{error.code}}"}}], output: "{{tasks.c.output}}{{error.code}}"}'
    )
    ran, far = await afar(falling(fallback), BAD | {"/SERVICE_ERROR": ["x"]})
    assert far.paths == ["/bad", "/SERVICE_ERROR"]
    assert ran.output == "xSERVICE_ERROR"
    assert set(ran.statuses) == {"a", "a~fallback", "a~fallback.c"}


async def test_steps_that_wait_for_it_read_its_output() -> None:
    steps = (
        falling("{output: {v: 5}}") + '\n{id: b, taskRef: far, input: {p: "{{tasks.a.output.v}}{{tasks.a.status}}"}}'
    )
    _, far = await afar(steps, BAD)
    assert far.paths[-1] == "/5succeeded"
