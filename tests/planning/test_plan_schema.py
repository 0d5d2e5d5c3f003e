"""The plan as JSON is what schemas/plan.schema.json says."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from wf_engine.planning import PLAN_SCHEMA, plan
from wf_engine.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
FILES = {str(path): path.read_text() for path in [*ROOT.glob("examples/tasks/*/*"), *ROOT.glob("examples/workflows/*")]}
WORKSPACE = Workspace.of(FILES)
WORKFLOWS = sorted(key.name for source in WORKSPACE.names.values() for key in [source[0].key] if key.kind == "Workflow")
SCHEMA = json.loads((ROOT / "schemas/plan.schema.json").read_text())


@pytest.mark.parametrize("name", WORKFLOWS)
def test_plans_of_the_examples(name: str) -> None:
    definition = WORKSPACE.workflow(name)
    assert definition is not None
    for durations in ({}, {"get-user": 10.0, "get-order": 5.0}):
        jsonschema_rs.Draft202012Validator(SCHEMA).validate(plan(WORKSPACE, definition, None, durations).to_json())


def test_everything_that_a_step_can_be() -> None:
    text = """
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main}
spec:
  input: {go: {type: boolean}}
  tasks:
    - {id: a, taskRef: it, condition: {if: input.go, else: {tasks: [{id: b, taskRef: it}]}}, fallback: {output: 1}}
    - {id: c, forEach: {items: "{{ tasks.a.output }}", itemVar: row, parallel: false}, workflowRef: other@1.0.0}
    - {id: d, switch: {value: input.go, cases: [{match: [1, two], taskRef: it}], default: {taskRef: it}}}
    - {id: e, transform: {jsonPath: $.a}}
"""
    workspace = Workspace.of({"f.yaml": text})
    definition = workspace.workflow("main")
    assert definition is not None
    found = plan(workspace, definition).to_json()
    jsonschema_rs.Draft202012Validator(dict(PLAN_SCHEMA)).validate(found)
    a, c, d, e = found["plan"]["nodes"]
    assert (a["condition"], [branch["role"] for branch in a["branches"]]) == ("input.go", ["else", "fallback"])
    assert a["branches"][0]["steps"]["nodes"] == [{"id": "b", "taskRef": "it", "level": 0}]
    assert c["forEach"] == {"items": "tasks.a.output", "itemVar": "row", "atOnce": 1}
    assert (c["kind"], c["workflowRef"], c["taskRef"]) == ("workflow", "other@1.0.0", None)
    assert [branch["label"] for branch in d["branches"]] == ["1, two", "default"]
    assert (d["kind"], d["value"]) == ("switch", "input.go")
    assert e == {"id": "e", "taskRef": None, "level": 0, "kind": "transform"}


def test_the_schema_is_one() -> None:
    jsonschema_rs.meta.validate(dict(PLAN_SCHEMA))
    assert SCHEMA == PLAN_SCHEMA
