"""forEach: every item once, bounded, in order of the items, whatever fails (language §4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.execution.runs import Far, Status, afar


def each(more: str = "", given: str = '{p: "{{forEach.item}}"}', step: str = "") -> str:
    """A step `a` that calls the far end for each item of the input `x`."""
    return f'{{id: a, taskRef: far, forEach: {{items: "{{{{input.x}}}}"{more}}}, input: {given}{step}}}'


async def test_results_stand_in_the_order_of_the_items() -> None:
    ran, far = await afar(each(), {"/1": ["one"], "/2": ["two"]}, {"x": [1, 2, 1]})
    assert ran.output == {
        "results": ["one", "two", "one"],
        "itemCount": 3,
        "successCount": 3,
        "failureCount": 0,
        "errors": [],
    }
    assert sorted(far.paths) == ["/1", "/1", "/2"]
    assert [event["path"] for event in ran.of("iterationStarted")] == ["a[0]", "a[1]", "a[2]"]
    assert [event["index"] for event in ran.of("iterationFinished")] == [0, 1, 2]
    assert {event["path"] for event in ran.of("attemptStarted")} == {"a[0]", "a[1]", "a[2]"}
    assert [task["path"] for task in ran.body["tasks"]] == ["a"]
    assert ran.task()["attempts"] == 3
    assert ran.task()["taskRef"] == "far"


async def test_an_empty_list() -> None:
    ran, far = await afar(each(), {}, {"x": []})
    assert ran.output == {"results": [], "itemCount": 0, "successCount": 0, "failureCount": 0, "errors": []}
    assert far.requests == []


@pytest.mark.parametrize(("items", "said"), [("text", "a text"), ({"a": 1}, "a map"), (None, "null"), (3, "a number")])
async def test_items_that_are_no_list(items: object, said: str) -> None:
    ran, _ = await afar(each(), {}, {"x": items})
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert said in ran.error["message"]
    assert ran.error["path"] == "a"


@pytest.mark.parametrize(
    ("more", "slots", "most"),
    [("", 3, 3), (", parallel: false", 10, 1), (", maxConcurrency: 2", 10, 2), (", maxConcurrency: 9", 4, 4)],
)
async def test_how_many_run_at_once(more: str, slots: int, most: int) -> None:
    far = Far(delay=0.001)
    options = f"maxConcurrency: {slots}\n  output: '{{{{tasks.a.output}}}}'"
    ran, _ = await afar(each(more), {}, {"x": list(range(12))}, far=far, more=options)
    assert ran.output["itemCount"] == 12
    assert far.most == most


async def test_one_at_a_time_is_in_the_order_of_the_items() -> None:
    ran, far = await afar(each(", parallel: false"), {}, {"x": [3, 1, 2]})
    assert far.paths == ["/3", "/1", "/2"]
    kinds = [event["type"] for event in ran.events if event["type"].startswith("iteration")]
    assert kinds == ["iterationStarted", "iterationFinished"] * 3


async def test_the_first_failure_ends_the_loop() -> None:
    ran, far = await afar(each(", parallel: false"), {"/2": [Status(404)]}, {"x": [1, 2, 3]})
    assert far.paths == ["/1", "/2"]
    assert ran.error["code"] == "NOT_FOUND"
    assert ran.error["path"] == "a[1]"
    assert ran.statuses == {"a": "failed"}


async def test_after_a_failure_what_is_in_flight_ends() -> None:
    ran, far = await afar(each(", maxConcurrency: 3"), {"/1": [Status(404)]}, {"x": [1, 2, 3, 4]})
    assert sorted(far.paths) == ["/1", "/2", "/3"]
    assert len(ran.of("attemptFinished")) == 3
    assert len(ran.of("iterationFinished")) == 3


async def test_continue_goes_on_past_failures() -> None:
    answers = {"/1": ["one"], "/2": [Status(404)], "/3": ["three"], "/4": [Status(500)]}
    ran, _ = await afar(each(", onError: continue"), answers, {"x": [1, 2, 3, 4]})
    output = ran.output
    assert output["results"] == ["one", None, "three", None]
    assert (output["itemCount"], output["successCount"], output["failureCount"]) == (4, 2, 2)
    assert [(error["index"], error["code"]) for error in output["errors"]] == [(1, "NOT_FOUND"), (3, "SERVICE_ERROR")]
    assert all(set(error) == {"index", "code", "message"} for error in output["errors"])


async def test_an_expression_error_of_an_item_is_that_items_failure() -> None:
    step = each(", onError: continue", '{p: "{{forEach.item.p}}"}')
    ran, _ = await afar(step, {"/1": ["one"]}, {"x": [{"p": 1}, {}, 5]})
    assert ran.output["results"] == ["one", None, None]
    assert {error["code"] for error in ran.output["errors"]} == {"EXPRESSION_ERROR"}


async def test_retries_are_for_each_item() -> None:
    step = each(step=", retry: {maxAttempts: 2, initialDelay: 1ms}")
    ran, far = await afar(step, {"/1": [Status(503), "one"], "/2": ["two"]}, {"x": [1, 2]})
    assert ran.output["results"] == ["one", "two"]
    assert sorted(far.paths) == ["/1", "/1", "/2"]
    assert [event["path"] for event in ran.of("retryScheduled")] == ["a[0]"]


async def test_the_fallback_is_for_each_item() -> None:
    step = each(step=', fallback: {output: {was: "{{forEach.item}}", why: "{{error.code}}"}}')
    ran, _ = await afar(step, {"/1": ["one"], "/2": [Status(404)]}, {"x": [1, 2]})
    assert ran.output["results"] == ["one", {"was": 2, "why": "NOT_FOUND"}]
    assert ran.output["failureCount"] == 0
    assert [event["path"] for event in ran.of("fallbackStarted")] == ["a[1]"]
    assert ran.task("a[1]~fallback")["status"] == "succeeded"


async def test_the_condition_is_decided_once_before() -> None:
    condition = ', condition: {if: "{{input.y}}"'
    ran, far = await afar(each(step=condition + "}"), {}, {"x": [1, 2], "y": False})
    assert ran.task()["status"] == "skipped"
    assert far.requests == []
    ran, far = await afar(each(step=condition + "}"), {}, {"x": [1, 2], "y": True})
    assert len(ran.of("conditionEvaluated")) == 1
    assert len(far.requests) == 2


async def test_else_runs_once_without_the_loop() -> None:
    step = each(step=", condition: {if: 'false', else: {taskRef: far, input: {p: other}}}")
    ran, far = await afar(step, {"/other": ["else"]}, {"x": [1, 2]})
    assert ran.output == "else"
    assert far.paths == ["/other"]


async def test_the_timeout_is_on_the_whole() -> None:
    far = Far(delay=0.02)
    step = each(", parallel: false", step=", timeout: 50ms")
    ran, _ = await afar(step, {}, {"x": list(range(10))}, far=far)
    assert ran.error["code"] == "TIMEOUT"
    assert ran.error["path"] == "a"
    assert 1 <= len(far.requests) <= 4
    assert far.flying == 0


async def test_blocks_run_for_each_item_and_see_it() -> None:
    step = """{id: a, forEach: {items: input.x, itemVar: order, indexVar: at}, tasks: [
        {id: b, taskRef: far, input: {p: "{{forEach.order}}"}},
        {id: c, taskRef: far, input: {p: "{{tasks.b.output}}-{{forEach.at}}"}}]}""".replace("\n", " ")
    ran, far = await afar(step, {"/1": ["x"], "/2": ["y"]}, {"x": [1, 2]})
    assert sorted(far.paths) == ["/1", "/2", "/x-0", "/y-1"]
    assert ran.output["results"] == [{"b": "x", "c": None}, {"b": "y", "c": None}]
    assert [task["path"] for task in ran.body["tasks"]].count("a[1].c") == 1
    assert ran.task("a[0].c")["status"] == "succeeded"


async def test_loops_in_loops_see_their_parents() -> None:
    step = """{id: a, forEach: {items: input.x, itemVar: row, indexVar: i}, output: "{{tasks.b.output.results}}", tasks: [
        {id: b, forEach: {items: "{{forEach.row}}", itemVar: cell, indexVar: j}, output: "{{tasks.c.output.results}}",
         tasks: [{id: c, forEach: {items: ["z"]}, taskRef: far, input: {p:
         "{{forEach.$root.i}}.{{forEach.$parent.$parent.i}}.{{forEach.$parent.j}}.{{forEach.index}}={{forEach.$parent.cell}}{{forEach.item}}"
         }}]}]}""".replace("\n", " ")
    _, far = await afar(step, {}, {"x": [[1], [2, 3]]}, more="output: 1")
    assert sorted(far.paths) == ["/0.0.0.0%3D1z", "/1.1.0.0%3D2z", "/1.1.1.0%3D3z"]


async def test_with_one_loop_the_root_is_that_loop() -> None:
    _, far = await afar(each(given='{p: "{{forEach.$root.item}}{{forEach.$root.index}}"}'), {}, {"x": ["k"]})
    assert far.paths == ["/k0"]


async def test_the_items_of_an_inner_loop_see_the_loop_around() -> None:
    step = """{id: a, forEach: {items: input.x}, tasks: [{id: b, taskRef: far, forEach: {items: "{{forEach.item}}"},
        condition: {if: "{{forEach.index}} > 0"}, input: {p: "{{forEach.item}}"}}]}""".replace("\n", " ")
    _, far = await afar(step, {}, {"x": [[1], [2]]})
    assert far.paths == ["/2"]


async def test_a_failure_outside_starts_no_further_iteration() -> None:
    steps = each(", parallel: false") + "\n{id: b, taskRef: far, input: {p: bad}, dependsOn: [c]}\n"
    steps += "{id: c, taskRef: far, input: {p: c}}"
    ran, far = await afar(steps, {"/bad": [Status(404)]}, {"x": list(range(50))})
    assert len(far.requests) < 20
    assert ran.statuses == {"a": "cancelled", "b": "failed", "c": "succeeded"}


async def test_many_items_that_never_wait_leave_the_event_loop_alone() -> None:
    step = '{id: a, forEach: {items: input.x, onError: continue}, taskRef: far, input: {p: "{{forEach.item.no}}"}}'
    ran, _ = await afar(step, {}, {"x": [{}] * 3000})
    assert ran.output["failureCount"] == 3000


@given(st.lists(st.sampled_from(["good", "bad"]), max_size=12), st.integers(1, 4), st.booleans())
async def test_any_loop_gives_what_its_items_give(kinds: list[str], width: int, tolerant: bool) -> None:
    answers = {f"/{number}": [number if kind == "good" else Status(404)] for number, kind in enumerate(kinds)}
    more = f", maxConcurrency: {width}, onError: {'continue' if tolerant else 'fail'}"
    ran, far = await afar(each(more), answers, {"x": list(range(len(kinds)))})
    assert far.most <= width
    if tolerant or "bad" not in kinds:
        assert ran.output["results"] == [number if kind == "good" else None for number, kind in enumerate(kinds)]
        assert [error["index"] for error in ran.output["errors"]] == [
            number for number, kind in enumerate(kinds) if kind == "bad"
        ]
    else:
        assert ran.error["code"] == "NOT_FOUND"
        assert len(far.requests) <= kinds.index("bad") + width
