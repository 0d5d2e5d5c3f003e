"""WF701: schedules that are none."""

from tests.support import check_diagnostics, workflow


def test_fields_that_are_none():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "60 6 * * 1"}
                                          ^^^^^^^^^^^^ WF701 `60` is no minute: 0 to 59, `*`, `*/n`, lists
          - {type: schedule, id: b, cron: "0 6 * FOO 1"}
                                          ^^^^^^^^^^^^^ WF701 `FOO` is no month: 1 to 12, or JAN to DEC,
          - {type: schedule, id: c, cron: "0 6 * * 1 2026"}
                                          ^^^^^^^^^^^^^^^^ WF701 `0 6 * * 1 2026` has 6 fields, and a
          - {type: schedule, id: d, cron: ""}
                                          ^^ WF701 `` has no fields, and a schedule has five: minute, hour,
          - {type: schedule, id: e, cron: "0 6 5-1 * *"}
                                          ^^^^^^^^^^^^^ WF701 `5-1` is no day of the month: 1 to 31, `*`,
    """),
    )


def test_a_day_that_never_comes():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 30 2 *"}
                                          ^^^^^^^^^^^^ WF701 `0 6 30 2 *` never comes: no such day is in
    """),
    )


def test_what_is_one():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "*/15 0-6 1,15 JAN-DEC MON"}
          - {type: schedule, id: b, cron: "0 6 L * *"}
    """),
    )
