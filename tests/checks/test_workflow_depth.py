"""WF608: sub-workflows too deep in one another."""

from tests.support import check_diagnostics, workflow


def chain(count: int) -> dict[str, str]:
    """Workflows w1, w2, … each of which runs the next."""
    texts = {f"w{count}.workflow.yaml": workflow("tasks: [{id: a, taskRef: get-user, input: {id: '1'}}]", f"w{count}")}
    for number in range(1, count):
        texts[f"w{number}.workflow.yaml"] = workflow(f"tasks: [{{id: a, workflowRef: w{number + 1}}}]", f"w{number}")
    return texts


def test_six():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, description: größe, workflowRef: w1}
                                                     ^^ WF608 Sub-workflows stand at most 5 deep in one
    """),
        chain(6),
    )


def test_five():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, workflowRef: w1}
    """),
        chain(5),
    )
