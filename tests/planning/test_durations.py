"""Estimated durations: blocks, loops, branches and workflows as steps."""

from typing import Any

import pytest

from wf_engine.planning import Plan, plan
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
kind: Workflow
metadata: {name: child}
spec:
  tasks:
    - {id: p, taskRef: it}
    - {id: q, taskRef: it, dependsOn: [p]}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main}
spec:
  input: {go: {type: boolean}, tier: {type: string}, list: {type: array}}
  maxConcurrency: 4
  tasks:
STEPS
"""


def planned(steps: str, given: Any = None, **durations: float) -> Plan:
    listed = "\n".join(f"    - {line.strip()}" for line in steps.strip().splitlines())
    workspace = Workspace.of({"f.yaml": TEXT.replace("STEPS", listed)})
    definition = workspace.workflow("main")
    assert definition is not None
    paths = {path.replace("__", "."): duration for path, duration in durations.items()}
    return plan(workspace, definition, given, paths)


def estimate(steps: str, given: Any = None, **durations: float) -> float | None:
    return planned(steps, given, **durations).estimated_duration_ms


BLOCK = "{id: a, tasks: [{id: b, taskRef: it}, {id: c, taskRef: it, dependsOn: [b]}, {id: d, taskRef: it}]}"
SWITCH = "{id: a, switch: {value: input.tier, cases: [{match: [gold, vip], taskRef: it}, {match: x, tasks: [BLOCK]}]}}"
TWO = SWITCH.replace("BLOCK", "{id: b, taskRef: it}, {id: c, taskRef: it, dependsOn: [b]}")
ELSE = "{id: a, taskRef: it, condition: {if: input.go, else: {tasks: [{id: b, taskRef: it}, {id: c, taskRef: it, dependsOn: [b]}]}}}"


@pytest.mark.parametrize(
    ("steps", "given", "durations", "expected"),
    [
        (BLOCK, None, {"it": 10}, 20),
        (BLOCK, None, {"a__b": 3, "a__c": 4, "a__d": 9}, 9),
        (BLOCK, None, {"a": 50, "it": 10}, 50),
        ("{id: a, workflowRef: child}", None, {"it": 10}, 20),
        ("{id: a, workflowRef: child}", None, {"child": 7, "it": 10}, 7),
        ("{id: a, workflowRef: child}", None, {"a__p": 1, "a__q": 2}, 3),
        (TWO, None, {"it": 10}, 20),
        (TWO, {"tier": "vip"}, {"it": 10}, 10),
        (TWO, {"tier": "x"}, {"it": 10}, 20),
        (TWO, {"tier": "other"}, {"it": 10}, None),
        (ELSE, None, {"it": 10}, 20),
        (ELSE, {"go": True}, {"it": 10}, 10),
        (ELSE, {"go": False}, {"it": 10}, 20),
        ("{id: a, taskRef: it, condition: {if: input.go}}", {"go": False}, {"it": 10}, 0),
        ("{id: a, taskRef: it, forEach: {items: input.list}}", {"list": [1, 2, 3, 4, 5]}, {"it": 10}, 20),
        ("{id: a, taskRef: it, forEach: {items: [1, 2, 3], parallel: false}}", None, {"it": 10}, 30),
        ("{id: a, taskRef: it, forEach: {items: [1, 2, 3], maxConcurrency: 2}}", None, {"it": 10}, 20),
        ("{id: a, taskRef: it, forEach: {items: input.list}}", None, {"it": 10}, 10),
        ("{id: a, taskRef: it, forEach: {items: []}}", None, {"it": 10}, 0),
        ("{id: a, taskRef: it, timeout: 5ms}", None, {"it": 10}, 5),
        ("{id: a, taskRef: it, fallback: {output: 1}}", None, {"it": 10}, 10),
        ("{id: a, transform: {input: input.list, pipeline: [reverse]}}", None, {"it": 10}, None),
        (BLOCK, None, {}, None),
    ],
)
def test_estimates(steps: str, given: Any, durations: dict[str, float], expected: float | None) -> None:
    assert estimate(steps, given, **durations) == expected


def test_iterations_of_earlier_runs_are_averaged() -> None:
    loop = "{id: a, forEach: {items: [1, 2], parallel: false}, tasks: [{id: b, taskRef: it}]}"
    assert estimate(loop, None, **{"a[0]__b": 10, "a[1]__b": 20}) == 30


def test_a_workflow_that_runs_itself_ends() -> None:
    assert estimate("{id: a, workflowRef: nothing}", None, it=10) is None


def test_the_critical_path_goes_through_what_takes_long_inside() -> None:
    steps = f"""
        {{id: z, taskRef: it}}
        {BLOCK}
        {{id: e, taskRef: it, dependsOn: [z]}}
    """
    assert planned(steps, None, it=10, a__c=50).critical_path == ("a",)
    assert planned(steps, None, it=10).critical_path == ("z", "e")
