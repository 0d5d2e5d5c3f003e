"""switch: the first case that equals the value, type and all (language §4)."""

from typing import Any

import pytest

from tests.execution.runs import Far, afar, workflow

CASES = """{id: a, input: {p: "{{input.y}}"}, switch: {value: "{{input.x}}", cases: [
    {match: gold, taskRef: far, input: {p: gold}},
    {match: [1, two, null, true], taskRef: far, input: {p: several}},
    {match: {k: [1]}, taskRef: far},
    {match: default, taskRef: far, input: {p: named}},
    {match: gold, taskRef: far, input: {p: never}}], default: {taskRef: far, input: {p: other}}}}""".replace("\n", " ")

DEFAULT = object()


@pytest.mark.parametrize(
    ("value", "path", "match"),
    [
        ("gold", "/gold", "gold"),
        (1, "/several", [1, "two", None, True]),
        (1.0, "/several", [1, "two", None, True]),
        (None, "/several", [1, "two", None, True]),
        (True, "/several", [1, "two", None, True]),
        ({"k": [1]}, "/own", {"k": [1]}),
        ("1", "/other", DEFAULT),
        ("true", "/other", DEFAULT),
        (False, "/other", DEFAULT),
        (0, "/other", DEFAULT),
        ("default", "/named", "default"),
    ],
)
async def test_which_case_runs(value: Any, path: str, match: Any) -> None:
    ran, far = await afar(CASES, {path: ["it"]}, {"x": value, "y": "own"})
    assert ran.output == "it"
    assert far.paths == [path]
    (matched,) = ran.of("caseMatched")
    assert matched["path"] == "a"
    chosen = {"default": True} if match is DEFAULT else {"match": match}
    assert {
        key: value for key, value in matched.items() if key not in {"seq", "at", "executionId", "type", "path"}
    } == chosen
    assert ran.task()["taskRef"] == "far"


async def test_no_case_and_no_default_fails_the_step() -> None:
    step = "{id: a, switch: {value: input.x, cases: [{match: 1, taskRef: far, input: {p: p}}]}}"
    ran, far = await afar(step, {}, {"x": "1"})
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert "No case" in ran.error["message"]
    assert far.requests == []


async def test_an_error_in_the_value_fails_the_step() -> None:
    step = "{id: a, switch: {value: input.x.no, cases: [{match: 1, taskRef: far, input: {p: p}}]}}"
    ran, _ = await afar(step, {}, {"x": {}})
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert "`switch.value`" in ran.error["message"]


async def test_a_value_that_is_no_expression() -> None:
    ran, _ = await afar("{id: a, switch: {value: 3, cases: [{match: 3, taskRef: far, input: {p: p}}]}}", {"/p": [7]})
    assert ran.output == 7


async def test_cases_may_be_blocks_and_workflows() -> None:
    inner = workflow("{id: w, taskRef: far, input: {p: w}}", "output: '{{tasks.w.output}}'").replace("main", "inner")
    step = """{id: a, switch: {value: input.x, cases: [{match: b, tasks: [{id: c, taskRef: far, input: {p: c}}]},
        {match: w, workflowRef: inner}]}}""".replace("\n", " ")
    documents = inner + "---\n"
    ran, _ = await afar(step, {"/c": [1]}, {"x": "b"}, documents=documents)
    assert ran.output == {"c": 1}
    assert set(ran.statuses) == {"a", "a.c"}
    ran, _ = await afar(step, {"/w": [2]}, {"x": "w"}, documents=documents)
    assert ran.output == 2
    assert set(ran.statuses) == {"a", "a.w"}


async def test_a_switch_in_a_loop_chooses_for_each_item() -> None:
    step = """{id: a, forEach: {items: input.x}, switch: {value: "{{forEach.item}}", cases: [
        {match: 1, taskRef: far, input: {p: one}}], default: {tasks: [{id: d, taskRef: far, input: {p: many}}]}}}"""
    ran, _ = await afar(step.replace("\n", " "), {"/one": ["1"], "/many": ["n"]}, {"x": [1, 2]})
    assert ran.output["results"] == ["1", {"d": "n"}]
    assert [event["path"] for event in ran.of("caseMatched")] == ["a[0]", "a[1]"]


async def test_the_response_is_that_of_the_case() -> None:
    ran, _ = await afar(CASES, {}, {"x": "gold", "y": 1}, more="output: '{{tasks.a.response.status}}'", far=Far())
    assert ran.output == 200
