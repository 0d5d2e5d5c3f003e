"""WF531: a mocked answer that the service would not give."""

from tests.support import check_diagnostics, workflow

FILES = {
    "child.workflow.yaml": workflow("tasks:\n  - {id: a, taskRef: send-mail, input: {to: x, count: 1}}\n", "child")
}


def test_bodies() -> None:
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTest
        metadata: {name: t}
        spec:
          workflow: child
          cases:
            - name: wrong
              mocks: {send-mail: {body: {sent: maybe}}}
                                               ^^^^^ WF531 `body.sent`
            - name: of a step, in a list
              mocks:
                a:
                  - {body: {sent: true}}
                  - {body: {}}
                           ^^ WF531 partial: true
            - name: only a part, and no success
              mocks:
                send-mail: [{body: {}, partial: true}, {status: 500, body: oops}, {error: timeout, delay: 1s}]
        """,
        FILES,
    )


def test_all_that_a_body_lacks_is_one_finding() -> None:
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTest
        metadata: {name: t}
        spec:
          workflow: child
          cases:
            - name: wrong
              mocks: {get-user: {body: {id: "1", tags: [], manager: null}}}
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF531 lacks the required properties `name` and `address`
        """,
        FILES,
    )
