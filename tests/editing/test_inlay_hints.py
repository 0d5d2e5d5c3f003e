"""Inlay hints: what the text does not say, behind the place that it is about."""

import pytest

from tests.support import task, workflow, workspace_of
from wf_engine.analysis import analyse_workflow
from wf_engine.editing import HINT_KINDS, Observed, inlay_hints
from wf_engine.editing.inlay_hints import shown_duration
from wf_engine.text import Span
from wf_engine.workspace import Settings, Workspace

PATH = "main.workflow.yaml"
SPEC = """
    input:
      userId: {type: string, required: true}
    tasks:
      - id: first
        taskRef: get-user
        input:
          id: "{{input.userId}}"
      - id: other
        taskRef: get-user
        input:
          id: "größer 🙂 {{input.userId}}!"
      - id: second
        taskRef: get-user
        condition: {if: tasks.first.output.age > 18}
        input:
          id: "{{tasks.first.output.name}}"
      - id: block
        tasks:
          - id: inner
            taskRef: get-user
            input: {id: "{{tasks.other.output.name}}"}
    output:
      name: "{{tasks.second.output?.name ?? 'nobody'}}"
    """
RUN = Observed(
    dry=False,
    input={"userId": "7"},
    outputs={
        "first": ("succeeded", {"name": "Ada", "age": 20}),
        "other": ("succeeded", {"name": "Bob"}),
        "second": ("skipped", None),
        "block.inner": ("succeeded", {"name": "deep"}),
    },
    durations={"first": 3.4, "block.inner": 1250.0},
)


def hints(*kinds: str, seen: Observed | None = None, workspace: Workspace | None = None) -> list[tuple[str, str]]:
    """What stands in front of each hint on its line, and the hint."""
    workspace = workspace or workspace_of(workflow(SPEC))
    text = workspace.files[PATH].text
    definition = workspace.files[PATH].documents[0].definition
    found = inlay_hints(
        workspace, PATH, Span(0, len(text)), {definition.key: seen} if seen else None, kinds or HINT_KINDS
    )
    return [(text.value[: each.offset].rpartition("\n")[2].strip(), each.label) for each in found]


def test_templates_say_their_type_where_they_are_the_whole_value():
    assert hints("types") == [
        ('id: "{{input.userId}}"', ": string"),
        ("condition: {if: tasks.first.output.age > 18", ": boolean"),
        ('id: "{{tasks.first.output.name}}"', ": string"),
        ('input: {id: "{{tasks.other.output.name}}"', ": string"),
        ("name: \"{{tasks.second.output?.name ?? 'nobody'}}\"", ": string"),
    ]


def test_steps_say_their_level_where_any_run_at_once():
    assert hints("levels") == [
        ("- id: first", "level 1 of 2"),
        ("- id: other", "level 1 of 2"),
        ("- id: second", "level 2 of 2"),
        ("- id: block", "level 2 of 2"),
    ]
    one_by_one = "tasks:\n  - {id: a, taskRef: get-user}\n  - {id: b, taskRef: get-user, dependsOn: [a]}\n"
    assert hints("levels", workspace=workspace_of(workflow(one_by_one))) == []
    circle = "tasks:\n  - {id: a, dependsOn: [b]}\n  - {id: b, dependsOn: [a]}\n  - {id: c}\n"
    assert hints("levels", workspace=workspace_of(workflow(circle))) == []


def test_steps_say_how_long_they_took_the_last_time():
    assert hints("durations", seen=RUN) == [("- id: first", "~3 ms"), ("- id: inner", "~1.2 s")]


def test_templates_say_the_value_they_had():
    assert hints("values", seen=RUN) == [
        ('id: "{{input.userId}}"', '= "7"'),
        ('id: "größer 🙂 {{input.userId}}', '= "7"'),
        ("condition: {if: tasks.first.output.age > 18", "= true"),
        ('id: "{{tasks.first.output.name}}"', '= "Ada"'),
        ('input: {id: "{{tasks.other.output.name}}"', '= "Bob"'),
        ("name: \"{{tasks.second.output?.name ?? 'nobody'}}\"", '= "nobody"'),
    ]


