"""Values: words of fields, names of tasks and steps, what an input may be."""

import pytest

from tests.editing.completing import ask
from tests.editing.test_completion_keys import step
from tests.support import task, workflow

CHAIN = """
    input:
      userId: {type: string, required: true}
      count: {type: integer}
    tasks:
      - id: a
        taskRef: get-user
        input: {id: "{{input.userId}}"}
      - id: b
        taskRef: get-user
        input: {id: "{{tasks.a.output.name}}"}
      - id: c
        taskRef: get-user
        dependsOn: [b]
        input: {id: x}
      - id: d
        taskRef: get-user
        input: {id: x}
    """


@pytest.mark.parametrize(
    "typed", ["$0", "get$0", "get$0-user", '"get$0', '"get$0-user"', "'$0'", "$0 # later", "\n  $0"]
)
def test_task_names(typed):
    asked = ask(step(f"taskRef: {typed}" if typed[0] != "\n" else f"taskRef:{typed}"))
    assert set(asked.labels) == {"get-user", "send-mail"}


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("taskRef: $0\ninput: {}", "      taskRef: send-mail"),
        ("taskRef:$0\ninput: {}", "      taskRef: send-mail"),
        ("taskRef: get$0-user\ninput: {}", "      taskRef: send-mail"),
        ("taskRef: get$0-user # why\ninput: {}", "      taskRef: send-mail # why"),
        ('taskRef: "get$0-user"', '      taskRef: "send-mail"'),
        ('taskRef: "get$0', '      taskRef: "send-mail'),
    ],
)
def test_a_name_takes_the_place_of_what_is_there(typed, line):
    assert ask(step(typed)).line("send-mail") == line


def test_a_task_brings_its_required_inputs_as_tab_stops():
    asked = ask(step("taskRef: $0"))
    assert asked.line("send-mail") == '      taskRef: send-mail\n      input:\n        to: ""\n        count: 0'
    assert asked.chosen("send-mail", stops=True).endswith(
        '      taskRef: send-mail\n      input:\n        to: "${1:}"\n        count: ${2:0}$0\n'
    )


def test_an_input_of_the_same_name_is_passed_on():
    source = workflow(CHAIN.replace("count: {type: integer}", "count: {type: integer}\n      to: {type: integer}"))
    line = ask(source + "    - taskRef: $0\n").line("send-mail")
    assert line == '    - taskRef: send-mail\n      input:\n        to: ""\n        count: "{{input.count}}"'


def test_in_flow_style_inputs_come_in_flow_style():
    asked = ask(workflow("tasks:\n  - {id: a, taskRef: $0}"))
    assert asked.line("send-mail") == '    - {id: a, taskRef: send-mail, input: {to: "", count: 0}}'
    assert asked.chosen("send-mail", stops=True).endswith(
        '{id: a, taskRef: send-mail, input: {to: "${1:}", count: ${2:0}}$0}'
    )


def test_a_target_in_a_case_brings_its_inputs_too():
    asked = ask(step("switch:\n  value: input.userId\n  cases:\n    - match: a\n      taskRef: $0"))
    assert asked.line("get-user").endswith('taskRef: get-user\n            input:\n              id: ""')


def test_the_task_that_takes_what_is_given_comes_first():
    assert ask(step("taskRef: $0\ninput: {to: x, count: 1}")).labels[0] == "send-mail"
    assert ask(step("taskRef: $0\ninput: {id: x}")).labels[0] == "get-user"


def test_a_task_of_another_namespace_is_named_with_it():
    files = {"far.task.yaml": task("type: http").replace("name: probe", "name: probe\n  namespace: far")}
    assert ask(step("taskRef: $0"), files).labels[-1] == "far/probe"


def test_a_workflow_is_never_offered_to_itself_nor_to_what_it_calls():
    def calls(name: str, *others: str) -> str:
        steps = "".join(f"\n  - {{id: s{number}, workflowRef: {other}}}" for number, other in enumerate(others))
        return workflow(f"tasks:{steps or ' [{id: a, taskRef: get-user}]'}", name)

    files = {"a.yaml": calls("a", "main"), "b.yaml": calls("b", "a"), "c.yaml": calls("c")}
    assert ask(calls("main", "c").replace("workflowRef: c", "workflowRef: $0"), files).labels == ["c"]


