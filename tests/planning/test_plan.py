"""The plan: order, critical path, and values that are known before a run."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.planning import InvalidInput, Plan, parallel_groups, plan
from wf_engine.text import WfError
from wf_engine.workspace import Settings, Workspace

TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: it}
spec:
  type: http
  outputSchema: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
  http: {method: GET, url: "{{env.API}}/x"}
---
"""


def planned(
    steps: str, given: Any = None, *, output: str = "{}", inputs: str = "{x: {type: integer}}", **durations: float
) -> Plan:
    listed = "\n".join(f"    - {line.strip()}" for line in steps.strip().splitlines())
    text = f"""{TASK}apiVersion: workflow.io/v1
kind: Workflow
metadata: {{name: main}}
spec:
  input: {inputs}
  output: {output}
  tasks:
{listed}
"""
    workspace = Workspace.of({"f.yaml": text}, Settings(env={"API": "http://api.example.com"}))
    definition = workspace.workflow("main")
    assert definition is not None
    return plan(workspace, definition, given, durations)


DIAMOND = """
    {id: a, taskRef: it}
    {id: b, taskRef: it, dependsOn: [a]}
    {id: c, taskRef: it, input: {v: "{{tasks.a.output.id}}"}}
    {id: d, taskRef: it, dependsOn: [b, c]}
    {id: e, taskRef: it}
"""


def test_a_plan_as_json() -> None:
    assert planned(DIAMOND, a=10, b=20, c=50, e=5).to_json() == {
        "workflow": "main",
        "plan": {
            "nodes": [
                {"id": "a", "taskRef": "it", "level": 0},
                {"id": "b", "taskRef": "it", "level": 1},
                {"id": "c", "taskRef": "it", "level": 1},
                {"id": "d", "taskRef": "it", "level": 2},
                {"id": "e", "taskRef": "it", "level": 0},
            ],
            "edges": [
                {"from": "a", "to": "b"},
                {"from": "a", "to": "c"},
                {"from": "b", "to": "d"},
                {"from": "c", "to": "d"},
            ],
            "parallelGroups": [["a", "e"], ["b", "c"], ["d"]],
            "executionOrder": ["a", "e", "b", "c", "d"],
            "criticalPath": ["a", "c", "d"],
            "estimatedDurationMs": 60,
        },
        "templates": [
            {
                "path": "c.input.v",
                "expression": "{{tasks.a.output.id}}",
                "display": "<tasks.a.output.id: integer>",
            }
        ],
    }


def test_without_durations_the_critical_path_has_most_steps() -> None:
    found = planned(DIAMOND)
    assert found.critical_path == ("a", "b", "d")
    assert found.estimated_duration_ms is None


def test_steps_without_a_duration_stay_on_the_path() -> None:
    found = planned(DIAMOND, c=5)
    assert found.critical_path == ("a", "c", "d")
    assert found.estimated_duration_ms == 5


def test_durations_may_be_given_by_task() -> None:
    found = planned(DIAMOND, it=7.0, e=100)
    assert found.critical_path == ("e",)
    assert found.estimated_duration_ms == 100


def test_a_cycle_is_an_error_that_names_its_way() -> None:
    with pytest.raises(WfError, match="a → b → a") as raised:
        planned('{id: a, taskRef: it, dependsOn: [b]}\n{id: b, taskRef: it, input: {v: "{{tasks.a.output}}"}}')
    assert raised.value.location is not None


def shown(written: str, given: Any = None, **options: Any) -> Any:
    steps = f"{{id: a, taskRef: it}}\n{{id: b, taskRef: it, input: {{v: {written}}}}}"
    (found,) = [template.to_json() for template in planned(steps, given, **options).templates if "b" in template.path]
    return found.get("value", "unknown"), found["display"]


