"""Keys: fields of records, inputs of what is called, keywords of schemas; never one that is there already."""

import pytest

from tests.editing.completing import ask
from tests.support import task, workflow

FORMS = {"taskRef", "workflowRef", "transform", "switch", "tasks"}


def step(text: str) -> str:
    return workflow("""
        input:
          userId: {type: string, required: true}
        tasks:
          - id: first
            taskRef: get-user
            input: {id: x}
          - id: second
        """) + "".join(f"      {line}\n" if line else "\n" for line in text.split("\n"))


@pytest.mark.parametrize("typed", ["$0", "ta$0", "ta$0sk", "$0\ntimeout: 1s"])
def test_an_unfinished_step_is_offered_its_forms_first(typed):
    asked = ask(step(typed))
    assert asked.labels[0] == "taskRef"
    assert set(asked.labels) >= FORMS
    assert "id" not in asked.labels


def test_of_the_forms_of_a_step_there_is_one():
    labels = ask(step("taskRef: get-user\n$0")).labels
    assert not FORMS & set(labels)
    assert labels[:3] == ["input", "dependsOn", "condition"]
    assert "output" not in labels


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: a}\nspec:\n  $0\n", "tasks"),
        ("apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {name: a}\nspec:\n  $0\n", "type"),
    ],
)
def test_what_has_to_be_there_comes_first(head, first):
    assert ask(head).labels[0] == first


def test_a_block_may_have_an_output_and_has_no_input():
    labels = ask(step("tasks: [{id: a, taskRef: get-user}]\n$0")).labels
    assert "output" in labels
    assert "input" not in labels


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ti$0", "      timeout: "),
        ("ti$0meout", "      timeout: "),
        ("ti$0meout: 5s", "      timeout: 5s"),
        ("ti$0 : 5s", "      timeout : 5s"),
        ("condition: {i$0}", "      condition: {if: }"),
        ("condition: {$0if: true}", "      condition: {if: true}"),
        ("condition: {i$0", "      condition: {if: "),
    ],
)
def test_a_key_brings_its_colon_unless_it_has_one(text, line):
    asked = ask(step(f"taskRef: get-user\n{text}"))
    assert asked.line("if" if "condition" in text else "timeout") == line


def test_a_nested_field_opens_its_block():
    assert ask(step("$0")).chosen("condition", stops=True).endswith("      condition:\n        if: $0\n")
    assert ask(step("$0")).chosen("forEach", stops=True).endswith("      forEach:\n        items: $0\n")
    assert ask(step("$0")).chosen("tasks", stops=True).endswith("      tasks:\n        - id: $0\n")
    assert ask(step("$0")).chosen("dependsOn", stops=True).endswith("      dependsOn:\n        - $0\n")


@pytest.mark.parametrize(
    "text",
    [
        "taskRef: get-user\ninput:\n  $0",
        "taskRef: get-user\ninput:\n  i$0",
        "input:\n  $0\ntaskRef: get-user",
        "taskRef: get-user\ninput: {$0",
        "taskRef: get-user\ninput: {$0}",
        "taskRef: get-user\ninput: { i$0 }",
        "taskRef: get-user\ninput: {\n  $0\n}",
        "condition: {if: true, else: {taskRef: get-user, input: {$0}}}\ntaskRef: send-mail",
        "switch:\n  value: input.userId\n  cases:\n    - match: a\n      taskRef: get-user\n      input:\n        $0",
        "fallback:\n  taskRef: get-user\n  input:\n    $0\ntaskRef: send-mail",
    ],
)
def test_an_input_is_offered_what_the_task_takes_required_first(text):
    assert ask(step(text)).labels == ["id", "verbose", "limit"]


@pytest.mark.parametrize(
    "text",
    [
        "taskRef: get-user\ninput:\n  id: x\n  $0",
        "taskRef: get-user\ninput:\n  $0\n  id: x",
        "taskRef: get-user\ninput: {id: x, $0",
        "taskRef: get-user\ninput: {id: x, $0}",
        "taskRef: get-user\ninput: {$0, id: x}",
        "taskRef: get-user\ninput: {\n  id: x,\n  $0\n}",
        "taskRef: get-user\ninput: {'id': x, ver$0bose: true}",
    ],
)
def test_an_input_that_is_given_is_not_offered_again(text):
    assert ask(step(text)).labels == ["verbose", "limit"]


