"""Inputs: of workflows before anything runs, of steps before anything is sent (language §3, §4)."""

from typing import Any

import pytest

from tests.execution.runs import get, one, run, task, workflow
from wf_engine.execution import InvalidInput


def declared(service: str, inputs: str) -> str:
    text = one(f'method: POST, url: "{service}/echo", body: "{{{{input}}}}"', '{all: "{{input}}"}')
    return text.replace("{x: {}, y: {}, z: {}}", inputs)


async def echoed(service: str, inputs: str, given: Any) -> Any:
    return (await run(declared(service, inputs), given)).output["body"]["all"]


async def test_defaults_are_filled_in_at_every_depth(service: str) -> None:
    inputs = "{n: {type: integer, default: 3}, o: {type: object, properties: {p: {default: [1]}}}}"
    assert await echoed(service, inputs, {"o": {}}) == {"n": 3, "o": {"p": [1]}}
    assert await echoed(service, inputs, None) == {"n": 3}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "`id`"),
        ({"id": "x"}, "`id` is a string, but an integer is wanted"),
        ({"id": 1, "nmae": "x"}, "There is no input `nmae`. Did you mean `name`?"),
        ({"id": 1, "name": "long"}, "`name`"),
        ([], "list"),
    ],
)
async def test_an_invalid_input_is_refused_before_anything_is_recorded(service: str, given: Any, said: str) -> None:
    events: list[Any] = []
    text = declared(service, "{id: {type: integer, required: true}, name: {type: string, maxLength: 3}}")
    with pytest.raises(InvalidInput) as raised:
        await run(text, given, watch=events.append)
    assert said in str(raised.value)
    assert events == []


async def test_every_violation_is_named(service: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await run(declared(service, "{a: {type: integer}, b: {type: string}}"), {"a": "x", "b": 1, "c": 2})
    assert len(raised.value.violations) == 3
    assert "It takes `a`, `b`" in str(raised.value)


SCHEMA = "inputSchema: {type: object, required: [id], additionalProperties: false, properties: {%s}}"


def strict(service: str, properties: str, given: str) -> str:
    return one(f'method: POST, url: "{service}/echo", body: "{{{{input}}}}"', given, task_more=SCHEMA % properties)


async def test_a_steps_input_is_checked_before_anything_is_sent(service: str) -> None:
    ran = await run(strict(service, "id: {type: integer}", '{id: "{{input.x}}"}'), {"x": "seven"})
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert "`id` is a string, but an integer is wanted" in ran.error["message"]
    assert ran.task()["attempts"] == 0
    assert ran.of("stepStarted")[0]["input"] == {"id": "seven"}


async def test_defaults_of_the_task_are_filled_in(service: str) -> None:
    ran = await run(strict(service, "id: {type: integer}, n: {default: 5}", "{id: 1}"))
    assert ran.output["body"] == {"id": 1, "n": 5}
    assert ran.of("stepStarted")[0]["input"] == {"id": 1, "n": 5}


@pytest.mark.parametrize(
    ("schema", "sent"),
    [
        ("{type: string}", {"id": 1}),
        ("{type: [string, 'null']}", {"id": 1, "v": None}),
        ("{}", {"id": 1, "v": None}),
    ],
)
async def test_null_is_left_out_where_it_is_refused_and_not_required(service: str, schema: str, sent: Any) -> None:
    ran = await run(strict(service, f"id: {{type: integer}}, v: {schema}", '{id: 1, v: "{{input.x}}"}'), {"x": None})
    assert ran.output["body"] == sent


async def test_a_required_null_is_not_left_out(service: str) -> None:
    ran = await run(strict(service, "id: {type: integer}", '{id: "{{input.x}}"}'), {"x": None})
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert "`id` is null" in ran.error["message"]


async def test_values_keep_their_types_through_templates(service: str) -> None:
    value = {"a": [1, 2.5, True, None, "1"], "b": {"ü": {}}}
    ran = await run(
        one(f'method: POST, url: "{service}/echo", body: "{{{{input.v}}}}"', '{v: "{{input.x}}"}'), {"x": value}
    )
    assert ran.output["body"] == value


async def test_nested_output_is_resolved(service: str) -> None:
    text = task(f'method: GET, url: "{service}/users/1"') + workflow(
        "{id: a, taskRef: it}", 'output: {who: ["{{tasks.a.output.id}}", {text: "<{{tasks.a.output.id}}>"}], n: 1}'
    )
    assert (await run(text)).output == {"who": ["1", {"text": "<1>"}], "n": 1}


async def test_without_an_output_it_is_an_empty_map(service: str) -> None:
    assert (await run(get(service + "/users/1").replace("output: '{{tasks.a.output}}'", "description: x"))).output == {}
