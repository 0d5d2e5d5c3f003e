"""Expressions and templates to values, given what the roots hold (language §5)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wf_engine.expressions.compilation import Program, compile_expression, plain
from wf_engine.expressions.errors import ExpressionError, MisuseError
from wf_engine.expressions.nodes import Expr
from wf_engine.expressions.templates import Embedded, Expression, Template, bare
from wf_engine.expressions.values import check_length, inserted
from wf_engine.text import Span

Record = Callable[[str, Any], None]
"""Told the text of each expression and its value."""
Resolver = Callable[[Mapping[str, Any], Record | None], Any]
"""Given what the roots hold: the value of a tree."""

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


def evaluate_parts(template: Template, scope: Mapping[str, Any], first: int = 0) -> list[Any]:
    """The parts of a template from the `first` on, its expressions evaluated, one for one; nothing is joined.

    For places with an encoding of their own, such as `url`: there a value may be a `RawUrl`. Raises ExpressionError.
    """
    return [part if isinstance(part, str) else _run(part, scope, template) for part in template.programs[first:]]


def resolve(tree: Any, scope: Mapping[str, Any], record: Record | None = None) -> Any:
    """A tree of values with every template and expression in it evaluated; `record` is told of each.

    A tree is a JSON value with a `Template` or `Expression` in places. Raises ExpressionError, its `path` set.
    """
    return resolver(tree)(scope, record)


def resolver(tree: Any) -> Resolver:
    """`resolve` for a tree that is resolved many times: what is to be done is found out once."""
    match tree:
        case Template(single=None):
            return _joining(tree)
        case Template():
            return _single(tree)
        case Expression():
            return _whole(tree)
        case dict():
            return _map([(key, resolver(item)) for key, item in tree.items()])
        case list() | tuple():
            return _list([resolver(item) for item in tree])
    return lambda _, __: tree


def _map(entries: Sequence[tuple[str, Resolver]]) -> Resolver:
    def run(scope: Mapping[str, Any], record: Record | None) -> dict[str, Any]:
        made = {}
        for key, item in entries:
            try:
                made[key] = item(scope, record)
            except ExpressionError as error:
                error.path = (key, *error.path)
                raise
        return made

    return run


def _list(items: Sequence[Resolver]) -> Resolver:
    def run(scope: Mapping[str, Any], record: Record | None) -> list[Any]:
        made = []
        for item in items:
            try:
                made.append(item(scope, record))
            except ExpressionError as error:
                error.path = (len(made), *error.path)
                raise
        return made

    return run


def _whole(expression: Expression) -> Resolver:
    text = bare(expression.text)

    def run(scope: Mapping[str, Any], record: Record | None) -> Any:
        value = plain(_run(expression.program, scope, expression))
        if record is not None:
            record(text, value)
        return value

    return run


def _single(template: Template) -> Resolver:
    (text,) = _texts(template)

    def run(scope: Mapping[str, Any], record: Record | None) -> Any:
        value = plain(_run(template.programs[0], scope, template))
        if record is not None:
            record(text, value)
        return value

    return run


def _joining(template: Template) -> Resolver:
    texts = _texts(template)

    def run(scope: Mapping[str, Any], record: Record | None) -> str:
        values = evaluate_parts(template, scope)
        if record is not None:
            found = [value for part, value in zip(template.parts, values, strict=True) if isinstance(part, Embedded)]
            for text, value in zip(texts, found, strict=True):
                record(text, plain(value))
        return _joined(template, values)

    return run


def _texts(template: Template) -> list[str]:
    return [
        template.text[part.inner.start : part.inner.end].strip()
        for part in template.parts
        if isinstance(part, Embedded)
    ]


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
