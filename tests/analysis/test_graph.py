"""The step graph: who waits for whom, and circles."""

from hypothesis import given
from hypothesis import strategies as st

from tests.checks.rich import FILES
from tests.support import workflow
from wf_engine.analysis import analyse_workflow, graph_of, step_dependencies
from wf_engine.analysis.views import settling
from wf_engine.workspace import Workspace

NAMES = [f"s{number}" for number in range(7)]
GRAPHS = st.lists(st.lists(st.sampled_from(NAMES), max_size=4).map(tuple), min_size=1, max_size=7)


@given(GRAPHS)
def test_cycles_are_circles_and_none_is_missed(waits: list[tuple[str, ...]]) -> None:
    graph = graph_of(list(zip(NAMES, waits, strict=False)))
    for cycle in graph.cycles:
        assert len(set(cycle)) == len(cycle) > 1
        for name, following in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert following in graph.dependencies[name]
    in_circles = {name for name in graph.dependencies if graph.reaches(name, name)}
    assert bool(in_circles) == bool(graph.cycles)
    assert {name for cycle in graph.cycles for name in cycle} <= in_circles


def test_a_cycle_begins_with_what_stands_first() -> None:
    assert graph_of([("a", ("c",)), ("b", ("a",)), ("c", ("b",))]).cycles == (("a", "c", "b"),)
    assert graph_of([("a", ("a", "none"))]).cycles == ()


def test_dependencies() -> None:
    workspace = Workspace.of(FILES)
    analysis = analyse_workflow(workspace, workspace.files["rich.workflow.yaml"].documents[0])
    assert analysis is not None
    assert {step.id: step_dependencies(step) for step in analysis.steps} == {
        "user": (),
        "address": ("user",),
        "mails": ("user", "address"),
        "route": ("user",),
        "sub": ("mails", "route", "user"),
        "hidden": (),
        "last": ("mails", "sub"),
    }


def test_a_block_waits_for_what_its_steps_and_its_output_read() -> None:
    source = workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - {id: b, taskRef: get-user, input: {id: "1"}}
          - id: block
            tasks:
              - id: deep
                tasks:
                  - {id: inner, taskRef: get-user, input: {id: "{{tasks.a.output.id}}"}}
                output: "{{tasks.inner.output.id}}"
            output: "{{tasks.b.output.id}}{{tasks.deep.output}}"
            fallback: {output: "{{tasks.inner.output.id}}"}
    """)
    workspace = Workspace.of({"a.workflow.yaml": source})
    analysis = analyse_workflow(workspace, workspace.files["a.workflow.yaml"].documents[0])
    assert analysis is not None
    # `inner` is read where it cannot be seen, so it means a step outside
    assert step_dependencies(analysis.steps[2]) == ("b", "inner", "a")
    assert analysis.facts[2].ids == ("block", "deep", "inner")


@given(GRAPHS)
def test_outputs_settle_in_an_order_in_which_each_is_known(waits: list[tuple[str, ...]]) -> None:
    lines = []
    for name, others in zip(NAMES, waits, strict=False):
        read = ", ".join('"{{tasks.' + other + '.output}}"' for other in others)
        lines.append(f"  - id: {name}\n    tasks: [{{id: in-{name}, taskRef: x}}]\n    output: [{read}]")
    tasks = "\n".join(lines)
    workspace = Workspace.of({"a.workflow.yaml": workflow(f"tasks:\n{tasks}")})
    analysis = analyse_workflow(workspace, workspace.files["a.workflow.yaml"].documents[0])
    assert analysis is not None
    facts = {each.id: each for each in analysis.facts if each.id}
    order = settling(facts)
    for number, name in enumerate(order):
        read = {other for root, other in facts[name].output_reads if root == "tasks" and other in facts}
        assert read <= set(order[:number])
    left = facts.keys() - order
    for name in left:
        assert {other for _, other in facts[name].output_reads} & left
