"""Document symbols: the outline, and that a step keeps its symbol while it only moves."""

import pytest

from tests.editing.completing import TASKS
from tests.support import workflow, workspace_of
from wf_engine.editing import PlacedSymbol, Symbol, symbols
from wf_engine.text import Edit, Span
from wf_engine.workspace import Workspace

PATH = "main.workflow.yaml"


def outline(text: str) -> list[object]:
    workspace = Workspace.of({PATH: text, "tasks.task.yaml": TASKS})
    return [of(text, each) for each in symbols(workspace, PATH)]


def of(text: str, placed: PlacedSymbol) -> object:
    symbol = placed.symbol
    inner = [of(text, each) for each in placed.children] or [
        of(text, PlacedSymbol(placed.base, placed.line, s)) for s in symbol.children
    ]
    assert inside(symbol)
    name = text[symbol.name_span.start + placed.base : symbol.name_span.end + placed.base]
    assert symbol.name in (name, "(no id)", "(no name)")
    return (symbol.kind, symbol.name, symbol.detail, *([inner] if inner else []))


def inside(symbol: Symbol) -> bool:
    return symbol.span.start <= symbol.name_span.start <= symbol.name_span.end <= symbol.span.end


SMALL = workflow("""
    input:
      userId: {type: string}
      größe: {type: integer}
    tasks:
      - id: first
        taskRef: get-user
      - id: block
        tasks:
          - {id: inner, taskRef: send-mail}
      - id: choice
        switch:
          value: 1
          cases:
            - match: 1
              tasks: [{id: deep, taskRef: get-user}]
      - taskRef: get-user
    """)


def test_a_workflow_shows_its_inputs_and_its_steps_with_those_inside_them():
    assert outline(SMALL) == [
        ("workflow", "main", "Workflow", [
            ("input", "userId", "input"),
            ("input", "größe", "input"),
            ("step", "first", "get-user"),
            ("step", "block", "block", [("step", "inner", "send-mail")]),
            ("step", "choice", "", [("step", "deep", "get-user")]),
            ("step", "(no id)", "get-user"),
        ]),
    ]  # fmt: skip


def test_every_document_of_a_file_is_shown_and_none_of_others():
    assert [kind for kind, *_ in outline(f"{TASKS}---\napiVersion: v1\nkind: Pod\n---\n{SMALL}")] == [
        "task",
        "task",
        "workflow",
    ]
    assert outline("") == []
    assert outline("apiVersion: workflow.io/v1\nkind: Workflow\n") == [("workflow", "(no name)", "Workflow")]


def long(steps: int) -> str:
    block = "\n        tasks:\n" + "".join(f"          - {{id: in{n}, taskRef: get-user}}\n" for n in range(60))
    body = "".join(f"      - id: s{n}\n        taskRef: get-user\n        timeout: 3s\n" for n in range(steps))
    return workflow(f"\n    tasks:\n{body}      - id: block{block}")


def test_a_block_that_is_cut_into_parts_is_shown_whole():
    text = long(40)
    (workflow_symbol,) = outline(text)
    assert isinstance(workflow_symbol, tuple)
    assert workflow_symbol[3][-1][:3] == ("step", "block", "block")
    assert [name for _, name, *_ in workflow_symbol[3][-1][3]] == [f"in{n}" for n in range(60)]


@pytest.mark.parametrize(("old", "new"), [("timeout: 3s", "timeout: 30s"), ("- id: s3\n", "- id: s3\n\n")])
def test_a_step_that_only_moves_keeps_its_symbol(old, new):
    text = long(60)
    workspace = workspace_of("").with_text(PATH, text)
    before = symbols(workspace, PATH)[0].children
    at = text.index(old)
    after = symbols(workspace.edited(PATH, Edit(Span(at, at + len(old)), new)), PATH)[0].children
    same = sum(a.symbol is b.symbol for a, b in zip(before, after, strict=True))
    assert same >= len(before) - 2
    edited = text[:at] + new + text[at + len(old) :]
    assert [of(edited, each) for each in after] == [of(text, each) for each in before]


def test_a_step_that_an_alias_stands_for_is_shown_where_it_is_written():
    text = workflow("""
        tasks:
          - &first {id: first, taskRef: get-user}
          - *first
          - {id: last, taskRef: get-user}
        """)
    assert [name for _, name, *_ in outline(text)[0][3]] == ["first", "first", "last"]
