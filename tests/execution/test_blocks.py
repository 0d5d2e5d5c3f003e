"""Blocks: a scope of their own that runs as one step (language §4)."""

from tests.execution.runs import Far, Status, afar


def block(steps: str, more: str = "") -> str:
    return f"{{id: a, tasks: [{steps}]{more}}}".replace("\n", " ")


async def test_the_output_is_a_map_of_the_steps_outputs() -> None:
    steps = "{id: b, taskRef: far, input: {p: b}}, {id: c, taskRef: far, input: {p: c}, condition: {if: 'false'}}"
    ran, _ = await afar(block(steps), {"/b": [1]})
    assert ran.output == {"b": 1, "c": None}
    assert ran.statuses == {"a": "succeeded", "a.b": "succeeded", "a.c": "skipped"}


async def test_its_own_output() -> None:
    ran, _ = await afar(block("{id: b, taskRef: far, input: {p: b}}", ', output: ["{{tasks.b.output}}"]'), {"/b": [1]})
    assert ran.output == [1]
    assert [event["path"] for event in ran.of("templateResolved")][-2:] == ["a", ""]


async def test_an_output_of_null_is_an_output() -> None:
    ran, _ = await afar(block("{id: b, taskRef: far, input: {p: b}}", ", output: null"), {"/b": [1]})
    assert ran.output is None


async def test_its_steps_see_the_steps_around_and_run_after_them() -> None:
    steps = '{id: b, taskRef: far, input: {p: "{{tasks.z.output}}"}}, '
    steps += '{id: c, taskRef: far, input: {p: "{{tasks.b.output}}{{tasks.z.status}}"}}'
    ran, far = await afar("{id: z, taskRef: far, input: {p: z}}\n" + block(steps), {"/z": ["x"], "/x": ["y"]})
    assert far.paths == ["/z", "/x", "/ysucceeded"]
    ready = {event["path"]: event["waitedFor"] for event in ran.of("stepReady")}
    assert ready == {"z": [], "a": ["z"], "a.b": [], "a.c": ["a.b"]}


async def test_blocks_in_blocks() -> None:
    inner = '{id: d, tasks: [{id: e, taskRef: far, input: {p: "{{tasks.b.output}}"}}], output: "{{tasks.e.output}}"}'
    ran, _ = await afar(block("{id: b, taskRef: far, input: {p: b}}, " + inner), {"/b": ["x"], "/x": [5]})
    assert ran.output == {"b": "x", "d": 5}
    assert ran.task("a.d.e")["status"] == "succeeded"


async def test_a_failure_ends_the_block_and_goes_one_scope_out() -> None:
    steps = "{id: b, taskRef: far, input: {p: b}}, {id: c, taskRef: far, input: {p: c}, dependsOn: [b]}"
    ran, far = await afar(
        block(steps) + "\n{id: d, taskRef: far, dependsOn: [a], input: {p: d}}", {"/b": [Status(404)]}
    )
    assert far.paths == ["/b"]
    assert ran.statuses == {"a": "failed", "a.b": "failed", "a.c": "skipped", "d": "skipped"}
    assert ran.error["path"] == "a.b"
    assert [event["reason"] for event in ran.of("stepFinished", "a.c")] == ["dependencyFailed"]


async def test_an_error_in_the_output_fails_the_block() -> None:
    step = block("{id: b, taskRef: far, input: {p: b}}", ', output: "{{tasks.b.output.no}}"')
    ran, _ = await afar(step, {"/b": [{}]})
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert ran.error["path"] == "a"
    assert ran.statuses == {"a": "failed", "a.b": "succeeded"}


async def test_its_condition_and_its_timeout() -> None:
    step = block("{id: b, taskRef: far, input: {p: b}}", ", condition: {if: 'false'}")
    ran, far = await afar(step, {})
    assert ran.statuses == {"a": "skipped"}
    assert far.requests == []
    ran, far = await afar(block("{id: b, taskRef: far, input: {p: b}}", ", timeout: 20ms"), far=Far(delay=5))
    assert ran.error["code"] == "TIMEOUT"
    assert ran.error["path"] == "a"
    assert ran.statuses == {"a": "failed", "a.b": "cancelled"}
    assert [event["reason"] for event in ran.of("stepFinished", "a.b")] == ["timedOut"]


async def test_an_output_that_grows_is_stopped() -> None:
    steps = ["{id: s0, taskRef: far, input: {p: b}}"]
    grown = '["{{tasks.s%d.output}}", "{{tasks.s%d.output}}"]'
    steps += [
        f"{{id: s{n}, tasks: [{{id: t{n}, taskRef: far, input: {{p: t}}}}], output: {grown % (n - 1, n - 1)}}}"
        for n in range(1, 40)
    ]
    ran, _ = await afar("\n".join(steps), {"/b": ["x" * 100_000]}, more="output: 1")
    assert ran.error["code"] == "LIMIT_EXCEEDED"
    assert "limits.output_bytes" in ran.error["message"]
