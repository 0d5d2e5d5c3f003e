"""Pipelines: what their expressions see, the operations, and the arguments of one."""

import pytest

from tests.editing.completing import Asked, ask
from tests.support import workflow

HEAD = """
    input:
      count: {type: integer}
    tasks:
      - id: user
        taskRef: get-user
        input: {id: a}
      - id: shaped
        transform:
          input: '[tasks.user.output]'
          pipeline:
    """
TASK = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: best}
spec:
  type: transform
  inputSchema:
    type: object
    required: [lines]
    properties:
      count: {type: integer}
      lines:
        type: array
        items:
          type: object
          required: [sku, sold]
          properties: {sku: {type: string}, sold: {type: integer}}
  transform:
    input: input.lines
    pipeline:
"""


def in_step(text: str) -> Asked:
    return ask(workflow(HEAD) + "".join(f"            {line}\n" for line in text.split("\n")))


def in_task(text: str) -> Asked:
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return ask(TASK + lines, path="best.task.yaml")


ITEM = {"id", "name", "tags", "address", "age", "manager"}


@pytest.mark.parametrize(
    "text",
    [
        "- filter: {where: item.$0}",
        "- filter: {where: item.$0",
        "- filter:\n    where: item.$0",
        '- filter: {where: "item.$0 == 1"}',
        "- filter:\n    where: (item.$0 ?? 0) > 1",
        '- template: {template: "{{item.$0}}"}',
        '- template:\n    template: "a {{item.$0',
        "- reverse\n- filter: {where: item.$0}",
        "- limit: {count: 3}\n- filter: {where: item.$0}\n- reverse",
    ],
)
def test_an_item_has_the_properties_that_it_has_at_that_operation(text):
    assert set(in_step(text).labels) == ITEM


def test_behind_an_operation_items_are_what_it_makes_of_them():
    shaped = "- select: {fields: {who: $.name, city: $.address.city}}\n"
    assert set(in_step(shaped + "- filter: {where: item.$0}").labels) == {"who", "city"}


def test_behind_an_operation_that_cannot_be_read_items_are_unknown():
    assert in_step("- selct: {fields: {who: $.name}}\n- filter: {where: item.$0}").labels == []


def test_items_are_known_again_behind_an_operation_that_says_what_it_makes():
    made = "- selct: {fields: {who: $.name}}\n- map: {fields: {size: $.length}}\n"
    assert in_step(made + "- filter: {where: item.$0}").labels == ["size"]


def test_conditions_over_items_see_the_item_first_and_what_the_step_sees():
    labels = in_step("- filter: {where: $0}").labels
    assert {"item", "index", "input", "tasks", "env"} <= set(labels)
    assert labels[0] == "item"
    assert in_step("- filter: {where: $0}").line("item") == "            - filter: {where: item.}"


@pytest.mark.parametrize(
    "text",
    ['- limit: {count: "{{$0}}"}', '- join: {with: "{{$0}}"}', "- join:\n    with: {{$0}}"],
)
def test_other_arguments_see_what_the_step_sees_and_no_item(text):
    labels = in_step(text).labels
    assert {"input", "tasks"} <= set(labels)
    assert "item" not in labels


def test_arguments_read_steps_and_inputs():
    assert "user" in in_step('- join: {leftKey: $.a, with: "{{tasks.$0}}"}').labels
    assert "count" in in_step('- limit: {count: "{{input.$0}}"}').labels


@pytest.mark.parametrize("text", ['- limit: {count: "{{$0}}"}', "- filter: {where: $0}"])
def test_a_task_sees_its_input_and_no_steps(text):
    labels = in_task(text).labels
    assert "input" in labels
    assert "tasks" not in labels


def test_a_task_types_its_items():
    assert set(in_task("- filter: {where: item.$0}").labels) == {"sku", "sold"}
    assert set(in_task('- limit: {count: "{{input.$0}}"}').labels) == {"count", "lines"}


def test_item_is_no_root_outside_of_an_operation():
    text = workflow(HEAD).replace("'[tasks.user.output]'", "$0") + "            - reverse\n"
    labels = ask(text).labels
    assert "tasks" in labels
    assert "item" not in labels


@pytest.mark.parametrize("text", ["- $0", "- li$0", "- reverse\n- $0", "- reverse\n$0"])
def test_operations_are_offered_where_an_item_begins(text):
    asked = in_step(text)
    assert {"limit", "filter", "reverse", "groupBy"} <= set(asked.labels)
    assert asked.item("limit").detail.endswith(".")
    assert asked.line("limit").lstrip() == "- limit: {count: }"
    assert asked.line("reverse").lstrip() == "- reverse"


def test_required_arguments_are_tab_stops():
    assert "- limit: {count: $1}$0" in in_step("- $0").chosen("limit", stops=True)


def test_the_name_of_an_operation_alone_is_replaced():
    assert in_step("- lim$0: {count: 3}").line("limit").lstrip() == "- limit: {count: 3}"


def test_operations_are_offered_in_a_list_on_one_line():
    text = workflow(HEAD).replace("pipeline:", "pipeline: [$0]")
    assert {"limit", "reverse"} <= set(ask(text).labels)


def test_no_second_operation_is_offered_beside_one():
    assert in_step("- sort: {by: $.a}\n  $0").labels == []


@pytest.mark.parametrize(
    "text", ["- sort: {by: $.name, $0}", "- sort:\n    by: $.name\n    $0", "- sort: {by: $.a, $0: 1}"]
)
def test_arguments_that_are_not_there_yet_are_offered(text):
    asked = in_step(text)
    assert "order" in asked.labels
    assert "by" not in asked.labels


def test_required_arguments_come_first():
    assert in_step("- sort: {$0}").labels[0] == "by"


@pytest.mark.parametrize("text", ["- sort: {by: $.name, order: $0}", "- sort:\n    by: $.name\n    order: $0"])
def test_words_that_an_argument_may_be_are_offered(text):
    assert in_step(text).labels == ["asc", "desc"]


@pytest.mark.parametrize(
    "text",
    [
        "- nonsense: {$0}",
        "- nonsense: {a: $0}",
        "- sort: {nonsense: $0}",
        "- sort: {by: {a: $0}}",
        "- sort: {by: $.nonsense.$0}",
        "- join: {rightKey: $0}",
    ],
)
def test_nothing_is_made_up_of_what_is_unknown(text):
    assert in_step(text).labels == []


PATHS = {f"$.{name}" for name in ITEM}


@pytest.mark.parametrize(
    "text",
    [
        "- sort: {by: $0}",
        "- sort: {by: $.$0}",
        "- sort: {by: $.na$0}",
        "- sort: {by: $.$0",
        '- sort: {by: "$.$0"}',
        "- sort:\n    by: $.$0",
        "- sort:\n    by: $0",
        "- select: {fields: {who: $.$0}}",
        "- select:\n    fields:\n      who: $.$0",
        "- groupBy: {key: $.$0}",
        "- groupBy: {key: $.name, aggregations: {a: {function: sum, field: $.$0}}}",
        "- reverse\n- sort: {by: $.$0}\n- limit: {count: 1}",
    ],
)
def test_paths_lead_to_the_properties_of_the_items_at_that_operation(text):
    assert {label.removesuffix("[*]") for label in in_step(text).labels} == PATHS


def test_a_path_goes_on_below_a_property():
    asked = in_step("- sort: {by: $.address.$0}")
    assert asked.labels == ["$.address.city"]
    assert asked.line("$.address.city").lstrip() == "- sort: {by: $.address.city}"


def test_a_path_of_a_transform_leads_into_its_input():
    asked = ask(workflow(HEAD).replace("pipeline:", "jsonPath: $[0].$0"))
    assert {label.removesuffix("[*]") for label in asked.labels} == {f"$[0].{name}" for name in ITEM}


def test_a_name_that_is_no_word_is_written_in_brackets_and_quotes():
    asked = ask(TASK.replace("sku: {", "first-name: {") + "      - sort: {by: $.$0}\n", path="best.task.yaml")
    assert asked.line("$['first-name']").lstrip() == """- sort: {by: "$['first-name']"}"""


def test_functions_of_aggregations_are_offered():
    assert {"sum", "count"} <= set(in_step("- groupBy: {key: $.id, aggregations: {a: {function: $0}}}").labels)


def test_an_item_is_known_in_an_operation_that_is_not_whole_yet():
    assert set(in_step("- filter: {where: item.$0, nonsense: 1}").labels) == ITEM


def transform(text: str) -> Asked:
    return ask(workflow(HEAD).replace("pipeline:", text))


@pytest.mark.parametrize("text", ["jsonPath: $0", "jsonPath: $$0", 'jsonPath: "$0"', "jsonPath:$0", "jsonPath: $.$0"])
def test_a_path_into_a_list_begins_with_its_items(text):
    labels = transform(text).labels
    assert labels[:3] == ["$[*]", "$[0]", "$[*].id"]
    assert {"$[*].tags", "$[*].tags[*]", "$[*].address"} <= set(labels)


@pytest.mark.parametrize("text", ["jsonPath: $..$0", 'jsonPath: "$..ci$0"', "jsonPath: $..c$0 # größer"])
def test_behind_two_dots_all_names_inside_are_offered(text):
    assert {"$..id", "$..city", "$..address"} <= set(transform(text).labels)


def test_a_path_is_quoted_where_yaml_wants_it():
    assert transform("jsonPath: $0").line("$[*].id").lstrip() == "jsonPath: $[*].id"
    assert in_step("- filter: {field: $0}").line("$.tags[*]").lstrip() == '- filter: {field: "$.tags[*]"}'
    assert in_step("- filter: {field: $0}").line("$.name").lstrip() == "- filter: {field: $.name}"


def test_what_may_be_absent_says_so():
    assert in_step("- sort: {by: $0}").item("$.age").detail == "integer, may be absent"


def test_where_one_value_is_wanted_no_path_to_many_is_offered():
    assert "$.tags[*]" not in in_step("- sort: {by: $0}").labels
    assert "$.tags[*]" in in_step("- flatMap: {path: $0}").labels


def test_the_other_list_of_a_join_has_its_own_items():
    join = "- join: {leftKey: $.id, rightKey: $0, with: '%s'}"
    assert set(in_step(join % "{{tasks.user.output.tags}}").labels) == set()
    assert set(in_step(join % "{{[tasks.user.output.address]}}").labels) == {"$.city"}
    assert "$.name" in in_step(join % "$").labels
    assert {"$[*]", "$[*].tags[*]", "{{ }}"} <= set(in_step("- join: {leftKey: $.id, with: $0}").labels)


def test_fields_may_keep_the_names_of_the_items():
    asked = in_step("- select: {fields: {id: $.id, $0}}")
    assert asked.labels == ["name", "age", "tags", "address", "manager"]
    assert asked.line("name").lstrip() == "- select: {fields: {id: $.id, name: $.name}}"
    assert "name: $.name" in in_step("- map:\n    fields:\n      größe: $.id\n      $0").line("name")
