"""WF702: time zones that there are not."""

from tests.support import check_diagnostics, check_fix, workflow


def test_a_misspelt_zone():
    check_fix(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", timezone: Europe/Berln}
                                                                 ^^^^^^^^^^^^ WF702 There is no time zone
    """),
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", timezone: Europe/Berlin}
    """),
    )


def test_what_is_no_name_at_all():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", timezone: ../../etc/passwd}
                                                                 ^^^^^^^^^^^^^^^^ WF702 There is no time
          - {type: schedule, id: b, cron: "0 6 * * *", timezone: Europe}
                                                                 ^^^^^^ WF702 There is no time zone
          - {type: schedule, id: c, cron: "0 6 * * *", timezone: UTC}
    """),
    )
