"""Limits: what an execution may use, and what it is told where it uses more (`[limits]`)."""

from typing import Any

import pytest

from tests.execution.runs import afar, run, task, workflow
from wf_engine.text import WfError
from wf_engine.workspace.settings import Limits

LOOP = '{id: a, taskRef: far, forEach: {items: input.x, onError: continue}, input: {p: "{{forEach.item}}"}}'


async def test_steps_and_iterations_are_counted() -> None:
    ran, far = await afar(LOOP, {}, {"x": list(range(9))}, limits=Limits(steps=10))
    assert ran.output["itemCount"] == 9
    ran, far = await afar(LOOP, {}, {"x": list(range(10))}, limits=Limits(steps=10))
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    assert "10 steps" in ran.error["message"]
    assert ran.error["path"] == "a[9]"
    assert "`steps`" in ran.error["suggestion"]
    assert ran.statuses == {"a": "cancelled"}
    assert far.flying == 0
    assert [event["reason"] for event in ran.of("stepFinished")] == ["limitExceeded"]


@pytest.mark.parametrize("most", [5, 20, 47, 101])
async def test_events_are_counted(most: int) -> None:
    ran, far = await afar(LOOP, {}, {"x": list(range(500))}, limits=Limits(events=most))
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    assert f"{most} events" in ran.error["message"]
    assert len(ran.events) < most + 60
    assert far.flying == 0


@pytest.mark.parametrize("depth", [101, 5000, 200_000])
async def test_the_nesting_of_an_input(depth: int) -> None:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    with pytest.raises(WfError, match="nested more than 100 levels"):
        await afar(LOOP, {}, {"x": value})


async def test_nothing_takes_a_limit() -> None:
    step = "{id: a, forEach: {items: input.x, onError: continue}, tasks: [{id: b, taskRef: far, input: {p: p}}]"
    step += ", fallback: {output: 1}}"
    ran, _ = await afar(step, {}, {"x": list(range(50))}, limits=Limits(steps=20))
    assert ran.error["code"] == "LIMIT_EXCEEDED"


async def test_the_output_of_a_loop() -> None:
    ran, _ = await afar(LOOP, {"/1": ["x" * 600]}, {"x": [1] * 5}, limits=Limits(output_bytes=2000))
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    assert "the loop `a`" in ran.error["message"]
    assert "output_bytes" in ran.error["suggestion"]


async def test_the_nesting_of_an_output() -> None:
    text = task('method: GET, url: "http://far.example/"', "", "far")
    text += workflow("{id: a, taskRef: far, condition: {if: 'false'}}", "output: " + "[" * 9 + "1" + "]" * 9)
    assert (await run(text, limits=Limits(nesting=9))).output
    ran = await run(text, limits=Limits(nesting=8))
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    assert "8 levels" in ran.error["message"]
