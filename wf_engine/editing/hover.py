"""Hover: what stands at the cursor, in a few lines of Markdown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.analysis import StepAnalysis
from wf_engine.editing.cursor import Cursor, cursor_at
from wf_engine.editing.expression_at import chain_at, text_offset
from wf_engine.expressions import FUNCTIONS, Call, Expr, Member, Name
from wf_engine.language import FieldSpec, Record, default, shapes
from wf_engine.syntax import Scalar
from wf_engine.text import Span
from wf_engine.types import describe
from wf_engine.workspace import Contract, Workspace, reference


@dataclass(frozen=True)
class Hover:
    """Markdown about the range it belongs to, in offsets of the file."""

    span: Span
    markdown: str


def hover(workspace: Workspace, path: str, offset: int) -> Hover | None:
    """What is to say about what stands at an offset."""
    cursor = cursor_at(workspace, path, offset)
    if cursor is None or not isinstance(cursor.node, Scalar):
        return None
    if cursor.trail.on_key:
        return _key(cursor, cursor.node)
    return _reference(cursor, cursor.node) or _expression(cursor, cursor.node) or _value(cursor, cursor.node)


def _key(cursor: Cursor, key: Scalar) -> Hover | None:
    spec = cursor.field.spec if cursor.container.record else None
    if spec is not None and spec.name == key.text:
        return Hover(cursor.span(key), field_markdown(spec, cursor.container.record))
    return _input_key(cursor, key)


def field_markdown(spec: FieldSpec, record: type[Record] | None) -> str:
    """The documentation of a field."""
    facts = [spec.shape.wanted]
    if spec.required:
        facts.append("required")
    if spec.default is not None:
        facts.append(f"default `{_shown(spec.default)}`")
    lines = [f"**{spec.name}** — {', '.join(facts)}", "", spec.doc]
    if isinstance(spec.shape, shapes.Enum):
        lines += ["", *(f"- `{name}`: {about}" for name, about in spec.shape.values)]
    if spec.example:
        lines += ["", "```yaml", f"{spec.name}: {spec.example}", "```"]
    if record is not None and isinstance(spec.shape, shapes.Obj):
        lines += ["", (spec.shape.record.__doc__ or "").strip()]
    return "\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _input_key(cursor: Cursor, key: Scalar) -> Hover | None:
    """An input of the task that runs."""
    contract = called_contract(cursor)
    schema = contract.inputs.get(key.text) if contract and "input" in cursor.trail.path else None
    if contract is None or schema is None:
        return None
    needed = "required" if key.text in contract.required else "optional"
    return Hover(cursor.span(key), f"**{key.text}** — {schema_line(schema)}, {needed}\n\n{_description(schema)}".rstrip())


def called_contract(cursor: Cursor) -> Contract | None:
    """The contract of what runs where the cursor's `input` belongs to."""
    step: StepAnalysis | None = cursor.step
    if step is None or "input" not in cursor.trail.path:
        return None
    inside = cursor.trail.crumbs[: cursor.trail.path.index("input") + 1][-1].container
    own = [use.contract for use in step.uses if use.use.target.node is inside]
    return own[0] if own else next((use.contract for use in step.uses if use.contract), None)


def _reference(cursor: Cursor, node: Scalar) -> Hover | None:
    shape = cursor.field.shape
    if not isinstance(shape, shapes.Ref):
        return None
    namespace = cursor.workflow.namespace if cursor.workflow else default_namespace()
    contract = cursor.workspace.contract(shape.target, reference(node.text, namespace))
    return Hover(cursor.span(node), contract_markdown(contract)) if contract else None


def default_namespace() -> str:
    """The namespace of a document that names none."""
    from wf_engine.language import Metadata

    return str(default(Metadata, "namespace"))


def contract_markdown(contract: Contract) -> str:
    """A definition as its users need it."""
    kind = "task" if contract.key.kind == "WorkflowTask" else "workflow"
    version = f" {contract.key.version}" if contract.key.version else ""
    lines = [f"**{contract.key.name}**{version} — {kind}"]
    if contract.description:
        lines += ["", contract.description]
    if contract.deprecated:
        lines += ["", f"*Deprecated: {contract.deprecated}*"]
    if contract.method and contract.url:
        lines += ["", f"`{contract.method} {contract.url}`"]
    if contract.inputs:
        lines += ["", "Input:"]
        for name, schema in contract.inputs.items():
            needed = "" if name in contract.required else " *(optional)*"
            about = _description(schema)
            lines.append(f"- `{name}`: {schema_line(schema)}{needed}{' — ' + about if about else ''}")
    if contract.output_schema is not True:
        lines += ["", f"Output: `{describe(contract.output_type)}`"]
    return "\n".join(lines)


def schema_line(schema: Any) -> str:
    """A schema in a few words."""
    from wf_engine.types import of_schema

    return describe(of_schema(schema)) if isinstance(schema, Mapping | bool) else "any"


def _description(schema: Any) -> str:
    text = schema.get("description") if isinstance(schema, Mapping) else None
    return text if isinstance(text, str) else ""


def _expression(cursor: Cursor, node: Scalar) -> Hover | None:
    site = cursor.site
    if site is None:
        return None
    offset = text_offset(node, cursor.offset - cursor.trail.base)
    chain = chain_at(site.site, offset)
    if not chain:
        return None
    inner = chain[0]
    span = site.site.node.source_span(inner.span).shift(cursor.trail.base + cursor.start)
    if isinstance(inner, Call) and inner.name_span.contains(offset):
        function = FUNCTIONS.get(inner.name)
        return Hover(span, function_markdown(inner.name)) if function else None
    type_ = site.inference.types.get(inner.span)
    if type_ is None:
        return None
    text = site.site.node.text[inner.span.start : inner.span.end]
    return Hover(span, f"```\n{text}: {describe(type_)}\n```{_about(cursor, inner)}")


def _about(cursor: Cursor, expr: Expr) -> str:
    """Where a value comes from."""
    if isinstance(expr, Member) and isinstance(expr.target, Name) and expr.target.name == "tasks":
        workflow = cursor.workflow
        step = next((step for step in workflow.steps if step.id == expr.name), None) if workflow else None
        if step is not None:
            ref = step.task_ref or step.workflow_ref
            runs = f"runs `{ref}`" if ref else "a step"
            return f"\n\nStep `{step.id}`, {runs}" + (f": {step.description}" if step.description else "")
    return ""


def function_markdown(name: str) -> str:
    """The documentation of a function."""
    function = FUNCTIONS[name]
    parameters = ", ".join(map(str, function.parameters))
    return f"```\n{name}({parameters})\n```\n{function.documentation}\n\nExample: `{function.example}`"


def _value(cursor: Cursor, node: Scalar) -> Hover | None:
    spec, shape = cursor.field.spec, cursor.field.shape
    if spec is None:
        return None
    if isinstance(shape, shapes.Enum):
        about = dict(shape.values).get(node.text)
        return Hover(cursor.span(node), f"`{node.text}` — {about}") if about else None
    if isinstance(shape, shapes.Tree | shapes.Expr | shapes.Str):
        return None
    return Hover(cursor.span(node), field_markdown(spec, None))
