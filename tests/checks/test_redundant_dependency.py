"""WF605: entries of `dependsOn` that say what is so without them."""

from tests.support import check_diagnostics, check_fix, workflow


def test_what_is_read_anyway():
    check_fix(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: größe, count: 1}}
          - {id: b, taskRef: send-mail, dependsOn: [a], input: {to: "{{toString(tasks.a.output.sent)}}", count: 1}}
                                                    ^ WF605 `b` waits for `a` without this: it reads
    """),
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: größe, count: 1}}
          - {id: b, taskRef: send-mail, input: {to: "{{toString(tasks.a.output.sent)}}", count: 1}}
    """),
    )


def test_what_another_waits_for():
    check_fix(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
          - {id: b, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [a]}
          - {id: c, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [b]}
          - id: d
            taskRef: send-mail
            dependsOn:
              - a
                ^ WF605 `d` waits for `a` without this: another step that it waits for does so
              - c
            input: {to: a, count: 1}
    """),
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
          - {id: b, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [a]}
          - {id: c, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [b]}
          - id: d
            taskRef: send-mail
            dependsOn:
              - c
            input: {to: a, count: 1}
    """),
    )


def test_twice():
    check_fix(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
          - {id: b, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [a, a]}
                                                                                 ^ WF605 `b` waits for `a`
    """),
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
          - {id: b, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [a]}
    """),
    )


def test_in_a_block():
    check_fix(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
              - id: b
                taskRef: send-mail
                dependsOn: [a]
                            ^ WF605 `b` waits for `a` without this: it reads `tasks.a`
                input: {to: "{{toString(tasks.a.output.sent)}}", count: 1}
    """),
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
              - id: b
                taskRef: send-mail
                input: {to: "{{toString(tasks.a.output.sent)}}", count: 1}
    """),
    )


def test_what_nothing_else_says():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: a, count: 1}}
          - {id: b, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [a]}
          - {id: c, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [a]}
          - {id: d, taskRef: send-mail, input: {to: a, count: 1}, dependsOn: [b, c]}
    """),
    )
