"""How steps and workflows look to those who read them."""

import pytest

from tests.checks.rich import FILES
from tests.support import TASKS, workflow
from wf_engine.analysis import WorkflowAnalysis, analyse_workflow, callees_of
from wf_engine.analysis.present import present
from wf_engine.types import describe
from wf_engine.workspace import Workspace, reference


def analysed(source: str, files: dict[str, str] | None = None) -> WorkflowAnalysis:
    workspace = Workspace.of({"a.workflow.yaml": source, "tasks.task.yaml": TASKS, **(files or {})})
    analysis = analyse_workflow(workspace, workspace.files["a.workflow.yaml"].documents[0])
    assert analysis is not None
    return analysis


def output(source: str, step: str = "s") -> str:
    return describe(analysed(source).views[step].output, 4)


def test_the_output_of_a_task_is_its_schema() -> None:
    view = analysed(workflow("tasks:\n  - {id: s, taskRef: send-mail}")).views["s"]
    assert describe(view.output) == "{sent: boolean}"
    assert (view.skippable, view.response) == (False, "always")


def test_a_loop() -> None:
    source = workflow(
        "tasks:\n  - {id: s, taskRef: send-mail, forEach: {items: [1], onError: continue}, fallback: {output: none}}"
    )
    assert output(source).startswith('{results: list of (null, {sent: boolean} or "none"), itemCount: integer')


def test_a_block_without_an_output_is_a_map_of_its_steps() -> None:
    source = workflow("""
        tasks:
          - id: s
            tasks:
              - {id: a, taskRef: send-mail}
              - {id: b, taskRef: send-mail, condition: {if: "true"}}
    """)
    assert output(source) == "{a: {sent: boolean}, b: null or {sent: boolean}}"


def test_a_block_with_an_output() -> None:
    source = workflow("""
        input: {size: {type: integer, required: true}}
        tasks:
          - {id: first, taskRef: get-user, input: {id: "1"}}
          - id: s
            forEach: {items: "{{tasks.first.output.tags}}", itemVar: tag}
            tasks:
              - {id: a, taskRef: send-mail}
            output:
              sent: "{{tasks.a.output.sent}}"
              sum: "{{input.size + 1}}"
              tag: "{{forEach.tag}}"
              text: "{{tasks.first.output.name}}!"
              list: ["{{tasks.first.output.id}}", "b"]
    """)
    item = "{sent: boolean, sum: integer, tag: string, text: string, list: list of string}"
    assert output(source).startswith(f"{{results: list of {item}, itemCount")


def test_a_switch_is_any_of_its_branches() -> None:
    source = workflow("""
        tasks:
          - id: s
            switch:
              value: "1"
              cases: [{match: 1, taskRef: send-mail}]
              default: {tasks: [{id: a, taskRef: get-user}], output: other}
    """)
    assert output(source) == '{sent: boolean} or "other"'


def test_else_takes_the_place_of_being_skipped() -> None:
    view = analysed(
        workflow("""
        tasks:
          - {id: s, taskRef: send-mail, condition: {if: "true", else: {tasks: [{id: a, taskRef: b}], output: 1}}}
    """)
    ).views["s"]
    assert describe(view.output, 3) == "{sent: boolean} or 1"
    assert not view.skippable


def test_outputs_that_rest_on_one_another_are_any() -> None:
    analysis = analysed(
        workflow("""
        tasks:
          - {id: a, tasks: [{id: x, taskRef: send-mail}], output: "{{tasks.b.output}}"}
          - {id: b, tasks: [{id: y, taskRef: send-mail}], output: "{{tasks.a.output}}"}
          - {id: c, tasks: [{id: z, taskRef: send-mail}], output: ["{{tasks.z.output.sent}}"]}
          - {id: d, tasks: [{id: q, taskRef: send-mail}], output: {c: "{{tasks.c.output}}"}}
    """)
    )
    assert {name: describe(view.output, 3) for name, view in analysis.views.items()} == {
        "a": "any",
        "b": "any",
        "c": "list of boolean",
        "d": "{c: list of boolean}",
    }


def test_a_very_long_chain_of_blocks() -> None:
    steps = ['  - {id: s0, tasks: [{id: x0, taskRef: send-mail}], output: "{{tasks.x0.output.sent}}"}']
    steps += [
        f'  - {{id: s{n}, tasks: [{{id: x{n}, taskRef: send-mail}}], output: "{{{{tasks.s{n - 1}.output}}}}"}}'
        for n in range(1, 1500)
    ]
    analysis = analysed(workflow("tasks:\n" + "\n".join(reversed(steps))))
    assert describe(analysis.views["s1499"].output) == "boolean"


def test_the_output_of_a_workflow() -> None:
    workspace = Workspace.of(FILES)
    contract = callees_of(workspace).find("Workflow", reference("child", "default"))
    assert contract is not None
    assert describe(contract.output_type) == "{name: string}"
    assert describe(analysed(workflow("tasks:\n  - {id: s, taskRef: send-mail}")).output_type) == "{}"


def chain(length: int, last: str) -> dict[str, str]:
    """Workflows that each run the next one."""
    files = {
        f"w{n}.workflow.yaml": workflow(
            f'tasks:\n  - {{id: s, workflowRef: w{n + 1}}}\noutput: {{deep: "{{{{tasks.s.output}}}}"}}', f"w{n}"
        )
        for n in range(length)
    }
    return {**files, f"w{length}.workflow.yaml": workflow(f"tasks:\n  - {{id: s, {last}}}\noutput: end", f"w{length}")}


@pytest.mark.parametrize(
    ("length", "shown"),
    [(1, '{deep: "end"}'), (2, '{deep: {deep: "end"}}'), (4, '{deep: {deep: {deep: {deep: "end"}}}}')],
)
def test_sub_workflows_inside_one_another(length: int, shown: str) -> None:
    analysis = analysed(workflow("tasks:\n  - {id: s, workflowRef: w0}"), chain(length, "taskRef: send-mail"))
    assert describe(analysis.views["s"].output, 9) == shown


@pytest.mark.parametrize("last", ["workflowRef: w0", "workflowRef: w5"])
def test_sub_workflows_in_a_circle_are_any(last: str) -> None:
    analysis = analysed(workflow("tasks:\n  - {id: s, workflowRef: w0}"), chain(5, last))
    assert describe(analysis.views["s"].output, 9) == "any"


def test_a_chain_of_sub_workflows_that_is_too_deep_is_any() -> None:
    analysis = analysed(workflow("tasks:\n  - {id: s, workflowRef: w0}"), chain(300, "taskRef: send-mail"))
    assert describe(analysis.views["s"].output, 9) == "any"


def test_what_has_a_default_is_there() -> None:
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": "object", "properties": {"b": {"default": 1}}},
            "c": {"$ref": "#/$defs/c"},
            "d": {"type": "string"},
        },
        "required": ["d"],
        "$defs": {"c": {"default": "x"}},
    }
    made = present(schema)
    assert made["required"] == ["d", "c"]
    assert made["properties"]["a"]["required"] == ["b"]
    assert schema["required"] == ["d"]
