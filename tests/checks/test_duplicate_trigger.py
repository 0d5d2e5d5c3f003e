"""WF309: two triggers with the same id."""

from tests.support import check_diagnostics, workflow


def test_the_later_one():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 2 * * *"}
                                 ^ related the first `a`
          - {type: webhook, id: a, path: a, secretRef: KEY}
                                ^ WF309 There is a trigger `a` already
    """),
    )
