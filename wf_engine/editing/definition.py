"""Definition: where the thing at the cursor comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from wf_engine.analysis import nested
from wf_engine.editing.cursor import Cursor, cursor_at
from wf_engine.editing.expression_at import chain_at, text_offset
from wf_engine.expressions import Expr, Index, Literal, Member, Name
from wf_engine.language import Step, default, shapes
from wf_engine.language.workflow import ForEach
from wf_engine.syntax import Map, Node, Scalar, resolved
from wf_engine.text import Location, Span
from wf_engine.workspace import Definition, Workspace

_OUTPUT = 3
"""Names in `tasks.ID.output`."""


@dataclass(frozen=True)
class Target:
    """Where something is defined; `origin` is the range at the cursor that leads there, in offsets of the file."""

    origin: Span
    location: Location


def definition(workspace: Workspace, path: str, offset: int) -> Target | None:
    """The definition of what stands at an offset."""
    cursor = cursor_at(workspace, path, offset)
    if cursor is None or not isinstance(cursor.node, Scalar) or cursor.trail.on_key:
        return None
    shape = cursor.field.shape
    if isinstance(shape, shapes.Ref):
        return _of_reference(cursor, cursor.node, shape.target)
    if isinstance(shape, shapes.StepId):
        return _here(cursor, cursor.span(cursor.node), _step_node(cursor, cursor.node.text))
    return _of_expression(cursor, cursor.node)


def _of_reference(cursor: Cursor, node: Scalar, kind: str) -> Target | None:
    found = _find(cursor, kind, node.text)
    if found is None or found.name_place is None:
        return None
    return Target(cursor.span(node), cursor.workspace.location(found.source, found.name_place))


def _find(cursor: Cursor, kind: str, ref: str) -> Definition | None:
    """The definition that a reference in the cursor's document means."""
    find = cursor.workspace.task if kind == "WorkflowTask" else cursor.workspace.workflow
    return find(ref, cursor.namespace)


def _here(cursor: Cursor, origin: Span, node: Node | None) -> Target | None:
    if node is None:
        return None
    return Target(origin, cursor.file.location(cursor.source.index, node.place))


def _step_named(cursor: Cursor, name: str) -> Step | None:
    workflow = cursor.workflow
    return next((step for step in nested(workflow.steps) if step.id == name), None) if workflow else None


def _step_node(cursor: Cursor, name: str) -> Node | None:
    step = _step_named(cursor, name)
    return step.node.get("id") if step and step.node else None


def _of_expression(cursor: Cursor, node: Scalar) -> Target | None:
    site = cursor.site
    if site is None:
        return None
    offset = text_offset(node, cursor.offset - cursor.trail.base)
    for expr in chain_at(site.site, offset):
        if isinstance(expr, Member) and expr.name_span.contains(offset):
            origin = node.source_span(expr.name_span).shift(cursor.trail.base + cursor.start)
            names = names_of(expr)
            return _of_path(cursor, names, origin) if names else None
    return None


def names_of(expr: Expr) -> tuple[str, ...] | None:
    """`a.b[0].c` as the names `a`, `b`, `c`; None where it is no path."""
    names: list[str] = []
    while True:
        match expr:
            case Member(target=target, name=name):
                names.append(name)
                expr = target
            case Index(target=target, index=index):
                if isinstance(index, Literal) and isinstance(index.value, str):
                    names.append(index.value)
                expr = target
            case Name(name=name):
                return (name, *reversed(names))
            case _:
                return None


def _of_path(cursor: Cursor, names: tuple[str, ...], origin: Span) -> Target | None:
    match names:
        case ("tasks", step, "output", *_) if len(names) > _OUTPUT:
            return _of_output(cursor, step, names[_OUTPUT:], origin)
        case ("tasks", step, *_):
            return _here(cursor, origin, _step_node(cursor, step))
        case ("input", *inside) if inside:
            return _here(cursor, origin, _input_node(cursor, inside))
        case ("forEach", name):
            return _here(cursor, origin, _loop_node(cursor, name))
    return None


def _input_node(cursor: Cursor, names: Sequence[str]) -> Node | None:
    """The declaration of an input, or of a property in it."""
    root = cursor.source.tree.root
    spec = root.get("spec") if isinstance(root, Map) else None
    declared = spec.get("input" if cursor.workflow else "inputSchema") if isinstance(spec, Map) else None
    if not isinstance(declared, Map):
        return None
    kind = declared.get("type")
    if isinstance(kind, Scalar):
        return property_node(declared, names)
    pair = declared.pair(names[0])
    if pair is None or len(names) == 1:
        return pair.key if pair else None
    return property_node(resolved(pair.value), names[1:]) or pair.key


def property_node(schema: Node | None, names: Sequence[str]) -> Node | None:
    """The key of a property in a schema, or the last one on the way that is declared."""
    key: Node | None = None
    for name in names:
        while isinstance(schema, Map) and schema.get("properties") is None and schema.get("items") is not None:
            schema = schema.get("items")
        properties = schema.get("properties") if isinstance(schema, Map) else None
        pair = properties.pair(name) if isinstance(properties, Map) else None
        if pair is None:
            break
        key, schema = pair.key, resolved(pair.value)
    return key


def _of_output(cursor: Cursor, step_id: str, names: Sequence[str], origin: Span) -> Target | None:
    """A property of a step's output: in the schema of the task, or in the `output` of the workflow, that it runs."""
    step = _step_named(cursor, step_id)
    kind, ref = ("WorkflowTask", step.task_ref) if step and step.task_ref else ("Workflow", step and step.workflow_ref)
    found = _find(cursor, kind, ref) if ref else None
    spec = found.model.spec.node if found and found.model.spec else None
    if found is None or spec is None:
        return None
    if kind == "WorkflowTask":
        key = property_node(spec.get("outputSchema"), names)
    else:
        output = spec.get("output")
        pair = output.pair(names[0]) if isinstance(output, Map) else None
        key = pair.key if pair else None
    return Target(origin, cursor.workspace.location(found.source, key.place)) if key else None


def _loop_node(cursor: Cursor, name: str) -> Node | None:
    """What names a loop variable: its `itemVar` or `indexVar`, else the `forEach` of the loop."""
    for step in reversed(cursor.steps):
        pair = step.pair("forEach")
        loop = resolved(pair.value) if pair else None
        if pair is None or not isinstance(loop, Map):
            continue
        for field in ("itemVar", "indexVar"):
            written = loop.get(field)
            if isinstance(written, Scalar) and written.text == name:
                return written
            if written is None and name == default(ForEach, field):
                return pair.key
    return None
