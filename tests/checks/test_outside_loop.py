"""WF413: `forEach` where there is no loop."""

from tests.support import check_diagnostics, workflow


def test_outside_of_a_loop():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe {{forEach.item}}"}}
                                                            ^^^^^^^ WF413 There is no loop around this, so
    """),
    )


def test_in_the_items_and_the_condition_of_the_loop_itself():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            condition: {if: "forEach.item != ''"}
                             ^^^^^^^ WF413 There is no loop around this, so `forEach` has nothing to say
            forEach: {items: "{{forEach.index}}"}
                                ^^^^^^^ WF413 There is no loop around this, so `forEach` has nothing to say
            input: {id: "{{forEach.item}}"}
    """),
    )


def test_in_the_output():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, forEach: {items: "{{[1]}}"}}
        output: {x: "{{forEach.item}}"}
                       ^^^^^^^ WF413 There is no loop around this, so `forEach` has nothing to say
    """),
    )


def test_in_the_loop_around_a_block():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            forEach: {items: "{{['1']}}"}
            tasks:
              - {id: b, taskRef: get-user, input: {id: "{{forEach.item}}"}}
    """),
    )
