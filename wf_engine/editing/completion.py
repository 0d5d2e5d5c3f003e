"""Completion: what may stand at the cursor, the likeliest first. Works where the text is broken at the cursor."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.analysis import WorkflowAnalysis, nested
from wf_engine.editing.cursor import Cursor, Field
from wf_engine.editing.expression_completion import complete_expression, template_prefix
from wf_engine.editing.hover import called_contract, contract_markdown, default_namespace, field_markdown, schema_line
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.placeholder import Placed, with_word
from wf_engine.editing.snippets import document_snippets, step_snippets, task_snippet
from wf_engine.language import FieldSpec, Record, Step, fields_of, shapes
from wf_engine.language.parameters import node_at
from wf_engine.syntax import Map, Scalar, trail
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace


@dataclass(frozen=True)
class Completions:
    """Items in order of likelihood; each replaces `span`, a range of the file."""

    span: Span
    items: tuple[Item, ...]


_NOTHING = Completions(Span(0, 0), ())


def completion(workspace: Workspace, path: str, offset: int) -> Completions:
    """What may stand at an offset of a file."""
    file = workspace.files.get(path)
    if file is None:
        return _NOTHING
    index = file.file.document_at(offset)
    source, start = file.documents[index], file.file.starts[index]
    if not source.ours:
        return _of_new_document(file, source, start, offset)
    placed = with_word(file, source, start, offset)
    way = trail(placed.source.tree, placed.offset)
    cursor = Cursor(workspace, file, placed.source, way, placed.offset, start)
    opened = template_prefix(file.text.slice(Span(file.text.line_start(file.text.position(offset).line), offset)))
    if opened is not None or (isinstance(cursor.field.shape, shapes.Expr) and placed.role == "value"):
        return _expression(cursor, source, opened if opened is not None else placed.prefix, offset, bare=opened is None)
    items = _keys(cursor, placed) if placed.role == "key" else _values(cursor, source)
    return Completions(placed.replaces, tuple(items))


def _of_new_document(file: SourceFile, source: SourceDocument, start: int, offset: int) -> Completions:
    """A document that is ours by its file's name, or by nothing yet."""
    text = source.tree.text
    position = file.text.position(offset)
    typed = file.text.line(position.line)[: position.column]
    if not file.ours or position.column != len(typed) or typed.startswith((" ", "\t")):
        return _NOTHING
    span = Span(offset - len(typed), offset)
    if text.strip() in ("", "---", typed.strip()):
        return Completions(span, tuple(document_snippets()))
    placed = with_word(file, source, start, offset)
    present = {pair.name for pair in root.pairs} if isinstance(root := placed.source.tree.root, Map) else set()
    if placed.role == "value":
        return Completions(placed.replaces, (Item("workflow.io/v1", Kind.VALUE, "workflow.io/v1"),))
    names = [name for name in ("apiVersion", "kind", "metadata", "spec") if name not in present]
    items = tuple(Item(name, Kind.FIELD, f"{name}: workflow.io/v1" if name == "apiVersion" else f"{name}:") for name in names)
    return Completions(placed.replaces, items)


def _expression(cursor: Cursor, source: SourceDocument, typed: str, offset: int, *, bare: bool) -> Completions:
    step = cursor.step
    site_path = cursor.trail.path
    if step is not None:
        from wf_engine.editing.expression_scope import scope_in_step

        scope = scope_in_step(cursor, step, site_path)
    else:
        from wf_engine.editing.expression_scope import scope_in_document

        scope = scope_in_document(cursor)
    items, length = complete_expression(typed, scope, _waits(cursor, source))
    del bare
    return Completions(Span(offset - length, offset), tuple(items))


def _waits(cursor: Cursor, source: SourceDocument) -> frozenset[str]:
    """Ids that the step at the cursor must not read: itself, and the steps that wait for it."""
    workflow, steps = cursor.workflow, cursor.steps
    name = node_at(steps[0], ("id",)) if steps else None
    if workflow is None or not isinstance(name, Scalar) or not steps or steps[0].get("id") is None:
        return frozenset()
    del source
    return frozenset(
        other for other in workflow.graph.dependencies if other == name.text or workflow.graph.reaches(other, name.text)
    )


def _keys(cursor: Cursor, placed: Placed) -> Iterator[Item]:
    container = cursor.container
    present = _present(cursor)
    if container.record is not None:
        yield from _fields(container.record, present, cursor, placed)
        return
    contract = called_contract(cursor)
    if contract is not None and cursor.trail.path[-2:-1] == ("input",):
        for name, schema in contract.inputs.items():
            if name not in present:
                required = name in contract.required
                about = schema_line(schema) + ("" if required else ", optional")
                colon = ": " if placed.fresh else ""
                yield Item(name, Kind.FIELD, f"{name}{colon}", about, rank=0 if required else 1)
        return
    if isinstance(container.shape, shapes.JsonSchema | shapes.Parameters):
        yield from _schema_keys(container, present, placed)


def _present(cursor: Cursor) -> set[str | None]:
    crumb = cursor.trail.crumbs[-1] if cursor.trail.crumbs else None
    node = crumb.container if crumb else None
    return {pair.name for pair in node.pairs} if isinstance(node, Map) else set()


