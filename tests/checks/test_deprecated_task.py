"""WF804: tasks whose author says that another is to be used."""

from tests.support import check_diagnostics, task, workflow


def test_a_deprecated_task():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, description: größe, taskRef: old}
                                                 ^^^ WF804 `old` is deprecated: Use new
          - {id: b, taskRef: get-user, input: {id: "1"}, fallback: {taskRef: old, input: {}}}
                                                                             ^^^ WF804 `old` is deprecated:
    """),
        {
            "old.task.yaml": task(
                "type: http\nhttp: {method: GET, url: 'https://example.com'}\ndeprecated: Use new.", "old"
            ),
        },
    )
