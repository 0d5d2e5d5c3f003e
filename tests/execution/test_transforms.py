"""Transforms: tasks of that type, in place, their errors, and large ones beside the event loop."""

import asyncio
import time
from typing import Any

import msgspec
import pytest

from tests.execution.runs import Ran, run, workflow
from wf_engine.workspace.settings import Limits

ROWS = [{"id": 1, "price": 5}, {"id": 2, "price": 9}, {"id": 3, "price": 1}]


def shaping(transform: str, more: str = "") -> str:
    return f"""\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {{name: shape}}
spec:
  type: transform
  {more}
  transform: {transform}
---
"""


async def shaped(transform: str, given: str = "{rows: '{{input.x}}'}", value: Any = ROWS, more: str = "") -> Ran:
    return await run(shaping(transform, more) + workflow(f"{{id: a, taskRef: shape, input: {given}}}"), {"x": value})


async def in_place(step: str, value: Any = ROWS, **options: Any) -> Ran:
    return await run(workflow(f"{{id: a, {step}}}"), {"x": value, "y": 4}, **options)


async def test_a_task_of_type_transform() -> None:
    ran = await shaped("{input: input.rows, pipeline: [{sort: {by: $.price}}, {limit: {count: 2}}]}")
    assert ran.output == [ROWS[2], ROWS[0]]
    assert ran.of("attemptStarted") == []
    assert ran.task()["taskRef"] == "shape"
    assert ran.task()["attempts"] == 0
    (resolved,) = [event for event in ran.of("templateResolved", "a") if event["expression"] == "input.rows"]
    assert resolved["value"] == ROWS


async def test_without_an_input_it_takes_the_whole_one() -> None:
    assert (await shaped("{jsonPath: '$.rows[*].id'}")).output == [1, 2, 3]
    assert (await in_place("input: {rows: '{{input.x}}'}, transform: {jsonPath: '$.rows[0].id'}")).output == 1
    assert (await in_place("transform: {pipeline: [reverse]}")).output == [{}]


async def test_a_path_to_one_value_that_selects_none_gives_null() -> None:
    assert (await in_place("transform: {input: input.x, jsonPath: '$[7].id'}")).output is None


async def test_in_place_it_sees_the_scope_of_the_workflow() -> None:
    ran = await in_place(
        "transform: {input: input.x, pipeline: [{filter: {where: item.price > input.y}},"
        " {map: {fields: {id: $.id}}}, {limit: {count: '{{input.y}}'}}]}"
    )
    assert ran.output == [{"id": 1}, {"id": 2}]


async def test_in_place_in_a_loop_and_after_another_step() -> None:
    steps = """
        {id: b, transform: {input: input.x, pipeline: [{flatMap: {path: $.price}}]}}
        {id: a, forEach: {items: tasks.b.output}, transform: {input: forEach.item, pipeline: [{scale: {factor: 2}}]}}
    """
    ran = await run(workflow(steps), {"x": ROWS})
    assert ran.output["results"] == [[10], [18], [2]]
    assert {event["path"]: event["waitedFor"] for event in ran.of("stepReady")}["a"] == ["b"]


async def test_a_task_sees_nothing_but_its_input() -> None:
    ran = await shaped("{pipeline: [{template: {template: '{{tasks.b.output}}'}}]}")
    assert ran.error["code"] == "EXPRESSION_ERROR"


