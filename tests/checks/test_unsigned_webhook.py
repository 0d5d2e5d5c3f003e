"""WF709: webhooks that take requests from anybody."""

from tests.support import check_diagnostics, workflow


def test_without_a_secret():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: webhook, id: a, path: a}
                   ^^^^^^^ WF709 This webhook has no `secretRef`: whoever knows its address can start the
    """),
    )


def test_with_one():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: webhook, id: a, path: a, secretRef: KEY}
    """),
    )
