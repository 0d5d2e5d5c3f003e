"""Inline a sub-workflow: its steps become a block in the place of the reference."""

import json
from collections.abc import Mapping
from typing import Any

from wf_engine.checks.fixes import column
from wf_engine.editing.names.spelling import inside
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.reads import all_reads
from wf_engine.editing.refactoring.wrapping import taken
from wf_engine.editing.refactoring.writing import entry_removed, lines_of, shifted, written_end
from wf_engine.expressions import Binary, Call, Coalesce, Conditional, Expr, Unary, parse_template
from wf_engine.language import Step, WorkflowDocument
from wf_engine.syntax import Map, Node, Pair, Scalar, resolved
from wf_engine.text import FileEdit, Span
from wf_engine.workspace import Definition


def _called(selection: Selection) -> tuple[Step, Definition] | None:
    steps, workflow = selection.steps, selection.workflow
    step = steps[0] if len(steps) == 1 else None
    if workflow is None or step is None or not step.workflow_ref or step.node is None or step.node.flow:
        return None
    found = selection.workspace.workflow(step.workflow_ref, workflow.namespace)
    model = found.model if found else None
    known = isinstance(model, WorkflowDocument) and model.spec is not None and found is not None
    return (step, found) if known and found and found.key.namespace == workflow.namespace else None


def _offer(selection: Selection) -> str | None:
    called = _called(selection)
    return f"Inline the workflow `{called[1].key.name}`" if called else None


def _change(selection: Selection) -> Change | None:
    called = _called(selection)
    if called is None:
        return None
    step, definition = called
    child = Selection(selection.workspace, definition.path, _document_span(selection, definition))
    node, spec = step.node, definition.model.spec.node if definition.model.spec else None
    ref = node.pair("workflowRef") if node else None
    if node is None or spec is None or ref is None or child.workflow is None or node.get("output") is not None:
        return None
    own_ids = {each.step.id for each in child.analyses}
    if own_ids & {each for each in taken(selection) if each != step.id} or step.id in own_ids:
        return None
    values = _values(step, child)
    edits = _replaced(child, values) if values is not None else None
    if edits is None:
        return None
    indent = column(node.pairs[0].key)
    parts = [_part(child, spec.pair("tasks"), edits, indent), _part(child, spec.pair("output"), edits, indent)]
    text = "\n".join(part for part in parts if part is not None)
    if spec.pair("output") is None:
        text += "\n" + " " * indent + "output: {}"
    changes = [
        selection.edit(Span(selection.place(ref.key.place).start, written_end(selection, ref)), text.lstrip(" "))
    ]
    given = node.pair("input")
    if given is not None:
        changes += entry_removed(selection, given)
    return Change(tuple(changes))


def _document_span(selection: Selection, definition: Definition) -> Span:
    start = selection.workspace.files[definition.path].file.starts[definition.source.index]
    return Span(start, start)


def _values(step: Step, child: Selection) -> Mapping[str, str] | None:
    """What stands for each input of the child, as an expression; None where a value has templates inside it."""
    declared = child.workflow.model.spec.input if child.workflow and child.workflow.model.spec else None
    properties = declared.get("properties", {}) if isinstance(declared, Mapping) else {}
    found: dict[str, str] = {
        name: _literal(schema["default"])
        for name, schema in properties.items()
        if isinstance(schema, Mapping) and "default" in schema
    }
    given = step.node.get("input") if step.node else None
    for pair in given.pairs if isinstance(given, Map) else ():
        value = _expression(resolved(pair.value))
        if value is None or pair.name is None:
            return None
        found[pair.name] = value
    return found


def _literal(value: Any) -> str:
    return (
        json.dumps(value, ensure_ascii=False).replace('"', "'") if "'" not in json.dumps(value) else json.dumps(value)
    )


def _expression(node: Node) -> str | None:
    if not isinstance(node, Scalar) or node.broken:
        return None
    if not isinstance(node.value, str) or "{{" not in node.value:
        return _literal(node.value)
    expr = parse_template(node.value).single
    if expr is None:
        return None
    text = parse_text(node.value, expr)
    return f"({text})" if isinstance(expr, Conditional | Binary | Call | Coalesce | Unary) else text


def parse_text(text: str, expr: Expr) -> str:
    """The text of an expression."""
    return text[expr.span.start : expr.span.end]


def _replaced(child: Selection, values: Mapping[str, str]) -> list[FileEdit] | None:
    """Reads of the child's input replaced by what is given; None where one cannot be."""
    edits: list[FileEdit] = []
    for read in all_reads(child):
        if read.root.name != "input" or "triggers" in read.site.site.path[:2]:
            continue
        if not read.names or read.names[0] not in values:
            return None
        replaced = inside(read.site.site.node, read.upto(1), values[read.names[0]])
        if replaced is None:
            return None
        edits += child.edits(*replaced)
    return edits


def _part(child: Selection, pair: Pair | None, edits: list[FileEdit], indent: int) -> str | None:
    """An entry of the child's `spec` with its edits, at another indentation."""
    if pair is None:
        return None
    span = lines_of(child, Span(child.place(pair.key.place).start, written_end(child, pair)))
    text = child.file.text.slice(span)
    inner = [
        each for each in dict.fromkeys(edits) if span.start <= each.edit.span.start and each.edit.span.end <= span.end
    ]
    for each in sorted(inner, key=lambda each: each.edit.span, reverse=True):
        text = text[: each.edit.span.start - span.start] + each.edit.new_text + text[each.edit.span.end - span.start :]
    return shifted(text, indent - column(pair.key))


INLINE_WORKFLOW = Refactoring("inline-workflow", "refactor.inline", _offer, _change)
