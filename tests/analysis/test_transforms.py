"""The types of transforms: in place, of tasks, and what is seen inside of them."""

import pytest

from wf_engine.analysis import analyse_workflow
from wf_engine.types import describe
from wf_engine.workspace import Workspace

TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: shape}
spec:
  type: transform
  inputSchema: {type: object, required: [rows], properties: {rows: {type: array, items: {type: integer}}}}
  transform: TRANSFORM
---
"""
WORKFLOW = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main}
spec:
  input:
    rows: {type: array, required: true, items: {type: object, required: [id], properties: {id: {type: integer}}, additionalProperties: false}}
    sums: {type: array, required: true, items: {type: integer}}
  tasks:
STEPS
  output: "{{tasks.a.output}}"
"""


def output(steps: str, transform: str = "{jsonPath: $}") -> str:
    listed = "\n".join(f"    - {line.strip()}" for line in steps.strip().splitlines())
    text = TASK.replace("TRANSFORM", transform) + WORKFLOW.replace("STEPS", listed)
    workspace = Workspace.of({"f.yaml": text})
    definition = workspace.workflow("main")
    assert definition is not None
    analysis = analyse_workflow(workspace, definition.source)
    assert analysis is not None
    return describe(analysis.output_type, 3)


@pytest.mark.parametrize(
    ("pipeline", "type_"),
    [
        ("[reverse]", "list of {id: integer}"),
        ("[first]", "null or {id: integer}"),
        ("[{flatMap: {path: $.id}}]", "list of integer"),
        ("[{flatMap: {path: $.id}}, {scale: {factor: 0.5}}]", "list of number"),
        ("[{template: {template: '{{item.id + index}}'}}]", "list of integer"),
        ("[{template: {template: '#{{item.id}}'}}]", "list of string"),
        ("[{aggregate: {aggregations: {top: {function: max, field: $.id}}}}]", "{top: integer or null}"),
        ("[{groupBy: {key: $.id}}]", "list of {key: integer, items: list of object}"),
        ("[{chunk: {size: 2}}, {nth: {index: 0}}]", "null or list of {id: integer}"),
        ("[{zip: {with: '{{input.sums}}'}}]", "list of (list of (integer or {id: integer}))"),
        ("[{join: {leftKey: $.id, rightKey: $.k, with: [{k: 1, name: a}]}}]", 'list of {k: 1, name: "a", id: integer}'),
    ],
)
def test_in_place(pipeline: str, type_: str) -> None:
    found = output(f"{{id: a, transform: {{input: input.rows, pipeline: {pipeline}}}}}")
    assert found == type_


def test_without_an_input_it_is_that_of_the_step() -> None:
    assert output("{id: a, input: {r: '{{input.rows}}'}, transform: {jsonPath: '$.r[*].id'}}") == "list of integer"


def test_one_rests_on_another_wherever_they_stand() -> None:
    steps = """
        {id: a, transform: {input: tasks.b.output, pipeline: [{scale: {factor: 2}}]}}
        {id: b, transform: {input: input.rows, pipeline: [{flatMap: {path: $.id}}]}}
    """
    assert output(steps) == "list of integer"


def test_in_a_loop() -> None:
    found = output("{id: a, forEach: {items: input.rows}, transform: {input: forEach.item.id, pipeline: [first]}}")
    assert "results: list of integer" in found


@pytest.mark.parametrize(
    ("transform", "type_"),
    [
        ("{input: input.rows, pipeline: [{limit: {count: 1}}]}", "list of integer"),
        ("{jsonPath: '$.rows[0]'}", "integer or null"),
        ("{input: input.rows, pipeline: [{revers: {}}]}", "any"),
        ("{}", "any"),
    ],
)
def test_of_tasks_without_an_output_schema(transform: str, type_: str) -> None:
    assert output("{id: a, taskRef: shape, input: {rows: '{{input.sums}}'}}", transform) == type_
