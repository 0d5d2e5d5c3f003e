"""A tree as text: one spelling for all expressions that say the same."""

from itertools import pairwise

from wf_engine.expressions.grammar import COMPARISON, LEVELS, is_name
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
    Name,
    ObjectExpr,
    Unary,
    spine,
)
from wf_engine.expressions.strings import quote

_PIPE, _CONDITION, _UNARY, _POSTFIX = 0, 1, 8, 9


_SHOWN_LINKS = 20
_SHOWN_CHARACTERS = 60


def unparse(expr: Expr) -> str:
    """The expression in its one canonical spelling; what was missing is `…`. Parsing it gives the same tree."""
    return _print(expr)


def shown(expr: Expr) -> str:
    """The expression for a message: of a long one the end, which costs no more than it shows."""
    nodes = spine(expr, _SHOWN_LINKS)
    text = _print(expr) if len(nodes) < _SHOWN_LINKS else "".join(map(_right, reversed(nodes)))
    return text if len(text) <= _SHOWN_CHARACTERS else "…" + text[-_SHOWN_CHARACTERS:]


def equivalent(first: Expr, second: Expr) -> bool:
    """Whether two expressions are the same but for spaces, parentheses, quotes and the like."""
    return _print(first) == _print(second)


def _level(expr: Expr) -> int:
    match expr:
        case Call(piped=True):
            return _PIPE
        case Conditional():
            return _CONDITION
        case Coalesce():
            return LEVELS["??"]
        case Binary():
            return LEVELS[expr.op]
        case Unary():
            return _UNARY
    return _POSTFIX


def _print(expr: Expr, least: int = _PIPE) -> str:
    """`least` is the level that may stand without parentheses in this place."""
    nodes = spine(expr)
    opened = 1 if _level(expr) < least else 0
    pieces = [_leaf(nodes[-1])]
    for inner, outer in pairwise(reversed(nodes)):
        if _level(inner) < _left_level(outer):
            opened += 1
            pieces.append(")")
        pieces.append(_right(outer))
    ends = ")" if _level(expr) < least else ""
    return "(" * opened + "".join(pieces) + ends


def _left_level(outer: Expr) -> int:
    """The level that may stand without parentheses on the left of `outer`; comparisons do not chain."""
    match outer:
        case Call() | Coalesce():
            return _level(outer)
        case Binary():
            return _level(outer) + (LEVELS[outer.op] == COMPARISON)
    return _POSTFIX


def _right(outer: Expr) -> str:
    """What `outer` adds to its left operand."""
    match outer:
        case Member():
            return f"{'?.' if outer.optional else '.'}{outer.name}"
        case Index():
            return f"{'?.' if outer.optional else ''}[{_print(outer.index)}]"
        case Call():
            rest = ", ".join([_print(argument) for argument in outer.args[1:]])
            return f" | {outer.name}" + (f"({rest})" if rest else "")
        case Coalesce():
            return f" ?? {_print(outer.right, LEVELS['??'] + 1)}"
        case Binary():
            return f" {outer.op} {_print(outer.right, LEVELS[outer.op] + 1)}"
    return ""


def _leaf(expr: Expr) -> str:
    match expr:
        case Literal(value=str() as text):
            return quote(text)
        case Literal(value=value):
            return "null" if value is None else str(value).lower()
        case Name():
            return expr.name
        case Call():
            return f"{expr.name}({', '.join([_print(argument) for argument in expr.args])})"
        case Unary():
            return f"{expr.op}{_print(expr.operand, _UNARY)}"
        case Conditional():
            above = _CONDITION + 1
            return f"{_print(expr.test, above)} ? {_print(expr.then, 1)} : {_print(expr.otherwise, 1)}"
        case ListExpr():
            return f"[{', '.join([_print(item) for item in expr.items])}]"
        case ObjectExpr():
            return f"{{{', '.join([f'{_key(e.key)}: {_print(e.value)}' for e in expr.entries])}}}"
    return "…"


def _key(key: str) -> str:
    return key if is_name(key) else quote(key)
