"""WF601: steps that wait for each other."""

from tests.support import check_diagnostics, workflow


def test_every_edge_is_shown():
    found = check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{tasks.b.output.name}}"}}
                                                            ^^^^^^^ WF601 a → b → c → a
                                                            ^^^^^^^ related `a` waits for `b`
          - {id: b, taskRef: get-user, input: {id: "1"}, dependsOn: [c]}
                                                                     ^ related `b` waits for `c`
          - id: c
            taskRef: get-user
            condition: {if: "tasks.a.output.name == 'x'"}
                             ^^^^^^^ related `c` waits for `a`
            input: {id: "1"}
    """)
    )
    assert len(found[0].related) == 3


def test_in_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}, dependsOn: [b]}
                                                                         ^ WF601
                                                                         ^ related `a` waits for `b`
              - {id: b, taskRef: get-user, input: {id: "1"}, dependsOn: [a]}
                                                                         ^ related `b` waits for `a`
    """)
    )


def test_through_what_a_block_reads():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{tasks.b.output.name}}"}}
                                                          ^^^^^^^ WF601
                                                          ^^^^^^^ related `block` waits for `b`
            output: {name: "{{tasks.a.output.name}}"}
          - {id: b, taskRef: get-user, input: {id: "{{tasks.block.output.name}}"}}
                                                      ^^^^^^^^^^^ related `b` waits for `block`
    """)
    )
