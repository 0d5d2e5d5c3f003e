"""What an execution leaves behind is free at once: nothing of it waits for the collector of garbage."""

import gc

import pytest

from tests.execution.runs import FAR, LOOPBACK, Far, Status, workflow
from wf_engine.execution import Engine
from wf_engine.workspace import Settings, Workspace

CALL = "taskRef: far, input: {p: a}"
FORMS = {
    "chain": f'{{id: a, {CALL}}}\n{{id: b, taskRef: far, input: {{p: "{{{{tasks.a.output}}}}"}}}}',
    "block": f"{{id: a, tasks: [{{id: b, {CALL}}}, {{id: c, {CALL}}}]}}",
    "loop": f'{{id: a, {CALL}, forEach: {{items: "{{{{[1, 2, 3]}}}}", maxConcurrency: 2}}}}',
    "condition": f"{{id: a, {CALL}, condition: {{if: 'false'}}}}",
    "fallback": f"{{id: a, taskRef: far, input: {{p: bad}}, fallback: {{{CALL}}}}}",
    "failure": "{id: a, taskRef: far, input: {p: bad}, retry: {maxAttempts: 2, initialDelay: 1ms}}",
    "timeout": "{id: a, taskRef: far, input: {p: slow}, timeout: 5ms}",
}


@pytest.mark.parametrize("form", FORMS)
async def test_no_circles_are_left(form: str) -> None:
    settings = Settings(network=LOOPBACK)
    workspace = Workspace.of({"f.yaml": FAR + workflow(FORMS[form])}, settings)
    definition = workspace.workflow("main")
    assert definition is not None
    far = Far({"/a": [1], "/bad": [Status(500)]}, delay=0.05 if form == "timeout" else 0.0)
    async with Engine(far, random=lambda: 0.0) as engine:
        for _ in range(2):  # what is kept, and may be renewed, is there after the first
            gc.collect()
            gc.disable()
            gc.set_debug(gc.DEBUG_SAVEALL)
            try:
                body = await engine.execute(workspace, definition, {}, sink=lambda _: None)
                gc.collect()
                left = sorted({type(each).__qualname__ for each in gc.garbage if _is_ours(each)})
            finally:
                gc.set_debug(0)
                gc.garbage.clear()
                gc.enable()
    assert body["status"] == ("failed" if form in {"failure", "timeout"} else "succeeded"), body["errors"]
    assert left == []


def _is_ours(thing: object) -> bool:
    return type(thing).__module__.startswith("wf_engine.execution")
