"""Folding: blocks, items, block scalars, comments, long templates and documents; never a single line."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support import workflow, workspace_of
from wf_engine.editing import folding
from wf_engine.workspace import Workspace

PATH = "main.workflow.yaml"
HEAD = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata:\n  name: main\nspec:\n"


def lines(workspace: Workspace) -> list[tuple[int, int]]:
    """First and last line of what may be folded."""
    text = workspace.files[PATH].text
    return [(text.position(fold.start).line, text.position(fold.end).line) for fold in folding(workspace, PATH)]


def test_blocks_items_block_scalars_and_flow():
    source = workflow("""
          description: |
            one
            two

          tasks:
            - id: a
              input: {
                x: 1
              }
            - id: b
          output:
            x: 1

        """)
    said = lines(workspace_of(source))
    assert (2, 3) in said  # metadata
    assert (4, 16) in said  # spec
    assert (5, 7) in said  # the description without the blank line behind it
    assert (9, 14) in said  # tasks
    assert (10, 13) in said  # the item a
    assert (11, 13) in said  # its input
    assert (15, 16) in said
    assert not any(first == last for first, last in said)


def test_comments_and_templates_over_several_lines():
    source = workflow("""
          # one
          # two
          # three
          #
          tasks:
            - id: a # not this one
              # nor this
              input:
                x: >-
                  {{ input.a
                     | upper }}
        """)
    workspace = workspace_of(source)
    text = workspace.files[PATH].text
    comments = [fold for fold in folding(workspace, PATH) if fold.comment]
    assert [(text.position(each.start).line, text.position(each.end).line) for each in comments] == [(5, 8)]
    assert (14, 15) in lines(workspace)


def test_each_document_of_several():
    source = f"{HEAD}  tasks:\n    - id: a\n---\n{HEAD}  tasks:\n    - id: b\n"
    assert {(0, 6), (7, 14)} <= set(lines(workspace_of(source)))


def test_a_large_workflow_folds_its_steps_and_all_of_them():
    steps = "".join(f"    - id: s{number}\n      taskRef: get-user\n" for number in range(400))
    said = lines(workspace_of(f"{HEAD}  tasks:\n{steps}"))
    assert (5, 805) in said
    assert (4, 805) in said
    assert sum(last == first + 1 for first, last in said) >= 400


def test_other_line_ends_and_documents_of_others():
    said = lines(workspace_of(f"{HEAD}  tasks:\n    - id: a\n      taskRef: b\n".replace("\n", "\r\n")))
    assert (5, 7) in said
    assert lines(workspace_of("kind: Pod\nspec:\n  a:\n    b: 1\n")) == []


@given(st.text("ab:-#|{}[]\"' \n\r\t&*", max_size=80))
def test_folds_are_inside_the_text_and_more_than_a_line(piece):
    workspace = workspace_of(f"{HEAD}  tasks:\n    - id: a\n{piece}\n  output: 1\n")
    text = workspace.files[PATH].text
    for fold in folding(workspace, PATH):
        assert 0 <= fold.start < fold.end <= len(text)
        assert text.position(fold.end).line > text.position(fold.start).line
