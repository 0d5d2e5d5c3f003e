"""Expressions and templates to values, given what the roots hold (language §5)."""

from collections.abc import Callable, Mapping
from typing import Any

from wf_engine.expressions.compilation import Program, compile_expression, plain
from wf_engine.expressions.errors import ExpressionError, MisuseError
from wf_engine.expressions.nodes import Expr
from wf_engine.expressions.templates import Embedded, Expression, Template
from wf_engine.expressions.values import check_length, inserted
from wf_engine.text import Span

Record = Callable[[str, Any], None]
"""Told the text of each expression and its value."""

_TOO_DEEP = "A value is nested too deeply to be worked with."


def evaluate(expression: Expression | Expr, scope: Mapping[str, Any]) -> Any:
    """The value of an expression; `scope` maps each root to its value. Raises ExpressionError.

    An `Expression` keeps its program and is quick the second time; a bare node is compiled each time.
    """
    program = expression.program if isinstance(expression, Expression) else compile_expression(expression)
    return plain(_run(program, scope, expression))


def render(template: Template, scope: Mapping[str, Any]) -> Any:
    """The value of a template: of exactly one expression with its type, else a string. Raises ExpressionError."""
    if template.single is not None:
        return plain(_run(template.programs[0], scope, template))
    return _joined(template, evaluate_parts(template, scope))


def evaluate_parts(template: Template, scope: Mapping[str, Any]) -> list[Any]:
    """The parts of a template, its expressions evaluated, one for one with `template.parts`; nothing is joined.

    For places with an encoding of their own, such as `url`: there a value may be a `RawUrl`. Raises ExpressionError.
    """
    return [part if isinstance(part, str) else _run(part, scope, template) for part in template.programs]


def resolve(tree: Any, scope: Mapping[str, Any], record: Record | None = None) -> Any:
    """A tree of values with every template and expression in it evaluated; `record` is told of each.

    A tree is a JSON value with a `Template` or `Expression` in places. Raises ExpressionError, its `path` set.
    """
    match tree:
        case Template():
            return _resolved_template(tree, scope, record)
        case Expression():
            value = evaluate(tree, scope)
            if record is not None:
                record(tree.text.strip(), value)
            return value
        case dict():
            return {key: _inside(key, item, scope, record) for key, item in tree.items()}
        case list() | tuple():
            return [_inside(index, item, scope, record) for index, item in enumerate(tree)]
    return tree


def _inside(key: str | int, item: Any, scope: Mapping[str, Any], record: Record | None) -> Any:
    try:
        return resolve(item, scope, record)
    except ExpressionError as error:
        error.path = (key, *error.path)
        raise


def _resolved_template(template: Template, scope: Mapping[str, Any], record: Record | None) -> Any:
    values = evaluate_parts(template, scope)
    if record is not None:
        for part, value in zip(template.parts, values, strict=True):
            if isinstance(part, Embedded):
                record(template.text[part.inner.start : part.inner.end].strip(), plain(value))
    return plain(values[0]) if template.single is not None else _joined(template, values)


def _joined(template: Template, values: list[Any]) -> str:
    whole = Span(0, len(template.text))
    try:
        texts = [inserted(value) for value in values]
        check_length(sum(map(len, texts)))
    except MisuseError as error:
        raise ExpressionError(error.message, whole, error.hint) from None
    except RecursionError:
        raise ExpressionError(_TOO_DEEP, whole) from None
    return "".join(texts)


def _run(program: str | Program, scope: Mapping[str, Any], source: Expression | Template | Expr) -> Any:
    if isinstance(program, str):
        return program
    try:
        return program(scope)
    except RecursionError:
        span = source.span if isinstance(source, Expr) else Span(0, len(source.text))
        raise ExpressionError(_TOO_DEEP, span) from None
