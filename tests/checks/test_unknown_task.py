"""WF301: a reference to a task that there is not."""

from tests.support import MAIN, check_diagnostics, check_fix, workflow, workspace_of
from wf_engine.checks import diagnostics


def test_a_misspelt_name():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: get-usr
                         ^^^^^^^ WF301 Did you mean `get-user`?
                input: {id: "1"}
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_what_it_gives_may_be_anything():
    check_diagnostics(
        workflow("""
        tasks:
          - id: größe-1
                ^^^^^^^ WF204
            taskRef: nothing-like-it
                     ^^^^^^^^^^^^^^^ WF301 kind: WorkflowTask
          - id: b
            taskRef: nothing-like-it
                     ^^^^^^^^^^^^^^^ WF301
        output: "{{tasks.b.output.any.thing[3]}}"
    """)
    )


def test_in_every_target_of_a_step():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "ä"}
            condition: {if: "execution.id != ''", else: {taskRef: get-usr}}
                                                                  ^^^^^^^ WF301
            fallback: {taskRef: send-male}
                                ^^^^^^^^^ WF301
    """)
    )


def test_a_bare_name_is_looked_for_in_its_own_namespace():
    other = """
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: ping, namespace: ops}
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
    """
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: ping}
                                 ^^^^ WF301 Did you mean `ops/ping`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: ops/ping}
        """),
        files={"ops.task.yaml": other},
    )


def test_nothing_is_missed_while_files_are_being_read():
    source = workflow("""
        tasks:
          - {id: a, taskRef: get-usr}
    """)
    assert diagnostics(workspace_of(source).completed(complete=False), MAIN) == ()


def test_a_workflow_of_that_name():
    found = check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: other}
                             ^^^^^ WF301 There is no task `other`
    """),
        {"other.yaml": workflow('tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]\n', "other")},
    )
    assert found[0].hint == "There is a workflow of this name: write `workflowRef: other`"
