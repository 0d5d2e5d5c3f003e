"""Inline values: what expressions gave in a run, and which step an editor stands still in."""

import pytest

from tests.support import MAIN, dedented, workflow, workspace_of
from wf_engine.editing import UNKNOWN, Observed, inline_values, stopped_step
from wf_engine.text import Span

STEPS = workflow("""
    input: {userId: {type: string, required: true}}
    tasks:
      - id: first
        taskRef: get-user
        input: {id: "größe 🙂 {{input.userId}} {{'literal'}}"}
      - id: second
        condition: {if: tasks.first.output.age > 18}
        forEach: {items: "{{tasks.first.output.tags}}"}
        taskRef: get-user
        input: {id: "{{forEach.item}}"}
      - id: block
        tasks:
          - {id: inner, taskRef: get-user, input: {id: "{{tasks.first.output.name}}"}}
    output: {who: "{{tasks.first.output.name}}"}
    """)
RUN = Observed(
    dry=False,
    input={"userId": "7"},
    outputs={"first": ("succeeded", {"name": "Ada", "age": 36, "tags": ["x"]})},
    resolved={("second", "forEach.item"): "x", ("block.inner", "tasks.first.output.name"): "recorded"},
)


def values(source: str, seen: Observed | None = RUN, span: Span | None = None) -> list[tuple[str, str, object]]:
    workspace = workspace_of(source)
    text = workspace.files[MAIN].text
    definition = workspace.files[MAIN].documents[0].definition
    known = {definition.key: seen} if seen and definition else {}
    found = inline_values(workspace, MAIN, span or Span(0, len(text)), known)
    return [(text.slice(each.span).strip(), each.expression, each.value) for each in found]


def test_each_expression_has_the_value_that_it_had():
    assert [(expression, value) for _, expression, value in values(STEPS)] == [
        ("input.userId", "7"),
        ("tasks.first.output.age > 18", True),
        ("tasks.first.output.tags", ["x"]),
        ("forEach.item", "x"),
        ("tasks.first.output.name", "recorded"),
        ("tasks.first.output.name", "Ada"),
    ]
    assert all(written == expression for written, expression, _ in values(STEPS))


def test_without_a_run_nothing_is_known_and_nothing_is_made_up():
    assert {value for *_, value in values(STEPS, None)} == {UNKNOWN}


def test_only_what_is_in_the_range_is_given():
    start = STEPS.index("condition")
    assert [expression for _, expression, _ in values(STEPS, span=Span(start, start + 40))] == [
        "tasks.first.output.age > 18"
    ]


@pytest.mark.parametrize(
    "broken",
    ['taskRef: get-user\n    input: {id: "{{input.', "retry: {maxAttempts: 2", "x", "description: '", "<<<<<<<"],
)
def test_of_a_broken_document_the_sound_expressions_still_have_values(broken):
    written = 'taskRef: get-user\n    input: {id: "{{forEach.item}}"}'
    source = workflow_with(written, broken)
    assert {("input.userId", "7"), ("tasks.first.output.name", "Ada")} <= {
        each[1:] for each in values(source) if isinstance(each[2], str)
    }


def workflow_with(old: str, new: str) -> str:
    source = STEPS.replace(old.replace("\n", "\n  "), new.replace("\n", "\n  "))
    assert source != STEPS
    return source


def test_documents_of_others_and_files_that_are_gone_have_none():
    assert values("apiVersion: v1\nkind: Pod\na: '{{b}}'\n") == []
    assert inline_values(workspace_of(""), "gone.yaml", Span(0, 9), {}) == ()


def test_the_step_that_stands_still():
    workspace = workspace_of(STEPS)
    found = stopped_step(workspace, MAIN, STEPS.index("forEach:"))
    assert dedented(STEPS[found.start : found.end]).startswith("id: second")
    assert stopped_step(workspace, MAIN, STEPS.index("output: {who")) is None
    assert stopped_step(workspace, "gone.yaml", 0) is None