def _fields(record: type[Record], present: set[str | None], cursor: Cursor, placed: Placed) -> Iterator[Item]:
    forms = {"taskRef", "workflowRef", "transform", "switch", "tasks"}
    if record is Step and not present - {None, "wfcursor"}:
        yield from step_snippets()
    for spec in fields_of(record).values():
        if spec.name in present or (record is Step and spec.name in forms and present & forms):
            continue
        if record is Step and spec.name == "output" and "tasks" not in present:
            continue
        likely = spec.required or (record is Step and spec.name in ("taskRef", "input", "condition", "dependsOn"))
        text = _field_text(spec, placed, cursor)
        yield Item(spec.name, Kind.FIELD, text, spec.shape.wanted, field_markdown(spec, record), rank=0 if likely else 1)


def _field_text(spec: FieldSpec, placed: Placed, cursor: Cursor) -> str:
    if not placed.fresh:
        return spec.name
    nested_shapes = (shapes.Obj, shapes.MapOf, shapes.StepList, shapes.Parameters, shapes.JsonSchema)
    if isinstance(spec.shape, nested_shapes):
        return f"{spec.name}:"
    del cursor
    return f"{spec.name}: "


_SCHEMA_KEYS = (
    ("type", "What kind of value it is."),
    ("required", "Whether it must be given; in a JSON Schema the list of required properties."),
    ("default", "The value where none is given."),
    ("description", "What it means."),
    ("enum", "The values that are allowed."),
    ("properties", "The properties of an object."),
    ("items", "The items of a list."),
    ("format", "Such as `email`, `date-time`, `uri`."),
    ("pattern", "A regular expression that a text must match."),
    ("minimum", "The smallest number."),
    ("maximum", "The largest number."),
    ("minLength", "The shortest text."),
    ("maxLength", "The longest text."),
    ("minItems", "The shortest list."),
    ("maxItems", "The longest list."),
    ("additionalProperties", "Whether other properties may be there."),
    ("examples", "Values to show."),
)


def _schema_keys(container: Field, present: set[str | None], placed: Placed) -> Iterator[Item]:
    del container
    for name, about in _SCHEMA_KEYS:
        if name not in present:
            yield Item(name, Kind.FIELD, f"{name}: " if placed.fresh else name, "JSON Schema", about)


_SCHEMA_TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")


def _values(cursor: Cursor, source: SourceDocument) -> Iterator[Item]:
    shape = cursor.field.shape
    if isinstance(shape, shapes.ListOf):
        shape = shape.item
    if isinstance(shape, shapes.JsonSchema | shapes.Parameters) and cursor.trail.path[-1:] == ("type",):
        yield from (Item(name, Kind.VALUE, name) for name in _SCHEMA_TYPES)
    elif isinstance(shape, shapes.Enum):
        yield from (Item(name, Kind.VALUE, name, about) for name, about in shape.values)
    elif isinstance(shape, shapes.Bool):
        yield from (Item(word, Kind.VALUE, word) for word in ("true", "false"))
    elif isinstance(shape, shapes.Duration):
        yield from (Item(word, Kind.VALUE, word) for word in ("30s", "500ms", "1s", "5s", "10s", "1m", "5m"))
    elif isinstance(shape, shapes.Ref):
        yield from _references(cursor, shape.target)
    elif isinstance(shape, shapes.StepId):
        yield from _step_ids(cursor, source)
    elif isinstance(shape, shapes.Tree | shapes.MapOf):
        yield from _input_values(cursor)


def _references(cursor: Cursor, kind: str) -> Iterator[Item]:
    workflow = cursor.workflow
    namespace = workflow.namespace if workflow else default_namespace()
    step = cursor.steps[-1] if cursor.steps else None
    crumb = cursor.trail.crumbs[-1]
    column = _column(cursor)
    for name in cursor.workspace.names_of(kind, namespace):
        namespaced, _, bare = name.rpartition("/")
        contract = next(iter(cursor.workspace.contracts.get((kind, namespaced or namespace, bare), ())), None)
        if contract is None:
            continue
        wants_input = step is not None and isinstance(crumb.container, Map) and crumb.container.pair("input") is None
        text, snippet = task_snippet(name, contract, column) if wants_input else (name, None)
        yield Item(
            name, Kind.REFERENCE, text, contract.description or "", contract_markdown(contract), snippet=snippet,
            deprecated=contract.deprecated is not None, rank=1 if namespaced else 0,
        )  # fmt: skip


def _column(cursor: Cursor) -> int:
    container = cursor.trail.crumbs[-1].container
    first = container.pairs[0].key if isinstance(container, Map) and container.pairs else container
    text = first.segment.text
    return first.start - (text.rfind("\n", 0, first.start) + 1)


def _step_ids(cursor: Cursor, source: SourceDocument) -> Iterator[Item]:
    step, waits = cursor.step, _waits(cursor, source)
    names = step.siblings if step else ()
    crumb = cursor.trail.crumbs[-1]
    taken = {getattr(item, "text", None) for item in getattr(crumb.container, "items", ())}
    for name in names:
        if name not in waits and name not in taken:
            yield Item(name, Kind.STEP, name, _runs(cursor.workflow, name))


def _runs(workflow: WorkflowAnalysis | None, name: str) -> str:
    step = next((step for step in nested(workflow.steps) if step.id == name), None) if workflow else None
    return (step.task_ref or step.workflow_ref or "") if step else ""


def _input_values(cursor: Cursor) -> Iterator[Item]:
    """A template is what most values are; words that the schema lists come first."""
    contract = called_contract(cursor)
    name = cursor.trail.path[-1]
    schema = contract.inputs.get(name) if contract and isinstance(name, str) else None
    words = schema.get("enum") if isinstance(schema, dict) else None
    for word in words if isinstance(words, list) else ():
        yield Item(str(word), Kind.VALUE, str(word))
    yield Item('"{{ }}"', Kind.VALUE, '"{{}}"', "a template", snippet='"{{$1}}"')