def test_a_dry_run_tells_what_rests_on_the_input_alone():
    said = hints("values", seen=Observed(dry=True, input={"userId": "7"}))
    assert said == [('id: "{{input.userId}}"', '= "7"'), ('id: "größer 🙂 {{input.userId}}', '= "7"')]


def test_each_kind_can_be_switched_off_and_a_range_is_kept_to():
    assert hints("nothing") == []
    workspace = workspace_of(workflow(SPEC))
    text = workspace.files[PATH].text.value
    at = text.index("- id: second")
    found = inlay_hints(workspace, PATH, Span(at, at + 12))
    assert [each.label for each in found] == ["level 2 of 2"]


def test_long_values_and_types_are_cut_and_whole_where_one_looks_closer():
    workspace = workspace_of(workflow('input: {x: {type: array}}\ntasks:\n  - id: a\n    input: {y: "{{input.x}}"}\n'))
    seen = Observed(dry=True, input={"x": list(range(100))})
    definition = workspace.files[PATH].documents[0].definition
    (found,) = inlay_hints(workspace, PATH, Span(0, 999), {definition.key: seen}, ["values"])
    assert found.label.endswith("…")
    assert len(found.label) < 50
    assert "98, 99]" in found.about


def test_tasks_and_broken_documents():
    workspace = workspace_of(
        task(
            'type: http\ninputSchema: {properties: {n: {type: integer}}, required: [n]}\nhttp: {method: GET, url: "{{env.U}}", query: {n: "{{input.n}}"}}\n'
        )
    )
    assert hints("types", workspace=workspace) == [
        ('http: {method: GET, url: "{{env.U}}", query: {n: "{{input.n}}"', ": integer")
    ]
    assert hints(workspace=workspace_of(workflow('tasks:\n  - id: a\n    input: {x: "{{tasks.'))) == []
    assert inlay_hints(workspace, "nowhere", Span(0, 9)) == ()


@pytest.mark.parametrize(
    ("expression", "path", "value"),
    [
        ("input.userId", "second", "7"),
        ("env.API", "second", "http"),
        ("tasks.first.output.name", "second", "Ada"),
        ("tasks['first'].status", "", "succeeded"),
        ("tasks.second.output", "", None),
        ("tasks.inner.output.name", "block.later", "deep"),
    ],
)
def test_values_of_expressions(expression, path, value):
    assert value_in(expression, path) == value


@pytest.mark.parametrize(
    ("expression", "path"),
    [
        ("tasks.inner.output.name", "second"),
        ("tasks.gone.output", ""),
        ("tasks.first.response.status", ""),
        ("tasks.first.response ?? 1", ""),
        ("forEach.item", "first"),
        ("secrets.TOKEN", "first"),
        ("execution.id", "first"),
        ("input.gone", "first"),
        ("tasks", ""),
    ],
)
def test_nothing_is_guessed(expression, path):
    assert isinstance(value_in(expression, path), object)
    assert type(value_in(expression, path)) is object


def value_in(expression, path):
    spec = f'tasks:\n  - id: x\n    input: {{y: "{{{{{expression}}}}}"}}\n'
    workspace = workspace_of(workflow(spec), settings=Settings(env={"API": "http"}))
    analysis = analyse_workflow(workspace, workspace.files[PATH].documents[0])
    (site,) = analysis.step_analysis(analysis.steps[0]).sites
    return RUN.value(site.site.parsed.single, {"API": "http"}, path)


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [(0.2, "0 ms"), (999, "999 ms"), (1000, "1.0 s"), (59_900, "59.9 s"), (125_000, "2 min 5 s")],
)
def test_durations_for_people(milliseconds, said):
    assert shown_duration(milliseconds) == said
