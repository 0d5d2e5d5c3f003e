"""WF408: a property that the schema does not name."""

from tests.support import check_diagnostics, check_fix, workflow


def test_an_output_that_names_its_properties():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {to: "ä", count: 1}}
            output: "{{tasks.a.output.snet}}"
                                      ^^^^ WF408 Did you mean `sent`?
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {to: "ä", count: 1}}
            output: "{{tasks.a.output.sent}}"
        """),
    )


def test_an_output_that_says_nothing():
    other = """
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: anything}
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
    """
    check_diagnostics(
        workflow("""
            tasks:
              - {id: a, taskRef: anything}
            output: "{{tasks.a.output.what.ever[0]}}"
        """),
        {"anything.task.yaml": other},
    )
