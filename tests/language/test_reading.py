"""From text to models: values, defaults, templates, and what could not be read."""

from typing import Any

import pytest

from tests.checks.rich import RICH
from tests.support import TASKS, dedented, task, workflow
from wf_engine.expressions import Expression, Template
from wf_engine.language import (
    Http,
    Problem,
    Retry,
    Step,
    TaskDocument,
    WorkflowDocument,
    default,
    duration_ms,
    fields_of,
    merged,
)
from wf_engine.language.envelope import read_document
from wf_engine.language.task import TaskSpec
from wf_engine.syntax import File, Map


def read(text: str) -> Any:
    root = File.parse(dedented(text)).documents[0].root
    assert isinstance(root, Map)
    return read_document(root)


def problems(text: str) -> list[Problem]:
    model = read(text)
    steps = (model.spec.tasks if isinstance(model, WorkflowDocument) and model.spec else None) or ()
    return [*model.reading.problems, *(problem for step in steps for problem in step.reading.problems)]


def test_a_workflow_as_a_model() -> None:
    model = read(RICH)
    assert isinstance(model, WorkflowDocument)
    assert model.metadata.name == "rich"
    assert model.metadata.labels == {"team": "größe"}
    assert model.spec.timeout == 60_000
    assert model.spec.max_concurrency == 3
    assert [step.id for step in model.spec.tasks] == ["user", "address", "mails", "route", "sub", "hidden", "last"]
    user, address, mails, route, sub, _, last = model.spec.tasks
    assert (user.task_ref, user.timeout, user.retry.max_attempts, user.retry.jitter) == ("get-user", 5_000, 2, None)
    assert isinstance(user.input["id"], Template)
    assert user.input["verbose"] is True
    assert isinstance(address.condition.if_, Expression)
    assert [inner.id for inner in address.tasks] == ["again", "town"]
    assert mails.for_each.item_var == "tag"
    assert mails.for_each.parallel is False
    assert mails.fallback.output == {"sent": False}
    assert [case.match for case in route.switch.cases] == ["Ada", ["Bob", "Eve"]]
    assert route.switch.default.input == {"id": "0"}
    assert (sub.workflow_ref, sub.depends_on) == ("child@1.10.0", ("mails", "route"))
    assert last.condition.else_.task_ref == "send-mail"


def test_the_input_is_a_closed_schema() -> None:
    schema = read(RICH).spec.input
    assert schema["required"] == ["userId"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["full"] == {"type": "boolean", "default": True}
    whole = read(
        workflow("input: {type: object, properties: {a: {type: string}}, required: [a]}\ntasks: []")
    ).spec.input
    assert whole == {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "required": ["a"],
        "additionalProperties": False,
    }
    named = read(workflow("input: {type: {type: string}, b: {type: object, required: [c]}}\ntasks: []")).spec.input
    assert set(named["properties"]) == {"type", "b"}
    assert named["properties"]["b"]["required"] == ["c"]


def test_a_task_as_a_model() -> None:
    model = read(TASKS.split("---")[1])
    assert isinstance(model, TaskDocument)
    assert model.spec.http.method == "POST"
    assert isinstance(model.spec.http.url, str)
    assert isinstance(model.spec.http.body, Template)
    assert model.spec.retry.max_attempts == 2
    assert model.spec.http.success_status is None


def test_status_codes_are_texts() -> None:
    model = read(task("type: http\nhttp: {method: GET, url: x, successStatus: [200, 2xx, '404']}"))
    assert model.spec.http.success_status == ("200", "2xx", "404")


def test_defaults_and_layers() -> None:
    assert default(Http, "successStatus") == ("2xx",)
    assert default(TaskSpec, "timeout") == 10_000
    filled = merged(Retry, Retry(max_attempts=2), None, Retry(max_attempts=9, jitter=False))
    assert (filled.max_attempts, filled.jitter, filled.initial_delay) == (2, False, 100)
    assert filled.causes == ("network", "timeout", "429", "5xx")


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("1h", 3_600_000), ("0s", 0), ("1.5s", None), ("s", None),
     ("5 s", None), ("-1s", None), ("5d", None), ("٣s", None)],
)  # fmt: skip
def test_durations(text: str, milliseconds: int | None) -> None:
    assert duration_ms(text) == milliseconds


def test_a_part_that_cannot_be_read_leaves_the_rest() -> None:
    model = read(
        workflow("""
        timeout: soon
        maxConcurrency: [1]
        tasks:
          - {id: a, taskRef: get-user, timeout: 5s, dependsOn: a}
          - nonsense
          - {id: b, taskRef: 5}
    """)
    )
    assert (model.spec.timeout, model.spec.max_concurrency) == (None, None)
    assert [(step.id, step.task_ref, step.timeout) for step in model.spec.tasks] == [
        ("a", "get-user", 5_000),
        ("b", None, None),
    ]
    kinds = [
        problem.kind
        for problem in problems(
            workflow("""
        timeout: soon
        maxConcurrency: [1]
        tasks:
          - {id: a, taskRef: get-user, timeout: 5s, dependsOn: a}
          - nonsense
          - {id: b, taskRef: 5}
    """)
        )
    ]
    assert kinds == ["invalid-value", "wrong-type", "wrong-type", "wrong-type", "wrong-type"]


def test_a_value_that_is_wrong_as_text_is_wrong_once() -> None:
    text = workflow(
        "timeout: 0777\nmaxConcurrency: *none\ninput: {a: {type: string, minLength: 0777}}\ntasks:\n  - {id: a, taskRef: b, on: 1}"
    )
    assert problems(text) == []


def test_inputs_that_cannot_be_read_may_be_anything() -> None:
    assert read(workflow("input: 5\ntasks: []")).spec.input == {}
    assert read(workflow("tasks: []")).spec.input is None


def test_a_test_has_cases() -> None:
    head = "apiVersion: workflow.io/v1\nkind: WorkflowTest\nmetadata: {name: a}\n"
    assert [problem.name for problem in read(head).reading.problems] == ["spec"]
    test = read(
        head
        + "spec: {workflow: w, cases: [{name: one, mocks: {t: {status: 500}, s: [{delay: 2s}, {error: timeout}]}}]}"
    )
    assert test.reading.problems == ()
    (case,) = test.spec.cases
    assert [mock.status for mock in case.mocks["t"]] == [500]
    assert [(mock.delay, mock.error) for mock in case.mocks["s"]] == [(2000, None), (None, "timeout")]


@pytest.mark.parametrize("version", ["1.2", "1.2.0.0", "v1.2.0", "latest"])
def test_a_version_is_three_numbers(version: str) -> None:
    text = workflow("tasks: [{id: a, taskRef: b}]").replace(
        "name: main", f"name: main\n  annotations: {{workflow.io/version: '{version}', other: x}}"
    )
    assert [(problem.kind, problem.node.text) for problem in read(text).reading.problems] == [
        ("invalid-value", version)
    ]


def test_every_field_says_what_it_is() -> None:
    for record in (WorkflowDocument, TaskDocument, Step, TaskSpec, Http, Retry):
        for spec in fields_of(record).values():
            assert spec.doc.endswith("."), (record, spec.name)
            assert spec.doc[0].isupper(), (record, spec.name)
            assert spec.shape.wanted


def test_examples_of_fields_can_be_read() -> None:
    """A fix puts them into the text."""
    for record in (Step, TaskSpec, Http, Retry):
        for spec in fields_of(record).values():
            if spec.example is not None:
                assert File.parse(f"{spec.name}: {spec.example}\n").documents[0].issues == ()
