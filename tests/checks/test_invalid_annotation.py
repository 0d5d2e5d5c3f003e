"""WF212: a version or a name in an annotation that is none."""

from tests.support import check_diagnostics


def test_a_version_of_two_numbers():
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: Workflow
        metadata: {name: main, annotations: {workflow.io/version: "1.2", größe: x}}
                                                                  ^^^^^ WF212 `1.2` is not a version such as
        spec: {tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]}
    """,
    )


def test_a_name():
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata:
          name: main
          annotations:
            workflow.io/name: Get User
                              ^^^^^^^^ WF212 `Get User` is not a name such as `get-user`
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
    """,
    )


def test_what_is_one():
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: Workflow
        metadata: {name: main, annotations: {workflow.io/version: 1.2.0-beta.1+7, workflow.io/name: other}}
        spec: {tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]}
    """,
    )