@pytest.mark.parametrize(
    "where", ["dependsOn: [$0]", "dependsOn: [$0", "dependsOn: $0", "dependsOn:\n  - $0", "dependsOn:\n  $0"]
)
def test_a_step_waits_for_none_that_waits_for_it(where):
    written = "\n" + "".join(f"      {line}\n" for line in where.split("\n"))
    asked = ask(workflow(CHAIN).replace("- id: b\n", f"- id: b{written}"))
    assert asked.labels == ["a", "d"]


def test_a_step_that_is_named_already_is_not_offered_again():
    assert ask(workflow(CHAIN).replace("dependsOn: [b]", "dependsOn: [b, $0]")).labels == ["a", "d"]


def test_a_dependency_is_written_as_a_list():
    source = workflow(CHAIN).replace("dependsOn: [b]", "dependsOn: $0")
    assert ask(source).line("a") == "      dependsOn: [a]"
    source = workflow(CHAIN).replace("dependsOn: [b]", "dependsOn:\n        - b\n        $0")
    assert ask(source).line("a") == "        - a"


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("timeout: $0", ["30s", "500ms"]),
        ("retry: {causes: [$0]}", ["network", "timeout"]),
        ("retry:\n  causes:\n    - net$0", ["network", "timeout"]),
        ("retry: {jitter: $0}", ["true", "false"]),
        ("forEach: {items: input.x, onError: $0}", ["fail", "continue"]),
    ],
)
def test_words_of_fields(text, some):
    assert ask(step(f"taskRef: get-user\n{text}")).labels[:2] == some


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("type: $0", {"http", "transform"}),
        ("http: {method: $0}", {"GET", "POST"}),
        ("http:\n  method: P$0\n  url: x", {"GET", "POST"}),
        ("http: {successStatus: [$0]}", {"2xx", "204"}),
        ("inputSchema: {type: $0}", {"string", "object"}),
        ("inputSchema:\n  type: object\n  properties:\n    id: {format: $0}", {"email", "uuid"}),
        ("responseValidation: $0", {"strict", "off"}),
    ],
)
def test_words_of_a_task(text, some):
    assert some <= set(ask(task(text)).labels)


def test_the_kind_of_a_document():
    source = "apiVersion: workflow.io/v1\nkind: $0\n"
    assert ask(source).labels == ["Workflow", "WorkflowTask", "WorkflowTest"]
    assert ask(source, path="a.task.yaml").labels[0] == "WorkflowTask"


def test_an_input_may_be_an_input_that_fits_or_a_template():
    asked = ask(workflow(CHAIN) + "    - {id: e, taskRef: send-mail, input: {count: $0}}\n")
    assert asked.labels == ["{{input.count}}", "{{ }}"]
    assert asked.line("{{input.count}}").endswith('{count: "{{input.count}}"}}')
    asked = ask(workflow(CHAIN) + '    - {id: e, taskRef: send-mail, input: {to: "$0"}}\n')
    assert asked.line("{{input.userId}}").endswith('{to: "{{input.userId}}"}}')


def test_words_that_a_schema_lists():
    listed = task("""
        type: http
        inputSchema:
          type: object
          required: [tier]
          properties:
            tier: {enum: [gold, "no", 3]}
            urgent: {type: boolean}
        http: {method: GET, url: "https://example.com"}
        """)
    files = {"probe.task.yaml": listed}
    asked = ask(step("taskRef: probe\ninput:\n  tier: $0"), files)
    assert asked.labels[:3] == ["gold", "no", "3"]
    assert asked.line("gold").endswith("tier: gold")
    assert asked.line("no").endswith('tier: "no"')
    assert asked.line("3").endswith("tier: 3")
    assert ask(step("taskRef: probe\ninput:\n  urgent: $0"), files).labels[:2] == ["true", "false"]
