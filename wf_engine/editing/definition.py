"""Definition: where the thing at the cursor comes from."""

from dataclasses import dataclass

from wf_engine.analysis import nested
from wf_engine.editing.cursor import Cursor, cursor_at
from wf_engine.editing.expression_at import chain_at, text_offset
from wf_engine.editing.hover import default_namespace
from wf_engine.expressions import Expr, Member, Name
from wf_engine.language import Step, shapes
from wf_engine.language.parameters import node_at
from wf_engine.syntax import Map, Node, Scalar
from wf_engine.text import Location, Span
from wf_engine.workspace import Definition, Workspace


@dataclass(frozen=True)
class Target:
    """Where something is defined; `origin` is the range at the cursor that leads there, in offsets of the file."""

    origin: Span
    location: Location


def definition(workspace: Workspace, path: str, offset: int) -> Target | None:
    """The definition of what stands at an offset."""
    cursor = cursor_at(workspace, path, offset)
    if cursor is None or not isinstance(cursor.node, Scalar):
        return None
    shape = cursor.field.shape
    if isinstance(shape, shapes.Ref):
        return _of_reference(cursor, cursor.node, shape.target)
    if isinstance(shape, shapes.StepId):
        return _target(cursor, cursor.span(cursor.node), _step_node(cursor, cursor.node.text))
    return _of_expression(cursor, cursor.node)


def _of_reference(cursor: Cursor, node: Scalar, kind: str) -> Target | None:
    found = find_definition(cursor, kind, node.text)
    if found is None or found.name_place is None:
        return None
    return Target(cursor.span(node), cursor.workspace.location(found.source, found.name_place))


def find_definition(cursor: Cursor, kind: str, ref: str) -> Definition | None:
    """The definition that a reference in the cursor's document means."""
    namespace = cursor.workflow.namespace if cursor.workflow else default_namespace()
    find = cursor.workspace.task if kind == "WorkflowTask" else cursor.workspace.workflow
    return find(ref, namespace)


def _target(cursor: Cursor, origin: Span, node: Node | None) -> Target | None:
    if node is None:
        return None
    return Target(origin, cursor.file.location(cursor.source.index, node.place))


def step_named(cursor: Cursor, name: str) -> Step | None:
    """The step of that id in the cursor's workflow."""
    workflow = cursor.workflow
    return next((step for step in nested(workflow.steps) if step.id == name), None) if workflow else None


def _step_node(cursor: Cursor, name: str) -> Node | None:
    step = step_named(cursor, name)
    return step.node.get("id") if step and step.node else None


def _of_expression(cursor: Cursor, node: Scalar) -> Target | None:
    site = cursor.site
    if site is None:
        return None
    offset = text_offset(node, cursor.offset - cursor.trail.base)
    for expr in chain_at(site.site, offset):
        if isinstance(expr, Member) and expr.name_span.contains(offset):
            origin = node.source_span(expr.name_span).shift(cursor.trail.base + cursor.start)
            return _of_member(cursor, expr, origin)
    return None


def names_of(expr: Expr) -> tuple[str, ...] | None:
    """`a.b.c` as names, None where it is no plain path."""
    names: list[str] = []
    while isinstance(expr, Member):
        names.append(expr.name)
        expr = expr.target
    return (expr.name, *reversed(names)) if isinstance(expr, Name) else None


def _of_member(cursor: Cursor, expr: Member, origin: Span) -> Target | None:
    names = names_of(expr)
    if names is None:
        return None
    if names[0] == "tasks" and len(names) <= 3:  # noqa: PLR2004 - tasks.ID and tasks.ID.output
        return _target(cursor, origin, _step_node(cursor, names[1]))
    if names[0] == "tasks" and names[2] == "output":
        return _of_property(cursor, names[1], names[3:], origin)
    if names[0] == "input":
        return _target(cursor, origin, _input_node(cursor, names[1]))
    return None


def _input_node(cursor: Cursor, name: str) -> Node | None:
    root = cursor.source.tree.root
    spec = root.get("spec") if isinstance(root, Map) else None
    declared = spec.get("input" if cursor.workflow else "inputSchema") if isinstance(spec, Map) else None
    if not isinstance(declared, Map):
        return None
    properties = declared.get("properties")
    owner = properties if isinstance(properties, Map) else declared
    pair = owner.pair(name)
    return pair.key if pair else None


def _of_property(cursor: Cursor, step_id: str, names: tuple[str, ...], origin: Span) -> Target | None:
    """A property of a step's output, in the schema of the task that it runs."""
    step = step_named(cursor, step_id)
    found = find_definition(cursor, "WorkflowTask", step.task_ref) if step and step.task_ref else None
    spec = found.model.spec.node if found and found.model.spec else None
    schema = spec.get("outputSchema") if spec else None
    key: Node | None = None
    for name in names:
        while isinstance(schema, Map) and schema.get("items") is not None and schema.get("properties") is None:
            schema = schema.get("items")
        properties = schema.get("properties") if isinstance(schema, Map) else None
        pair = properties.pair(name) if isinstance(properties, Map) else None
        if pair is None:
            break
        key, schema = pair.key, node_at(pair.value, ())
    if found is None or key is None:
        return None
    return Target(origin, cursor.workspace.location(found.source, key.place))


