"""Workflows that run as one step (language §4, `workflowRef`)."""

import pytest

from tests.execution.runs import FAR, Far, Status, afar, run
from wf_engine.text import WfError


def child(steps: str, more: str = "", name: str = "child", meta: str = "") -> str:
    return f"""\
apiVersion: workflow.io/v1
kind: Workflow
metadata: {{name: {name}{meta}}}
spec:
  {more}
  tasks: [{steps}]
---
"""


CHILD = child(
    '{id: b, taskRef: far, input: {p: "{{input.p}}"}}',
    "input: {p: {type: string, required: true}, n: {type: integer, default: 7}}\n"
    '  output: {got: "{{tasks.b.output}}", n: "{{input.n}}", who: "{{execution.workflow}}", id: "{{execution.id}}"}',
)


async def test_it_runs_inside_the_execution_of_its_parent() -> None:
    ran, far = await afar("{id: a, workflowRef: child, input: {p: x}}", {"/x": [1]}, documents=CHILD)
    assert ran.output == {"got": 1, "n": 7, "who": "child", "id": ran.body["executionId"]}
    assert ran.statuses == {"a": "succeeded", "a.b": "succeeded"}
    assert ran.of("stepStarted", "a")[0]["input"] == {"p": "x", "n": 7}
    assert len(ran.of("executionStarted")) == 1
    assert far.paths == ["/x"]


@pytest.mark.parametrize(
    ("given", "said"), [("{}", "`p`"), ("{p: 3}", "`p`"), ("{p: x, q: 1}", "`q`"), ("{p: x, n: many}", "`n`")]
)
async def test_its_input_is_checked(given: str, said: str) -> None:
    ran, far = await afar(f"{{id: a, workflowRef: child, input: {given}}}", {}, documents=CHILD)
    assert ran.error["code"] == "VALIDATION_ERROR"
    assert said in ran.error["message"]
    assert "the workflow `child`" in ran.error["message"]
    assert far.requests == []


async def test_nulls_that_mean_nothing_are_left_out() -> None:
    ran, _ = await afar(
        '{id: a, workflowRef: child, input: {p: x, n: "{{input.x}}"}}', {}, {"x": None}, documents=CHILD
    )
    assert ran.output["n"] == 7


async def test_nothing_of_the_parent_is_seen_inside() -> None:
    inner = child('{id: c, taskRef: far, input: {p: "{{input.x}}"}}')
    ran, _ = await afar("{id: a, workflowRef: child}", {}, {"x": 1}, documents=inner)
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert ran.error["path"] == "a.c"


async def test_the_highest_version_runs_unless_one_is_named() -> None:
    documents = ""
    for version in ("1.9.0", "1.10.0", "2.0.0-rc.1"):
        annotations = (
            f"-{version.replace('.', '-')}, annotations: {{workflow.io/name: child, workflow.io/version: {version}}}"
        )
        documents += child("{id: b, taskRef: far, input: {p: p}}", f"output: {version}", meta=annotations)
    for ref, version in (("child", "2.0.0-rc.1"), ("child@1.10.0", "1.10.0"), ("default/child@1.9.0", "1.9.0")):
        ran, _ = await afar(f"{{id: a, workflowRef: {ref}}}", {}, documents=documents)
        assert ran.output == version


async def test_its_timeout_fails_the_step() -> None:
    inner = child("{id: b, taskRef: far, input: {p: b}}", "timeout: 20ms")
    ran, far = await afar("{id: a, workflowRef: child}", far=Far(delay=5), documents=inner)
    assert ran.error["code"] == "TIMEOUT"
    assert ran.error["path"] == "a"
    assert "20ms" in ran.error["message"]
    assert "`child`" in ran.error["message"]
    assert ran.statuses == {"a": "failed", "a.b": "cancelled"}
    assert far.flying == 0


async def test_its_timeout_is_something_a_fallback_takes() -> None:
    inner = child("{id: b, taskRef: far, input: {p: b}}", "timeout: 20ms")
    step = '{id: a, workflowRef: child, fallback: {output: "{{error.code}}"}}'
    ran, _ = await afar(step, far=Far(delay=5), documents=inner)
    assert ran.output == "TIMEOUT"


async def test_it_uses_the_slots_of_its_parent() -> None:
    inner = child("{id: b, taskRef: far, input: {p: b}}, {id: c, taskRef: far, input: {p: c}}", "maxConcurrency: 9")
    steps = "{id: a, workflowRef: child}\n{id: d, workflowRef: child}"
    ran, far = await afar(steps, documents=inner, far=Far(delay=0.001), more="maxConcurrency: 1")
    assert ran.body["status"] == "succeeded"
    assert far.most == 1


async def test_a_failure_in_it_is_its_steps_failure() -> None:
    ran, _ = await afar("{id: a, workflowRef: child, input: {p: x}}", {"/x": [Status(404)]}, documents=CHILD)
    assert ran.error["code"] == "NOT_FOUND"
    assert ran.error["path"] == "a.b"
    assert ran.statuses == {"a": "failed", "a.b": "failed"}


def _chain(length: int) -> str:
    documents = child("{id: b, taskRef: far, input: {p: b}}", name=f"w{length}")
    for number in range(1, length):
        documents += child(f"{{id: b, workflowRef: w{number + 1}}}", name=f"w{number}")
    return documents


async def test_five_deep_run_and_six_do_not() -> None:
    ran, far = await afar("{id: a, workflowRef: w1}", documents=_chain(5), more="output: 1")
    assert ran.output == 1
    assert [event["path"] for event in ran.of("attemptStarted")] == ["a.b.b.b.b.b"]
    with pytest.raises(WfError, match="more than 5 deep"):
        await afar("{id: a, workflowRef: w1}", documents=_chain(6))
    with pytest.raises(WfError, match="more than 5 deep"):
        await afar("{id: z, workflowRef: w2}\n{id: a, workflowRef: w1}", documents=_chain(6))
    assert far.paths == ["/b"]


async def test_a_cycle_shows_its_way() -> None:
    documents = child("{id: b, workflowRef: other}") + child("{id: b, workflowRef: child}", name="other")
    with pytest.raises(WfError, match="child → other → child"):
        await run(FAR + documents + child("{id: a, workflowRef: child}", name="main"))
