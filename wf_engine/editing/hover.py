"""Hover: what stands at the cursor, in a few lines of Markdown."""

import json
from dataclasses import dataclass
from datetime import datetime

from wf_engine.analysis import nested
from wf_engine.editing.called import called_contract
from wf_engine.editing.cron import cron_markdown
from wf_engine.editing.cursor import Cursor, cursor_at
from wf_engine.editing.documentation import (
    contract_markdown,
    field_markdown,
    function_markdown,
    operation_markdown,
    parameter_markdown,
    schema_description,
    schema_line,
)
from wf_engine.editing.expression_at import chain_at, text_offset
from wf_engine.editing.observed import UNKNOWN, Observations
from wf_engine.editing.pipeline_shapes import ArgumentsOf, OneOperation
from wf_engine.expressions import FUNCTIONS, Call, Expr, Literal, Member, Name
from wf_engine.language import shapes
from wf_engine.language.spellings import modern_name
from wf_engine.syntax import Map, Scalar
from wf_engine.text import Span
from wf_engine.transforms import OPERATIONS
from wf_engine.types import describe
from wf_engine.workspace import Workspace, reference

_LONGEST_VALUE = 2_000
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class Hover:
    """Markdown about the range it belongs to, in offsets of the file."""

    span: Span
    markdown: str


@dataclass(frozen=True)
class _Asked:
    """What an answer takes into account besides the documents."""

    seen: Observations
    now: datetime | None


def hover(
    workspace: Workspace, path: str, offset: int, *, seen: Observations | None = None, now: datetime | None = None
) -> Hover | None:
    """What is to say about what stands at an offset: with `seen` also which value it had, with `now` when it fires."""
    asked = _Asked(seen or {}, now)
    cursor = cursor_at(workspace, path, offset)
    if cursor is None or not isinstance(cursor.node, Scalar):
        return None
    if cursor.trail.on_key:
        return _key(cursor, cursor.node)
    node = cursor.node
    return (
        _reference(cursor, node)
        or _of_pipeline(cursor, node)
        or _expression(cursor, node, asked)
        or _cron(cursor, node, asked)
        or _value(cursor, node)
    )


def _key(cursor: Cursor, key: Scalar) -> Hover | None:
    record = cursor.container.record
    spec = cursor.field.spec if record else None
    if record is not None and spec is not None and spec.name == modern_name(record, key.text):
        return Hover(cursor.span(key), field_markdown(spec, record))
    return _of_pipeline(cursor, key) or _input_key(cursor, key)


def _of_pipeline(cursor: Cursor, word: Scalar) -> Hover | None:
    """An operation of a pipeline, or an argument of one."""
    around = cursor.container.shape if cursor.trail.on_key else cursor.field.shape
    if isinstance(around, OneOperation) and word.text in OPERATIONS:
        return Hover(cursor.span(word), operation_markdown(OPERATIONS[word.text]))
    parameters = around.operation.parameters if isinstance(around, ArgumentsOf) else ()
    return next(
        (Hover(cursor.span(word), parameter_markdown(each)) for each in parameters if each.name == word.text), None
    )


def _input_key(cursor: Cursor, key: Scalar) -> Hover | None:
    """An input of the task that runs."""
    contract = called_contract(cursor)
    schema = contract.inputs.get(key.text) if contract and "input" in cursor.trail.path else None
    if contract is None or schema is None:
        return None
    needed = "required" if key.text in contract.required else "optional"
    return Hover(
        cursor.span(key), f"**{key.text}** — {schema_line(schema)}, {needed}\n\n{schema_description(schema)}".rstrip()
    )


def _reference(cursor: Cursor, node: Scalar) -> Hover | None:
    shape = cursor.field.shape
    if not isinstance(shape, shapes.Ref):
        return None
    contract = cursor.workspace.contract(shape.target, reference(node.text, cursor.namespace))
    return Hover(cursor.span(node), contract_markdown(contract)) if contract else None


def _expression(cursor: Cursor, node: Scalar, asked: _Asked) -> Hover | None:
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
    return Hover(
        span, f"```\n{text}: {describe(type_)}\n```{_about(cursor, inner)}{_observed(cursor, inner, asked.seen)}"
    )


def _observed(cursor: Cursor, expr: Expr, seen: Observations) -> str:
    """The value that an expression had."""
    definition = cursor.source.definition
    observed = seen.get(definition.key) if definition else None
    if observed is None or isinstance(expr, Literal):
        return ""
    names = [node.get("id") for node in cursor.steps]
    path = ".".join([name.text for name in names if isinstance(name, Scalar)])
    value = observed.value(expr, cursor.workspace.settings.env, path)
    if value is UNKNOWN:
        return ""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    shown = text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}\n…"
    return f"\n\nIn the last {'dry run' if observed.dry else 'run'}:\n```json\n{shown}\n```"


def _cron(cursor: Cursor, node: Scalar, asked: _Asked) -> Hover | None:
    spec, trigger = cursor.field.spec, cursor.trail.crumbs[-1].container if cursor.trail.crumbs else None
    if asked.now is None or spec is None or spec.name != "cron" or not isinstance(trigger, Map):
        return None
    zone = trigger.get("timezone")
    text = cron_markdown(node.text, zone.text if isinstance(zone, Scalar) and zone.text else "UTC", asked.now)
    return Hover(cursor.span(node), text or field_markdown(spec, None))


def _about(cursor: Cursor, expr: Expr) -> str:
    """Where a value comes from."""
    if not isinstance(expr, Member) or not isinstance(expr.target, Name):
        return ""
    if expr.target.name == "env" and expr.name in cursor.workspace.settings.env:
        return f"\n\nConfigured as `{cursor.workspace.settings.env[expr.name]}`."
    workflow = cursor.workflow if expr.target.name == "tasks" else None
    step = next((step for step in nested(workflow.steps) if step.id == expr.name), None) if workflow else None
    if step is None:
        return ""
    ref = step.task_ref or step.workflow_ref
    runs = f"runs `{ref}`" if ref else "a step"
    return f"\n\nStep `{step.id}`, {runs}" + (f": {step.description}" if step.description else "")


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
