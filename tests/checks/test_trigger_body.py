"""WF710: triggers whose fields are not those of their type."""

from tests.support import check_diagnostics, workflow


def test_what_is_missing():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a}
                   ^^^^^^^^ WF710 `cron` is missing: a schedule has no other times
          - {type: webhook, id: b, secretRef: KEY}
                   ^^^^^^^ WF710 `path` is missing: a webhook has no other address
    """),
    )


def test_what_belongs_to_the_other():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", methods: [POST]}
                                                       ^^^^^^^ WF710 `methods` belongs to a webhook, and
          - {type: webhook, id: b, path: b, secretRef: KEY, timezone: UTC}
                                                            ^^^^^^^^ WF710 `timezone` belongs to a
    """),
    )