async def test_defaults_and_the_input_schema() -> None:
    more = "inputSchema: {type: object, properties: {count: {type: integer, default: 2}, rows: {type: array}}}"
    transform = "{input: input.rows, pipeline: [{limit: {count: '{{input.count}}'}}]}"
    assert len((await shaped(transform, more=more)).output) == 2
    assert (await shaped(transform, "{rows: 3}", more=more)).error["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(("validation", "status"), [("", "failed"), ("responseValidation: 'off'", "succeeded")])
async def test_the_output_schema(validation: str, status: str) -> None:
    more = "outputSchema: {type: array, items: {type: string}}\n  " + validation
    ran = await shaped("{input: input.rows, pipeline: [{flatMap: {path: $.id}}]}", more=more)
    assert ran.body["status"] == status
    if status == "failed":
        assert ran.error["code"] == "SCHEMA_MISMATCH"
        assert "`[0]`" in ran.error["message"]


async def test_an_error_names_the_operation_and_the_item() -> None:
    ran = await in_place("transform: {input: input.x, pipeline: [reverse, uppercase]}")
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert "In the pipeline: Operation 2 (`uppercase`), item 0: This item is a map" in ran.error["message"]
    assert ran.error["path"] == "a"
    assert ran.error["suggestion"]


async def test_an_input_that_cannot_be_evaluated() -> None:
    ran = await in_place("transform: {input: input.x.y.z, pipeline: [reverse]}")
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert "`transform.input`" in ran.error["message"]


async def test_what_is_too_large_is_a_limit() -> None:
    ran = await in_place("transform: {input: input.x, pipeline: [{flatMap: {path: '$'}}]}", [[0] * 1000] * 1001)
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    ran = await in_place("transform: {input: input.x, pipeline: [reverse]}", limits=Limits(output_bytes=10))
    assert ran.error["code"] == "LIMIT_EXCEEDED"


async def test_lots_are_drawn_anew_in_each_execution_and_step() -> None:
    step = "transform: {input: input.x, pipeline: [shuffle]}"
    first, second = [(await in_place(step, list(range(60)))).output for _ in range(2)]
    assert sorted(first) == sorted(second) == list(range(60))
    assert first != second


async def test_a_fallback_takes_the_place_of_a_transform_that_fails() -> None:
    ran = await in_place("transform: {input: input.x, pipeline: [uppercase]}, fallback: {output: '{{error.code}}'}")
    assert ran.output == "EXPRESSION_ERROR"


BIG = [{"n": number % 977, "s": "x" * (number % 7)} for number in range(20_000)]
LONG = """transform: {input: input.x, pipeline: [{sort: {by: $.n}}, {filter: {where: "item.n % 2 == 0"}},
    {template: {template: "{{item.n}}-{{item.s}}"}}, uppercase, distinct, {limit: {count: 3}}]}""".replace("\n", " ")


async def test_a_large_transform_does_not_hold_the_event_loop() -> None:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - begun)

    watching = asyncio.create_task(watch())
    begun = time.perf_counter()
    ran = await in_place(LONG, BIG)
    whole = time.perf_counter() - begun
    watching.cancel()
    assert ran.output == ["0-", "0-XXXX", "0-X"]
    assert longest < whole  # it had turns in between


async def test_the_timeouts_of_a_task_and_of_a_step() -> None:
    slow = "{input: input.rows, pipeline: [{flatMap: {path: '$..[?@..[?@..x]]'}}]}"
    value = [[[[0] * 12] * 12] * 12] * 12
    ran = await shaped(slow, value=value, more="timeout: 5ms")
    assert ran.error["code"] in ("TIMEOUT", "LIMIT_EXCEEDED")
    ran = await in_place(LONG + ", timeout: 1ms", BIG)
    assert ran.error["code"] == "TIMEOUT"
    assert "longer than its timeout of 1ms" in ran.error["message"]


async def test_cancelling_a_large_transform() -> None:
    cancel = asyncio.Event()

    def watch(event: Any) -> None:
        if event["type"] == "stepStarted":
            cancel.set()

    ran = await in_place(LONG, BIG, watch=watch, cancel=cancel)
    assert ran.body["status"] == "cancelled"


def test_the_hash_of_a_definition_holds_its_pipeline() -> None:
    from wf_engine.execution.digest import definition_hash
    from wf_engine.workspace import Workspace

    def hashed(operation: str) -> str:
        text = workflow(f"{{id: a, transform: {{input: input.x, pipeline: [{operation}]}}}}")
        definition = Workspace.of({"f.yaml": text}).workflow("main")
        assert definition is not None
        return definition_hash(definition.model)  # type: ignore[arg-type]

    assert hashed("reverse") == hashed("reverse")
    assert hashed("reverse") != hashed("shuffle")
    assert msgspec.json.encode(hashed("{limit: {count: 1}}")) != msgspec.json.encode(hashed("{limit: {count: 2}}"))
