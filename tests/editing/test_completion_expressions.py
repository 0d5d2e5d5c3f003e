"""Expressions: roots, names under them, properties typed from schemas, functions; in every style of YAML scalar."""

import pytest

from tests.editing.completing import ask
from tests.support import task, workflow
from wf_engine.workspace import Settings

HEAD = """
    input:
      userId: {type: string, required: true}
      count: {type: integer}
    tasks:
      - id: a
        taskRef: get-user
        input: {id: "{{input.userId}}"}
      - id: b
        taskRef: get-user
        condition: {if: input.count > 1}
        input: {id: "{{tasks.a.output.name}}"}
      - id: c
        taskRef: get-user
    """
PROPERTIES = ["id", "name", "tags", "address", "age", "manager"]
"""The output of get-user: a property of the input's name first, what fits before what does not."""


def in_step(text: str) -> str:
    return workflow(HEAD) + "".join(f"      {line}\n" if line else "\n" for line in text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        'input:\n  id: "{{tasks.a.output.$0',
        'input:\n  id: "{{tasks.a.output.$0}}"',
        'input:\n  id: "{{tasks.a.output.na$0me}}"',
        "input:\n  id: '{{tasks.a.output.$0}}'",
        "input:\n  id: '{{tasks.a.output.$0",
        "input:\n  id: {{tasks.a.output.$0",
        "input:\n  id: {{tasks.a.output.$0}}",
        "input:\n  id: user {{tasks.a.output.$0",
        'input:\n  id: "{{input.userId}}/{{tasks.a.output.$0}}/x"',
        'input:\n  id: "\\"{{tasks.a.output.$0}}\\""',
        'input:\n  id: "größer 🙂 {{tasks.a.output.$0}}"',
        'input: {id: "{{tasks.a.output.$0"}',
        'input: {id: "{{tasks.a.output.$0}}", verbose: true}',
        'input: {id: "{{tasks.a.output.$0',
        "input: {id: {{tasks.a.output.$0}}, verbose: true}",
        "input: {verbose: true, id: {{tasks.a.output.$0",
        'input: {\n  verbose: true,\n  id: "{{tasks.a.output.$0}}"\n}',
        "input:\n  id: >-\n    {{tasks.a.output.$0}}",
        "input:\n  id: >-\n    a long text, {{ input.userId ==\n      tasks.a.output.$0",
        "input:\n  id: |\n    first\n    {{tasks.a.output.$0\n\n    last",
        'input:\n  id: "a long\n    text {{tasks.a.output.$0}}"',
        "input:\n  id: a long\n    text {{tasks.a.output.$0}}",
        "input:\n  id:\n    {{tasks.a.output.$0",
        'input:\n  id:\n    "{{tasks.a.output.$0"',
        'input: {id: "{{ upper(tasks.a.output.$0) }}"}',
        'input: {id: "{{ input.count > 1 ? tasks.a.output.$0 : 1 }}"}',
        'input: {id: "{{ [1, tasks.a.output.$0] }}"}',
        'input: {id: "{{ {a: tasks.a.output.$0} }}"}',
        'input: {id: "{{ input.userId | default(tasks.a.output.$0"}',
        'input: {id: "{{ tasks.a.output?.$0 }}"}',
        "input: {id: \"{{ tasks['a'].output.$0 }}\"}",
        'input: {id: "{{ (tasks.a).output.$0 }}"}',
        'input: {id: "\\\\{{ \\\\\\\\{{tasks.a.output.$0}}"}',
    ],
)
def test_properties_come_from_the_schema_in_every_style(text):
    labels = ask(in_step(text)).labels
    assert labels[:2] == (["name", "id"] if "na$0me" in text else PROPERTIES[:2])
    assert sorted(labels) == sorted(PROPERTIES)


@pytest.mark.parametrize(
    "text",
    [
        "condition:\n  if: tasks.a.output.$0",
        "condition:\n  if: tasks.a.output.$0 == 1",
        'condition:\n  if: "tasks.a.output.$0',
        "condition:\n  if: '{{tasks.a.output.$0}} > 1'",
        "condition:\n  if: input.count > 1 && tasks.a.output.$0",
        "condition:\n  if: >-\n    input.count > 1 &&\n    tasks.a.output.$0",
        "condition:\n  if: input.count > 1\n    && tasks.a.output.$0",
        "condition: {if: tasks.a.output.$0}",
        "condition: {if: tasks.a.output.$0",
        "forEach: {items: tasks.a.output.$0}",
        "forEach:\n  items: tasks.a.output.$0",
        "switch:\n  value: tasks.a.output.$0\n  cases: []",
        "transform:\n  input: tasks.a.output.$0",
    ],
)
def test_where_braces_may_be_left_out_they_need_not_be_there(text):
    assert set(ask(in_step(text)).labels) == set(PROPERTIES)


@pytest.mark.parametrize(
    ("expression", "labels"),
    [
        ("tasks.a.$0", ["output", "status", "response"]),
        ("tasks.a.output.address.$0", ["city"]),
        ("tasks.a.response.$0", ["status", "headers"]),
        ("tasks.b.output.address.$0", ["city"]),
        ("input.$0", ["userId", "count"]),
        ("execution.$0", ["id", "startedAt", "workflow"]),
        ("tasks.a.output.tags[0].$0", []),
        ("tasks.a.output.nothing.$0", []),
        ("tasks.nobody.output.$0", []),
        ("nothing.$0", []),
        ("'a text.$0", []),
        ("tasks.a.output.name $0", None),
    ],
)
def test_what_stands_under_a_path(expression, labels):
    found = ask(in_step(f'input: {{id: "{{{{{expression}}}}}"}}')).labels
    assert labels is None or sorted(found) == sorted(labels)


