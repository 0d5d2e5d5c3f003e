"""WF406: a property that the value can never have."""

from tests.support import check_diagnostics, check_fix, workflow


def test_of_an_output():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
            output: "größe {{tasks.a.output.nam}}"
                                            ^^^ WF406 Did you mean `name`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
            output: "größe {{tasks.a.output.name}}"
        """),
    )


def test_of_a_part_of_an_output():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: "{{tasks.a.output.address.town}}"
                                          ^^^^ WF406
    """)
    )


def test_of_a_block_with_an_output():
    check_diagnostics(
        workflow("""
        tasks:
          - id: block
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
            output: {city: "{{tasks.a.output.address.city}}"}
        output: "{{tasks.block.output.city}} {{tasks.block.output.town}}"
                                                                  ^^^^ WF406
    """)
    )


def test_of_a_sub_workflow():
    child = workflow(
        """
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        output: {name: "{{tasks.a.output.name}}", city: "{{tasks.a.output.address.city}}"}
    """,
        "child",
    )
    check_diagnostics(
        workflow("""
            tasks:
              - {id: c, workflowRef: child, input: {id: "1"}}
            output: "{{upper(tasks.c.output.name)}} {{tasks.c.output.town}}"
                                                                     ^^^^ WF406
        """),
        {"child.workflow.yaml": child},
    )


def test_a_part_of_a_step_that_is_none():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: "{{tasks.a.outptu.name}}"
                           ^^^^^^ WF406 Did you mean `output`?
    """)
    )


def test_headers_of_a_response_have_names_in_lower_case():
    check_fix(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        output:
          etag: "{{tasks.a.response.headers.etag}}"
          kind: "{{tasks.a.response.headers['Content-Type']}}"
                                            ^^^^^^^^^^^^^^ WF406 Did you mean `content-type`?
    """),
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        output:
          etag: "{{tasks.a.response.headers.etag}}"
          kind: "{{tasks.a.response.headers['content-type']}}"
    """),
    )
