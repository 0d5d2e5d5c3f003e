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


def test_parameters_are_parts_of_the_label_and_the_words_have_an_example():
    text, offset = with_cursor(workflow('tasks:\n  - {id: a, condition: {if: "startsWith($0)"}}\n'))
    found = signature(workspace_of(text), PATH, offset)
    assert all(each in found.label for each in found.parameters)
    assert "Example: `" in found.documentation


def test_documents_of_others_get_none():
    text, offset = with_cursor('kind: Pod\nx: "{{round($0)}}"\n')
    assert signature(workspace_of(text), PATH, offset) is None
    assert signature(workspace_of(text), "nowhere", 0) is None
