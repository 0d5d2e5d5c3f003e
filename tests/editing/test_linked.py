"""Linked editing: at the place that makes a name, all places of the document that use it."""

import pytest

from tests.support import with_cursor, workflow, workspace_of
from wf_engine.editing import linked

PATH = "main.workflow.yaml"
SPEC = """
    tasks:
      - id: fi$0rst
        taskRef: get-user
        description: größe 🙂
      - id: second
        dependsOn: [first]
        input: {x: "{{tasks.first.output}} {{tasks['first'].status}}"}
    """


def at(spec: str) -> list[str]:
    text, offset = with_cursor(workflow(spec))
    return [text[span.start : span.end] for span in linked(workspace_of(text), PATH, offset)]


def test_an_id_changes_together_with_what_reads_it():
    found = at(SPEC)
    assert set(found) == {"first"}
    assert len(found) >= 3
    assert at(SPEC.replace("fi$0rst", "first$0")) == found


@pytest.mark.parametrize(
    "spec",
    [SPEC.replace("fi$0rst", "first").replace("[first]", "[fi$0rst]"), "tasks:\n  - id: o$0nly\n", "tas$0ks: []\n"],
)
def test_where_a_name_is_used_or_stands_alone_nothing_is_linked(spec):
    assert at(spec) == []
    assert linked(workspace_of(""), "nowhere", 0) == ()
