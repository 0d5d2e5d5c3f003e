"""WF601 cycle."""

from collections.abc import Iterator

from wf_engine.analysis import Graph, WorkflowAnalysis, blocks, facts_of, graph_of
from wf_engine.analysis.places import dependency_place
from wf_engine.checks.base import Draft, check
from wf_engine.language import Step
from wf_engine.syntax import Place
from wf_engine.text import Severity


@check("workflow", "WF601", "cycle", Severity.ERROR, "Steps that wait for each other.")
def cycle(workflow: WorkflowAnalysis) -> Iterator[Draft]:
    """One diagnostic a knot of steps; every edge on the way round is related information."""
    for steps, graph in scopes(workflow):
        by_id = {step.id: step for step in reversed(steps) if step.id} if graph.cycles else {}
        for names in graph.cycles:
            edges = [
                (dependency_place(by_id[name], following), f"`{name}` waits for `{following}`")
                for name, following in zip(names, (*names[1:], names[0]), strict=True)
            ]
            known: list[tuple[Place, str]] = [(place, text) for place, text in edges if place is not None]
            if known:
                way = " → ".join((*names, names[0]))
                yield Draft(
                    known[0][0], f"these steps wait for each other: {way}", "remove one of the references", tuple(known)
                )


def scopes(workflow: WorkflowAnalysis) -> Iterator[tuple[tuple[Step, ...], Graph]]:
    """The steps of every scope with their graph, the workflow's own first."""
    yield workflow.steps, workflow.graph
    for number in workflow.layout.holders:
        yield from _inner_scopes(workflow.steps[number])


def _inner_scopes(step: Step) -> Iterator[tuple[tuple[Step, ...], Graph]]:
    for block in blocks(step):
        yield block.steps, graph_of([(inner.id, facts_of(inner).dependencies) for inner in block.steps])
        for inner in block.steps:
            yield from _inner_scopes(inner)
