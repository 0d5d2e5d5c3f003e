"""Semantic tokens: the parts of expressions and the names that refer, at their places in the text."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support import task, workflow, workspace_of
from wf_engine.editing import tokens
from wf_engine.text import Edit, Span
from wf_engine.workspace import Workspace

PATH = "main.workflow.yaml"


def found(workspace: Workspace, path: str = PATH, span: Span | None = None) -> list[tuple[str, str]]:
    """Text and kind of the tokens, by their offsets in the file."""
    text = workspace.files[path].text
    return [
        (text.slice(Span(token.start, token.end).shift(run.place.offset)), token.kind)
        for run in tokens(workspace, path, span)
        for token in run.tokens
    ]


def of(spec: str) -> list[tuple[str, str]]:
    return found(workspace_of(workflow(spec)))


def test_an_expression_in_a_string_is_taken_apart():
    said = of(
        "tasks:\n  - id: a\n    input: {x: \"größe 🙂 {{tasks.b-c.output[0].name ?? round(1.5) | f('s')}} end\"}\n"
    )
    assert said == [
        ("a", "step"), ("{{", "brace"), ("tasks", "root"), ("b-c", "step"), ("output", "property"), ("0", "number"),
        ("name", "property"), ("??", "operator"), ("round", "function"), ("1.5", "number"), ("|", "operator"),
        ("f", "function"), ("'s'", "string"), ("}}", "brace"),
    ]  # fmt: skip


def test_words_keys_and_braces_inside_expressions():
    said = of("tasks:\n  - id: a\n    condition: {if: \"{{input.x}} == null && true || 1 in {k: input['y']}\"}\n")
    assert ("null", "keyword") in said
    assert ("in", "keyword") in said
    assert ("k", "property") in said
    assert ("&&", "operator") in said
    assert said.count(("{{", "brace")) == 1


def test_a_step_is_a_step_wherever_it_is_named():
    said = of(
        "tasks:\n  - id: a\n  - id: b\n    taskRef: get-user\n    dependsOn: [a]\n    input: {id: \"{{tasks['a'].status}}\"}\n"
    )
    assert [each for each in said if each[1] == "step"] == [
        ("a", "step"),
        ("b", "step"),
        ("a", "step"),
        ("'a'", "step"),
    ]
    assert ("get-user", "task") in said


def test_what_makes_a_name_is_told_from_what_uses_it():
    workspace = workspace_of(workflow("tasks:\n  - id: a\n  - id: b\n    dependsOn: [a]\n"))
    declared = [token.declares for run in tokens(workspace, PATH) for token in run.tokens]
    assert declared == [True, True, False]


def test_steps_in_blocks_targets_and_the_output():
    said = of("""
        tasks:
          - id: a
            tasks:
              - id: inner
                workflowRef: child@1.2.0
            output: "{{tasks.inner.output}}"
          - id: b
            switch: {value: input.x, cases: [{match: 1, taskRef: get-user}], default: {taskRef: send-mail}}
            fallback: {output: "{{error.code}}"}
        output: {all: "{{tasks.a.output}}"}
        """)
    for expected in [("inner", "step"), ("child@1.2.0", "workflow"), ("send-mail", "task"), ("error", "root")]:
        assert expected in said
    assert said[-4:] == [("tasks", "root"), ("a", "step"), ("output", "property"), ("}}", "brace")]


def test_a_task_has_its_expressions():
    workspace = workspace_of(task('type: http\nhttp: {method: GET, url: "https://x.org/{{input.id | urlEncode}}"}\n'))
    assert found(workspace)[-5:] == [
        ("input", "root"), ("id", "property"), ("|", "operator"), ("urlEncode", "function"), ("}}", "brace"),
    ]  # fmt: skip


def test_a_broken_expression_keeps_what_can_be_read():
    said = of('tasks:\n  - id: a\n    input: {x: "{{tasks.b. + ) \'open"}\n')
    assert ("tasks", "root") in said
    assert ("'open", "string") in said


def test_documents_of_others_have_none():
    assert found(workspace_of('kind: Pod\nspec: {x: "{{a.b}}"}\n')) == []
    assert list(tokens(workspace_of(""), "nowhere.yaml")) == []


def test_of_a_range_come_the_segments_that_it_touches():
    steps = "".join(f"  - id: s{number}\n    taskRef: get-user\n" for number in range(500))
    workspace = workspace_of(workflow(f"tasks:\n{steps}"))
    at = workspace.files[PATH].text.value.index("s250")
    said = found(workspace, span=Span(at, at + 4))
    assert ("s250", "step") in said
    assert len(said) < 100
    before = {id(run.tokens) for run in tokens(workspace, PATH)}
    edited = workspace.edited(PATH, Edit(Span(at, at), "x"))
    again = [id(run.tokens) for run in tokens(edited, PATH)]
    assert len([each for each in again if each not in before]) <= 2


@given(st.text("{}[]()|?:.,'\"abc 01\n\\-é🙂", max_size=60))
def test_tokens_are_inside_the_text_and_in_order(piece):
    workspace = workspace_of(workflow('tasks:\n  - id: a\n    input: {x: "{{' + piece + "\n  - id: z\n"))
    for run in tokens(workspace, PATH):
        assert list(run.tokens) == sorted(run.tokens)
        for token in run.tokens:
            assert 0 <= token.start < token.end <= len(run.place.segment.text)
