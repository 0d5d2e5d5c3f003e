"""Trees into programs: functions from a scope to a value. Made once, run many times."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wf_engine.expressions.chains import forgiven, forgiving, links_from
from wf_engine.expressions.errors import ExpressionError, MisuseError
from wf_engine.expressions.functions import FUNCTIONS, Function, RawUrl
from wf_engine.expressions.grammar import KEYED_ROOTS, TASK_KEYS
from wf_engine.expressions.nodes import (
    Binary,
    Call,
    Coalesce,
    Conditional,
    Expr,
    Index,
    ListExpr,
    Literal,
    Member,
    Missing,
    Name,
    ObjectExpr,
    Unary,
    spine,
    walk,
)
from wf_engine.expressions.operators import OPERATORS, boolean, negate
from wf_engine.expressions.paths import Link, follow, listed, suggestion
from wf_engine.expressions.problems import Problem
from wf_engine.text import Span

Values = Mapping[str, Any]
Program = Callable[[Values], Any]
_Step = Callable[[Any, Values], Any]
"""What is done with the value on the left."""


def compile_expression(expr: Expr) -> Program:
    """The program of a tree. What cannot be evaluated raises when it is reached, not here."""
    return _compile(expr, lenient=False)


def refusal(problem: Problem) -> Program:
    """A program that raises a problem of the text."""
    return _refuse(problem.message, problem.span, problem.hint)


def _refuse(message: str, span: Span, hint: str | None = None) -> Program:
    def refuse(_: Values) -> Any:
        raise ExpressionError(message, span, hint)

    return refuse


def _compile(expr: Expr, *, lenient: bool) -> Program:
    """`lenient`: nothing at the end of the expression is null, since `??` or `default` stands around it.

    Calls itself as directly as can be: each level of an expression has its frames on the stack.
    """
    nodes = spine(expr)
    pardons = forgiving(nodes, lenient=lenient)
    nodes.reverse()
    pardons.reverse()
    links = _links(nodes, 1, pardons)
    base = nodes[0]
    if isinstance(base, Name):
        first = _root(base, links)
    else:
        first = _sequence(_BASES[type(base)](base), [_follow_step(links)] if links else [])
    at = 1 + len(links)
    steps: list[_Step] = []
    while at < len(nodes):
        links = _links(nodes, at, pardons)
        node = nodes[at]
        if links:
            steps.append(_follow_step(links))
        elif isinstance(node, Binary | Coalesce):
            right = _compile(node.right, lenient=pardons[at] and isinstance(node, Coalesce))
            steps.append(_operation(node, right))
        elif isinstance(node, Call):
            steps.append(_piped_step(node))
        at += len(links) or 1
    return _sequence(first, steps)


def _sequence(first: Program, steps: Sequence[_Step]) -> Program:
    if not steps:
        return first
    if len(steps) == 1:
        step = steps[0]
        return lambda scope: step(first(scope), scope)

    def run(scope: Values) -> Any:
        value = first(scope)
        for step in steps:
            value = step(value, scope)
        return value

    return run


def _links(nodes: Sequence[Expr], start: int, lenient: Sequence[bool]) -> list[Link]:
    """The run of `.name` and `[index]` that begins at `start`, innermost first."""
    run = links_from(nodes, start)
    pardons = forgiven(run, lenient=bool(run) and lenient[start + len(run) - 1])
    return [_link(node, pardon=pardon) for node, pardon in zip(run, pardons, strict=True)]


def _link(node: Member | Index, *, pardon: bool) -> Link:
    if isinstance(node, Member):
        return Link(node, node.name, None, pardon)
    if isinstance(node.index, Literal):
        return Link(node, node.index.value, None, pardon)
    return Link(node, None, _compile(node.index, lenient=False), pardon)


def _follow_step(links: Sequence[Link]) -> _Step:
    return lambda value, scope: follow(value, links, scope)


def _root(node: Name, links: Sequence[Link]) -> Program:
    refused = _forbidden(node, links)
    if refused is not None:
        return refused
    name = node.name

    def carefully(scope: Values) -> Any:
        if name not in scope:
            message = f"`{name}` is not known here; {listed('there are', scope)}{suggestion(name, scope)}"
            raise ExpressionError(message, node.span, f"If the text is meant, quote it: '{name}'.")
        return follow(scope[name], links, scope)

    if any(link.program is not None or not isinstance(link.key, str) for link in links):
        return carefully
    keys = (name, *[link.key for link in links])

    def quickly(scope: Values) -> Any:
        value: Any = scope
        try:
            for key in keys:
                value = value[key]
        except (LookupError, TypeError):
            return carefully(scope)
        return value

    return quickly


def _forbidden(node: Name, links: Sequence[Link]) -> Program | None:
    """Refuses `tasks`, `tasks[x]`, `tasks.a` and the like: what is read of these roots has to be seen in the text."""
    wanted = KEYED_ROOTS.get(node.name)
    if wanted is None:
        return None
    if not links or not isinstance(links[0].key, str):
        return _refuse(f"`{node.name}` has to be followed by {wanted}.", node.span)
    if node.name == "tasks" and (len(links) == 1 or links[1].key not in TASK_KEYS):
        message = f"`tasks.{links[0].key}` has to be followed by `.output`, `.status` or `.response`."
        return _refuse(message, links[0].span)
    return None


def _literal(node: Literal) -> Program:
    value = node.value
    return lambda _: value


def _unary(node: Unary) -> Program:
    operand = _compile(node.operand, lenient=False)

    def run(scope: Values) -> Any:
        value = operand(scope)
        try:
            return not boolean(value, "!") if node.op == "!" else negate(value)
        except MisuseError as error:
            raise _located(error, node.operand) from None

    return run


def _conditional(node: Conditional) -> Program:
    test, then, otherwise = (_compile(part, lenient=False) for part in node.children())

    def run(scope: Values) -> Any:
        return then(scope) if _truth(test(scope), "? :", node.test) else otherwise(scope)

    return run


def _list(node: ListExpr) -> Program:
    items = list(map(_item, node.items))
    return lambda scope: [item(scope) for item in items]


def _object(node: ObjectExpr) -> Program:
    entries = [(entry.key, _item(entry.value)) for entry in node.entries]
    return lambda scope: {key: value(scope) for key, value in entries}


def _item(node: Expr) -> Program:
    """An item's program; the mark of `rawUrl` is for the outermost value alone and does not get into lists."""
    program = _compile(node, lenient=False)
    if not any(isinstance(part, Call) and part.name == RawUrl.function for part in walk(node)):
        return program
    return lambda scope: plain(program(scope))


