"""Transforms are previewed where all that they read is known, and what reads them is known then too."""

from typing import Any

import pytest

from wf_engine.planning import PlannedTemplate, plan
from wf_engine.workspace import Workspace

TEXT = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: it}
spec:
  type: http
  http: {method: GET, url: "http://example.com/x"}
---
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: shape}
spec:
  type: transform
  inputSchema: {type: object, properties: {rows: {type: array}, count: {type: integer, default: 1}}}
  transform: {input: input.rows, pipeline: [{limit: {count: "{{input.count}}"}}]}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main}
spec:
  input: {list: {type: array}, x: {type: integer, default: 3}}
  output: {o: "{{tasks.a.output}}"}
  tasks:
STEPS
"""


def planned(steps: str, given: Any = None) -> dict[str, PlannedTemplate]:
    listed = "\n".join(f"    - {line.strip()}" for line in steps.strip().splitlines())
    workspace = Workspace.of({"f.yaml": TEXT.replace("STEPS", listed)})
    definition = workspace.workflow("main")
    assert definition is not None
    return {each.path: each for each in plan(workspace, definition, given).templates}


@pytest.mark.parametrize(
    ("step", "value"),
    [
        ("{id: a, transform: {input: input.list, pipeline: [reverse]}}", [3, 2, 1]),
        ("{id: a, transform: {input: input.list, pipeline: [{filter: {where: item > input.x - 2}}]}}", [2, 3]),
        ("{id: a, transform: {input: input.list, jsonPath: '$[0]'}}", 1),
        ("{id: a, input: {r: '{{input.list}}'}, transform: {jsonPath: '$.r[*]'}}", [1, 2, 3]),
        ("{id: a, taskRef: shape, input: {rows: '{{input.list}}'}}", [1]),
        ("{id: a, transform: {input: input.list, pipeline: [{shuffle: {seed: 1}}, sort]}}", [1, 2, 3]),
        ("{id: a, condition: {if: input.x > 1}, transform: {input: input.list, pipeline: [first]}}", 1),
    ],
)
def test_what_is_known(step: str, value: Any) -> None:
    found = planned(step, {"list": [1, 2, 3]})
    assert found["a.output"].known
    assert found["a.output"].value == value
    assert found["output.o"].value == value


@pytest.mark.parametrize(
    "step",
    [
        "{id: a, transform: {input: tasks.z.output, pipeline: [reverse]}}",
        "{id: a, transform: {input: input.list, pipeline: [shuffle]}}",
        "{id: a, transform: {input: input.list, pipeline: [{template: {template: '{{tasks.z.output}}'}}]}}",
        "{id: a, transform: {input: input.list, pipeline: [{template: {template: '{{execution.id}}'}}]}}",
        "{id: a, forEach: {items: input.list}, transform: {input: forEach.item, pipeline: [reverse]}}",
        "{id: a, condition: {if: tasks.z.output}, transform: {input: input.list, pipeline: [reverse]}}",
        "{id: a, taskRef: shape, input: {rows: '{{tasks.z.output}}'}}",
        "{id: a, taskRef: shape, input: {rows: 3}}",
    ],
)
def test_what_only_a_run_can_tell(step: str) -> None:
    found = planned("{id: z, taskRef: it}\n" + step, {"list": [1, 2, 3]})
    assert "a.output" not in found
    assert not found["output.o"].known


def test_an_error_that_is_certain_is_shown() -> None:
    found = planned("{id: a, transform: {input: input.list, pipeline: [reverse, uppercase]}}", {"list": [1]})
    assert found["a.output"].display.startswith("<reverse | uppercase: error: Operation 2 (`uppercase`), item 0:")
    assert not found["output.o"].known


def test_the_paths_of_what_is_inside() -> None:
    step = (
        "{id: a, tasks: [{id: b, tasks: [{id: c, taskRef: it, input: {v: '{{input.x}}'}}]}]}\n"
        "{id: d, forEach: {items: [1]}, tasks: [{id: e, taskRef: it, input: {v: '{{forEach.item}}'}}]}\n"
        "{id: f, taskRef: it, condition: {if: input.x > 5, else: {tasks: [{id: g, taskRef: it, input: {v: '{{1}}'}}]}}}"
    )
    found = planned(step)
    assert {path for path in found if ".input." in path} == {"a.b.c.input.v", "d[*].e.input.v", "f~else.g.input.v"}
    assert found["a.b.c.input.v"].value == 3
    assert found["d[*].e.input.v"].display == "<forEach.item: 1>"
