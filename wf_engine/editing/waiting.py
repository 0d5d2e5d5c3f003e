"""What would go round in a circle: steps that wait for the step at the cursor, workflows that call this one."""

from collections.abc import Mapping

from wf_engine.analysis import Graph, facts_of, graph_of
from wf_engine.editing.cursor import Cursor
from wf_engine.language import DefinitionKey, Step, WorkflowSpec
from wf_engine.language.reading import read_step
from wf_engine.syntax import Map, Scalar, Seq, resolved
from wf_engine.workspace import Workspace


def cannot_wait_for(cursor: Cursor) -> frozenset[str]:
    """Ids that would make a cycle if the step at the cursor, or a step around it, read them."""
    workflow = cursor.workflow
    found: set[str] = set()
    for depth, node in enumerate(cursor.steps):
        name = node.get("id")
        if workflow is None or not isinstance(name, Scalar):
            continue
        graph = workflow.graph if depth == 0 else _graph_around(cursor, node)
        found |= {name.text, *waiting_for(graph, name.text)}
    return frozenset(found)


def waiting_for(graph: Graph, name: str) -> frozenset[str]:
    """The steps that wait for a step, directly or through others."""
    readers = _readers(graph.dependencies)
    found: set[str] = set()
    todo = [name]
    while todo:
        for reader in readers.get(todo.pop(), ()):
            if reader not in found:
                found.add(reader)
                todo.append(reader)
    return frozenset(found)


def _readers(dependencies: Mapping[str, tuple[str, ...]]) -> Mapping[str, list[str]]:
    readers: dict[str, list[str]] = {}
    for step, read in dependencies.items():
        for name in read:
            readers.setdefault(name, []).append(step)
    return readers


def _graph_around(cursor: Cursor, node: Map) -> Graph:
    """The graph of the block that a step stands in."""
    block = next(
        c.container
        for c in cursor.trail.crumbs
        if isinstance(c.container, Seq) and node in map(resolved, c.container.items)
    )
    steps: list[Step] = [read_step(item) for item in map(resolved, block.items) if isinstance(item, Map)]
    return graph_of([(facts.id, facts.dependencies) for facts in map(facts_of, steps)])


def calling(workspace: Workspace, own: DefinitionKey) -> frozenset[DefinitionKey]:
    """A workflow with all that call it, directly or through others."""
    callers: dict[DefinitionKey, list[DefinitionKey]] = {}
    for definition in workspace.definitions("Workflow"):
        spec = definition.model.spec
        steps = spec.tasks if isinstance(spec, WorkflowSpec) and spec.tasks else ()
        for ref in {ref for step in steps for kind, ref in facts_of(step).refs if kind == "Workflow"}:
            called = workspace.workflow(ref, definition.key.namespace)
            if called is not None:
                callers.setdefault(called.key, []).append(definition.key)
    found, todo = {own}, [own]
    while todo:
        for caller in callers.get(todo.pop(), ()):
            if caller not in found:
                found.add(caller)
                todo.append(caller)
    return frozenset(found)
