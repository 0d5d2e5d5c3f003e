"""Signature help: the innermost call around the cursor and the argument that is being written."""

import pytest

from tests.support import with_cursor, workflow, workspace_of
from wf_engine.editing import signature

PATH = "main.workflow.yaml"


def at(expression: str) -> tuple[str, int | None] | None:
    text, offset = with_cursor(
        workflow(f"tasks:\n  - id: a\n    taskRef: get-user\n    input:\n      id: {expression}\n")
    )
    found = signature(workspace_of(text), PATH, offset)
    return (found.label.partition("(")[0], found.active) if found else None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"{{round($0)}}"', ("round", 0)),
        ('"{{round(1.5, $0)}}"', ("round", 1)),
        ('"{{round(1.5, 2, $0)}}"', ("round", 1)),
        ('"{{input.x | round($0)}}"', ("round", 1)),
        ('"{{replace(upper($0), 1, 2)}}"', ("upper", 0)),
        ('"{{replace(upper(input.x), $0"', ("replace", 1)),
        ('"{{replace([1, 2, {a: 1, b: 2}], $0', ("replace", 1)),
        ("\"{{join(input.x, ', $0", ("join", 1)),
        ('"größer 🙂 {{round($0', ("round", 0)),
        ('"{{coalesce(1, 2, 3, $0)}}"', ("coalesce", 0)),
        ('"{{(1, $0)}}"', None),
        ('"{{nothing($0)}}"', None),
        ('"{{round(1)$0}}"', None),
        ('"round($0"', None),
    ],
)
def test_the_call_around_the_cursor(expression, expected):
    assert at(expression) == expected


def of_pipeline(operation: str, more: str = "") -> tuple[str, str | None] | None:
    spec = f'tasks:\n  - id: a\n    transform:\n      input: "{{{{input.x}}}}"\n      pipeline:\n        - {operation}\n{more}'
    text, offset = with_cursor(workflow(spec))
    found = signature(workspace_of(text), PATH, offset)
    active = None if found is None or found.active is None else found.parameters[found.active]
    return (found.label, active) if found else None


SORT = "sort: {by?: …, order?: …}"
FILTER = "filter: {field?: …, operator?: …, value?: …, where?: …}"


@pytest.mark.parametrize("more", ["", "    - id: torn\n      taskRef: [x\n", "  # 🙂 größe\n"])
@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("sort: {by: $.na$0me}", (SORT, "by?: …")),
        ("sort: {by: $.name, order: $0}", (SORT, "order?: …")),
        ("sort: {$0", (SORT, "by?: …")),
        ("sort: {by: $.name, $0}", (SORT, "order?: …")),
        ("filter:\n            field: $.größe\n            value: 🙂$0\n", (FILTER, "value?: …")),
        ("filter:\n            field: $.name\n            o$0\n", (FILTER, "operator?: …")),
        ('filter: {where: "{{round($0"}', ("round(n: number, digits: number = 0) → number", "n: number")),
        ("reverse: {$0}", ("reverse: {}", None)),
        ("so$0rt", None),
        ("nothing: {a: $0}", None),
    ],
)
def test_the_operation_around_the_cursor(operation, expected, more):
    assert of_pipeline(operation, more) == expected


def test_parameters_are_parts_of_the_label_and_the_words_have_an_example():
    text, offset = with_cursor(workflow('tasks:\n  - {id: a, condition: {if: "startsWith($0)"}}\n'))
    found = signature(workspace_of(text), PATH, offset)
    assert all(each in found.label for each in found.parameters)
    assert "Example: `" in found.documentation


def test_documents_of_others_get_none():
    text, offset = with_cursor('kind: Pod\nx: "{{round($0)}}"\n')
    assert signature(workspace_of(text), PATH, offset) is None
    assert signature(workspace_of(text), "nowhere", 0) is None
