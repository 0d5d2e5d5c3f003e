"""Selection ranges: each around the one before, from a word of an expression to the whole file."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.support import with_cursor, workflow, workspace_of
from wf_engine.editing import selection

PATH = "main.workflow.yaml"


def pieces(source: str) -> list[str]:
    text, offset = with_cursor(source)
    return [text[span.start : span.end] for span in selection(workspace_of(text), PATH, offset)]


def test_from_a_word_of_an_expression_outwards():
    said = pieces(
        workflow('tasks:\n  - id: a\n    input:\n      x: "é {{ upper(tasks.b.out$0put) ?? 1 }}"\n  - id: c\n')
    )
    assert said[:9] == [
        "output",
        "tasks.b.output",
        "upper(tasks.b.output)",
        "upper(tasks.b.output) ?? 1",
        "{{ upper(tasks.b.output) ?? 1 }}",
        "é {{ upper(tasks.b.output) ?? 1 }}",
        '"é {{ upper(tasks.b.output) ?? 1 }}"',
        'x: "é {{ upper(tasks.b.output) ?? 1 }}"',
        'input:\n      x: "é {{ upper(tasks.b.output) ?? 1 }}"'.replace("      x", "        x"),
    ]


def test_from_a_key_to_its_entry_the_step_the_dash_and_the_list():
    said = pieces(workflow("tasks:\n  - id: a\n    task$0Ref: b\n  - id: c\n"))
    assert said[0] == "taskRef"
    assert said[1] == "taskRef: b"
    assert said[2].startswith("id: a")
    assert said[3].startswith("- id: a")
    assert said[4].startswith("- id: a")
    assert said[4].endswith("- id: c")


def test_in_documents_of_others_and_where_nothing_stands_there_is_the_file():
    assert pieces("kind: $0Pod\n") == ["kind: Pod\n"]
    assert pieces("$0") == [""]
    assert selection(workspace_of(""), "nowhere", 0) == ()


@given(st.text("ab:-#|{}[]\"' \n\r\t&*", max_size=60), st.integers(0, 200))
def test_each_range_holds_the_one_before_and_the_place(piece, offset):
    text = workflow("tasks:\n  - id: a\n") + piece + '\n  output: "{{tasks.a.output}}"\n'
    at = min(offset, len(text))
    spans = selection(workspace_of("").with_text(PATH, text), PATH, at)
    assert spans[-1] == (0, len(text))
    for inner, outer in pairwise(spans):
        assert outer.start <= inner.start <= at <= inner.end <= outer.end
        assert inner != outer