def plain(value: Any) -> Any:
    """The value without the mark of `rawUrl`."""
    return str(value) if type(value) is RawUrl else value


def _call(node: Call) -> Program:
    function, args = FUNCTIONS.get(node.name), node.args
    refused = _miscalled(node, function)
    if function is None or refused is not None:
        return refused or _refuse("", node.span)
    if function.coalesces:
        first, rest = (
            _compile(args[0], lenient=True),
            [_coalesce_step(_compile(argument, lenient=True)) for argument in args[1:]],
        )
        return _sequence(first, rest)
    programs = [_compile(argument, lenient=False) for argument in args]
    return lambda scope: _apply(function, node, [program(scope) for program in programs])


def _miscalled(node: Call, function: Function | None) -> Program | None:
    if function is None:
        message = f"There is no function `{node.name}`.{suggestion(node.name, FUNCTIONS)}"
        return _refuse(message, node.name_span)
    arity = function.arity_problem(len(node.args))
    return None if arity is None else _refuse(arity, node.name_span, f"It is `{function.signature}`.")


def _apply(function: Function, node: Call, values: list[Any]) -> Any:
    try:
        return function.apply(values)
    except MisuseError as error:
        blamed = node.args[error.argument].span if error.argument is not None else node.name_span
        raise ExpressionError(error.message, blamed, error.hint) from None


def _coalesce_step(other: Program) -> _Step:
    return lambda value, scope: other(scope) if value is None else value


def _piped_step(node: Call) -> _Step:
    function = FUNCTIONS.get(node.name)
    refused = _miscalled(node, function)
    if function is None or refused is not None:
        return lambda _, scope: (refused or _refuse("", node.span))(scope)
    if function.coalesces:
        others = [_coalesce_step(_compile(argument, lenient=True)) for argument in node.args[1:]]
        return lambda value, scope: _sequence(lambda _: value, others)(scope)
    programs = [_compile(argument, lenient=False) for argument in node.args[1:]]
    return lambda value, scope: _apply(function, node, [value, *[program(scope) for program in programs]])


def _operation(node: Binary | Coalesce, right: Program) -> _Step:
    if isinstance(node, Coalesce):
        return _coalesce_step(right)
    return _logic_step(node, right) if node.op in {"&&", "||"} else _binary_step(node, right)


def _logic_step(node: Binary, right: Program) -> _Step:
    decided = node.op == "||"

    def step(value: Any, scope: Values) -> bool:
        if _truth(value, node.op, node.left) is decided:
            return decided
        return _truth(right(scope), node.op, node.right)

    return step


def _binary_step(node: Binary, right: Program) -> _Step:
    operate = OPERATORS[node.op]

    def step(value: Any, scope: Values) -> Any:
        try:
            return operate(value, right(scope))
        except MisuseError as error:
            raise _located(error, node) from None

    return step


def _truth(value: Any, symbol: str, node: Expr) -> bool:
    try:
        return boolean(value, symbol)
    except MisuseError as error:
        raise _located(error, node) from None


def _located(error: MisuseError, node: Expr) -> ExpressionError:
    return ExpressionError(error.message, node.span, error.hint)


def _missing(node: Missing) -> Program:
    return _refuse("A part of the expression is missing here.", node.span)


_BASES: Mapping[type[Expr], Callable[[Any], Program]] = {
    Missing: _missing,
    Literal: _literal,
    Unary: _unary,
    Conditional: _conditional,
    ListExpr: _list,
    ObjectExpr: _object,
    Call: _call,
}