def test_steps_are_the_ones_that_can_have_run_the_nearest_first():
    assert ask(in_step('input: {id: "{{tasks.$0}}"}')).labels == ["b", "a"]
    source = workflow(HEAD).replace("{{input.userId}}", "{{tasks.$0}}") + "      input: {id: x}\n"
    assert ask(source).labels == ["c"]
    waiting = source.replace("id: x}", 'id: "{{tasks.a.output.id}}"}')
    assert ask(waiting).labels == []


def test_in_a_block_the_block_itself_is_not_seen():
    block = """
        tasks:
          - id: x
            taskRef: get-user
            input: {id: "1"}
          - id: y
            taskRef: get-user
            input: {id: "{{tasks.$0}}"}
        """
    from textwrap import dedent

    source = workflow(HEAD).replace("      taskRef: get-user\n", "", 0).rpartition("      taskRef: get-user")[0]
    source += "".join(f"      {line}\n" for line in dedent(block).strip().split("\n"))
    assert sorted(ask(source).labels) == ["a", "b", "x"]


def test_the_output_sees_every_step():
    assert set(ask(in_step("input: {id: x}") + '  output: "{{tasks.$0}}"\n').labels) == {"a", "b", "c"}
    assert ask(in_step("input: {id: x}") + '  output:\n    a: {b: ["{{tasks.a.output.$0}}"]}\n').labels == PROPERTIES


def test_loop_variables():
    loop = "forEach: {items: tasks.a.output.tags, itemVar: tag}\n"
    assert set(ask(in_step(loop + 'input: {id: "{{forEach.$0}}"}')).labels) == {"tag", "index", "$root"}
    assert "forEach" in ask(in_step(loop + 'input: {id: "{{$0}}"}')).labels
    assert "forEach" not in ask(in_step('input: {id: "{{$0}}"}')).labels
    assert "forEach" not in ask(in_step("forEach: {items: $0}")).labels


def test_a_fallback_sees_why():
    for text in (
        'fallback: {output: "{{error.$0}}"}',
        'fallback:\n  taskRef: get-user\n  input:\n    id: "{{error.$0}}"',
    ):
        assert {"code", "message", "http"} <= set(ask(in_step(text)).labels)
    assert ask(in_step('input: {id: "{{error.$0}}"}')).labels == []


def test_roots_and_functions():
    labels = ask(in_step('input: {id: "{{$0}}"}')).labels
    assert labels[:2] == ["tasks", "input"]
    assert {"env", "secrets", "execution", "upper", "length"} <= set(labels)
    for operator in ("input.count + $0", "upper($0", "x(1, $0", "[$0", "!$0", "a ?? $0", "a || $0", "a ? b : $0"):
        assert ask(in_step(f'input: {{id: "{{{{{operator}}}}}"}}')).labels[:2] == ["tasks", "input"]


def test_behind_a_bar_stand_functions_alone():
    for piped in ("input.userId | $0", "input.userId |$0", "input.userId | up$0", "input.userId | trim | $0"):
        labels = ask(in_step(f'input: {{id: "{{{{{piped}}}}}"}}')).labels
        assert "upper" in labels
        assert not {"tasks", "input"} & set(labels)


def test_a_function_brings_the_place_of_its_arguments():
    asked = ask(in_step('input: {id: "{{input.userId | $0}}"}'))
    assert asked.item("split").snippet == "split($0)"
    assert asked.item("upper").snippet is None
    assert ask(in_step('input: {id: "{{$0}}"}')).item("upper").snippet == "upper($0)"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ('"{{tasks.a.output.na$0me}}"', '"{{tasks.a.output.address}}"'),
        ('"{{tasks.a.output.$0name}}"', '"{{tasks.a.output.address}}"'),
        ('"{{tasks.a.output.name$0}}"', '"{{tasks.a.output.address}}"'),
        ('"{{tasks.a.output.na$0me.x + 1}}"', '"{{tasks.a.output.address.x + 1}}"'),
        ('"{{tasks.a.output.$0', '"{{tasks.a.output.address'),
    ],
)
def test_one_name_is_replaced(typed, line):
    assert ask(in_step(f"input: {{id: {typed}}}")).line("address") == f"      input: {{id: {line}}}"


def test_a_task_sees_its_input_and_the_configuration():
    source = """
        type: http
        inputSchema: {type: object, properties: {id: {type: string}, address: {type: object, properties: {city: {}}}}}
        http:
          method: GET
          url: "%s"
        """
    settings = Settings.of({"env": {"API": "http://x", "PORT": 80}})
    for typed, labels in (
        ("{{input.$0}}", ["id", "address"]),
        ("{{input.address.$0", ["city"]),
        ("{{env.$0", ["API", "PORT"]),
    ):
        assert ask(task(source % typed), settings=settings).labels == labels
    assert "tasks" not in ask(task(source % "{{$0}}")).labels


@pytest.mark.parametrize(
    "text",
    [
        "taskRef: '{{$0'",
        "description: '{{$0}}'",
        "timeout: '{{$0'",
        "id2: {{$0",
        "'{{$0}}': x",
        "# {{tasks.$0}}",
        "input: {id: x} # {{tasks.$0",
    ],
)
def test_where_there_are_no_templates_there_is_no_expression(text):
    assert not {"tasks", "input", "a", "b"} & set(ask(in_step(text)).labels)
