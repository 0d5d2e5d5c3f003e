"""What a document says, whichever spelling it says it in: the values by which two spellings are compared."""

from typing import Any

from wf_engine.expressions import Expression, Template, parse_expression, parse_template
from wf_engine.language import shapes
from wf_engine.language.records import fields_of
from wf_engine.language.spellings.records import modernised
from wf_engine.language.workflow import Step
from wf_engine.syntax.nodes import Map, Node, Scalar, Seq, resolved, value_of


def meaning(node: Node, shape: shapes.Shape) -> Any:
    """The JSON value of what a node says as a value of a shape, in today's spelling."""
    node = resolved(node)
    if isinstance(shape, shapes.StepList):
        return meaning(node, shapes.ListOf(shapes.Obj(Step)))
    if isinstance(shape, shapes.Obj) and isinstance(node, Map):
        specs = fields_of(shape.record)
        return {
            pair.name: meaning(pair.value, specs[pair.name].shape if pair.name in specs else shapes.Shape())
            for pair in modernised(shape.record, node).node.pairs
            if pair.name is not None
        }
    if isinstance(shape, shapes.ListOf) and isinstance(node, Seq):
        return [meaning(item, shape.item) for item in node.items]
    if isinstance(shape, shapes.MapOf) and isinstance(node, Map):
        return {
            pair.name: meaning(pair.value, shape.shape_of(pair.name)) for pair in node.pairs if pair.name is not None
        }
    if isinstance(shape, shapes.Expr) and isinstance(node, Scalar) and isinstance(node.value, str):
        return _today(parse_expression(node.value))
    return _tree(node) if isinstance(shape, shapes.Tree | shapes.Expr) else value_of(node)


def _tree(node: Node) -> Any:
    node = resolved(node)
    if isinstance(node, Map):
        return {pair.name: _tree(pair.value) for pair in node.pairs if pair.name is not None}
    if isinstance(node, Seq):
        return [_tree(item) for item in node.items]
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return _today(parse_template(node.value))
    return value_of(node)


def _today(parsed: Template | Expression) -> str:
    """The text of an expression in today's spelling."""
    text = parsed.text
    for form in sorted(parsed.old, key=lambda each: each.span, reverse=True):
        text = text[: form.span.start] + form.new + text[form.span.end :]
    return text