def test_an_input_says_what_it_is():
    asked = ask(step("taskRef: get-user\ninput:\n  $0"))
    assert (asked.item("id").detail, asked.item("limit").detail) == ("string", "integer, optional")


def test_examples_take_what_the_definition_takes():
    source = workflow("""
        input:
          userId: {type: string, required: true}
          mail: {type: string}
        tasks: [{id: a, taskRef: get-user, input: {id: x}}]
        examples:
          - name: one
            input:
              $0
        """)
    assert ask(source).labels == ["userId", "mail"]


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("$0", {"type", "http", "inputSchema"}),
        ("http:\n  $0", {"method", "url", "headers"}),
        ("http: {method: GET, $0}", {"url", "body"}),
        ("retry:\n  $0", {"maxAttempts", "causes"}),
        ("inputSchema:\n  $0", {"type", "properties", "required"}),
        ("inputSchema:\n  type: object\n  properties:\n    id:\n      $0", {"type", "format"}),
        ("inputSchema: {type: object, properties: {id: {$0}}}", {"type", "format"}),
        ("outputSchema:\n  type: array\n  items:\n    $0", {"properties"}),
        ("outputSchema:\n  anyOf:\n    - $0", {"type", "properties"}),
    ],
)
def test_a_task_is_offered_its_fields_and_keywords(text, some):
    labels = ask(task(text)).labels
    assert some <= set(labels)
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "text",
    [
        "inputSchema:\n  type: object\n  properties:\n    $0",
        "inputSchema:\n  type: object\n  default:\n    $0",
        "type: http # $0",
        "type: http\ndescription: a word $0",
        "type: http\ndescription: |\n  a word\n  $0",
    ],
)
def test_where_anything_may_stand_nothing_is_offered(text):
    assert ask(task(text)).labels == []


def test_parameters_of_a_workflow():
    assert "required" in ask(workflow("input:\n  userId:\n    type: string\n    $0")).labels
    assert "required" in ask(workflow("input:\n  userId: {type: string, $0}")).labels
    assert ask(workflow("input:\n  $0")).labels == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("taskRef: get-user\n $0", 7),
        ("taskRef: get-user\n  ti$0", 8),
        ("taskRef: get-user\n    ti$0\ninput: {id: x}", 10),
    ],
)
def test_at_a_wrong_indentation_the_nearest_block_counts(text, column):
    asked = ask(step(text))
    assert "timeout" in asked.labels
    assert asked.found.column == column


def test_in_windows_files_too():
    source = step("taskRef: get-user\ninput:\n  $0\ntimeout: 1s").replace("\n", "\r\n")
    assert ask(source).labels == ["id", "verbose", "limit"]


def test_behind_wide_characters():
    asked = ask(step("description: größer 🙂 ist 好\ntaskRef: get-user\ninput: {id: 🙂, $0}"))
    assert asked.labels == ["verbose", "limit"]
    assert asked.line("limit").endswith("input: {id: 🙂, limit: }")


def test_a_new_step():
    for text in ("- $0", "-$0"):
        asked = ask(step("taskRef: get-user") + f"    {text}\n")
        assert asked.labels[:2] == ["step", "id"]
        assert asked.line("step").endswith("    - id: step-id\n      taskRef: ")
    asked = ask(step("taskRef: get-user") + "    $0\n")
    assert asked.labels == ["step"]
    assert asked.line("step") == "    - id: step-id\n      taskRef: "


def test_the_first_step():
    for text in ("tasks:\n  $0", "tasks:\n  - $0", "tasks:\n- $0"):
        asked = ask(workflow(text))
        assert asked.labels[0] == "step"
        assert asked.line("step").strip().startswith("- id: step-id\n")