@pytest.mark.parametrize(
    ("written", "given", "value", "display"),
    [
        ('"{{input.x + 1}}"', {"x": 2}, 3, "3"),
        ('"n={{input.x}}"', {"x": 2}, "n=2", "n=2"),
        ('"{{env.API}}/v1"', None, "http://api.example.com/v1", "http://api.example.com/v1"),
        ('"{{1 + 2}}"', None, 3, "3"),
        ('"{{input.x}}"', None, "unknown", "<input.x: integer>"),
        ('"{{input}}"', {"x": 2}, {"x": 2}, '{"x":2}'),
        ('"{{tasks.a.output.id}}"', {"x": 2}, "unknown", "<tasks.a.output.id: integer>"),
        ('"{{input.x}}/{{tasks.a.output.id}}"', {"x": 2}, "unknown", "2/<tasks.a.output.id: integer>"),
        ('"{{secrets.T}}"', None, "unknown", "<secrets.T: string>"),
        ('"{{execution.id}}"', None, "unknown", "<execution.id: string>"),
        ('"{{input.x > 5 && tasks.a.output.id == 1}}"', {"x": 2}, False, "false"),
        ('"{{input.x < 5 || tasks.a.output.id == 1}}"', {"x": 2}, True, "true"),
        ('"{{input.x < 5 && input.x > 3 && tasks.a.output.id == 1}}"', {"x": 2}, False, "false"),
        ('"{{input.x > 5 ? tasks.a.output.id : 7}}"', {"x": 2}, 7, "7"),
        ('"{{input.x ?? tasks.a.output.id}}"', {"x": 2}, 2, "2"),
        (
            '"{{tasks.a.output.id == 1 && input.x > 5}}"',
            {"x": 2},
            "unknown",
            "<tasks.a.output.id == 1 && input.x > 5: boolean>",
        ),
        ('"{{tasks.a.output.name ?? 1}}"', None, "unknown", "<tasks.a.output.name ?? 1: string or integer>"),
    ],
)
def test_values_that_are_known_and_those_that_are_not(written: str, given: Any, value: Any, display: str) -> None:
    known, text = shown(written, given)
    assert known == value
    if "??" not in written:
        assert text == display


def test_defaults_are_known_without_an_input() -> None:
    assert shown('"{{input.x}}"', inputs="{x: {type: integer, default: 4}, y: {}}") == (4, "4")


def test_an_expression_that_cannot_succeed_says_so() -> None:
    value, text = shown('"{{input.x + 1}}"', {"x": "a"}, inputs="{x: {}}")
    assert value == "unknown"
    assert text.startswith("<input.x + 1: error: ")


def test_a_condition_that_is_decided_tells_what_its_readers_get() -> None:
    steps = """
        {id: a, taskRef: it, condition: {if: input.x > 1}}
        {id: b, taskRef: it, input: {v: "{{tasks.a.output}}", s: "{{tasks.a.status}}"}}
    """
    found = {template.path: template for template in planned(steps, {"x": 1}).templates}
    assert found["a.condition.if"].value is False
    assert (found["b.input.v"].known, found["b.input.v"].value) == (True, None)
    assert found["b.input.s"].value == "skipped"
    open_ = {template.path: template for template in planned(steps, {"x": 2}).templates}
    assert open_["a.condition.if"].value is True
    assert not open_["b.input.v"].known


def test_templates_of_the_output_come_last() -> None:
    found = planned("{id: a, taskRef: it}", {"x": 1}, output='{n: ["{{input.x}}"], id: "{{tasks.a.output.id}}"}')
    assert [(each.path, each.display) for each in found.templates] == [
        ("output.n[0]", "1"),
        ("output.id", "<tasks.a.output.id: integer>"),
    ]


def test_an_input_that_is_not_valid_is_refused() -> None:
    with pytest.raises(InvalidInput):
        planned("{id: a, taskRef: it}", {"x": "one"})


@given(st.lists(st.integers(0, 30), max_size=30), st.data())
def test_every_step_is_one_level_behind_the_last_it_waits_for(sizes: list[int], data: st.DataObject) -> None:
    dependencies = {
        str(n): tuple(map(str, data.draw(st.lists(st.integers(0, n - 1), unique=True, max_size=4)))) if n else ()
        for n in range(len(sizes))
    }
    groups = parallel_groups(dependencies)
    level = {name: number for number, group in enumerate(groups) for name in group}
    assert sorted(level) == sorted(dependencies)
    for name, needed in dependencies.items():
        assert level[name] == 1 + max((level[other] for other in needed), default=-1)
