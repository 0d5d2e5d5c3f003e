"""Call hierarchy: who runs a task or a workflow, and what it runs."""

from tests.editing.naming import CHILD, MAIN, TASK, at
from tests.support import with_cursor, workflow, workspace_of
from wf_engine.editing import callables, incoming, outgoing


def test_what_is_named_and_what_the_document_defines():
    workspace, offset = at("workflowRef: chi$0ld")
    (child,) = callables(workspace, MAIN, offset)
    assert (child.key.name, child.key.version, child.path) == ("child", "1.0.0", CHILD)
    assert workspace.files[CHILD].text.slice(child.name_span) == "child"
    (main,) = callables(workspace, MAIN, 0)
    assert main.key.name == "main"
    assert callables(workspace, "nowhere.yaml", 0) == ()


def test_incoming_and_outgoing_meet():
    workspace, offset = at("{name: get-us$0er", TASK)
    (task,) = callables(workspace, TASK, offset)
    calls = incoming(workspace, task.key)
    assert [(call.other.key.name, len(call.places)) for call in calls] == [("child", 1), ("main", 2)]
    assert outgoing(workspace, task.key) == ()
    runs = outgoing(workspace, calls[1].other.key)
    assert [
        (call.other.key.name, [workspace.files[MAIN].text.slice(p.span) for p in call.places]) for call in runs
    ] == [
        ("get-user", ["get-user", "get-user"]),
        ("child", ["child"]),
    ]


def test_in_a_broken_document_with_references_to_nothing():
    text, offset = with_cursor(
        workflow("""
        tasks:
          - id: 🙂 x: [
          - {id: a, taskRef: get-u$0ser}
          - {id: b, taskRef: nobody}
        """)
    )
    workspace = workspace_of(text)
    (found,) = callables(workspace, MAIN, offset)
    (call,) = incoming(workspace, found.key)
    assert [each.path for each in call.places] == [MAIN]
    assert [each.other.key.name for each in outgoing(workspace, call.other.key)] == ["get-user"]
