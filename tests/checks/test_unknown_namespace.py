"""WF308: a namespace in which nothing is defined."""

from tests.support import check_diagnostics, workflow


def test_a_misspelt_namespace():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, description: größe, taskRef: defualt/get-user, input: {id: "1"}}
                                                 ^^^^^^^ WF308 There is no namespace `defualt`. Did you
          - {id: b, workflowRef: defualt/any@1.0.0}
                                 ^^^^^^^ WF308 There is no namespace `defualt`. Did you mean `default`?
    """),
    )
