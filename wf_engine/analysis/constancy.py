"""Conditions that do not depend on anything: what an expression always gives, as far as its types tell (language §12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wf_engine.analysis.expressions import SiteAnalysis
from wf_engine.analysis.steps import expressions_of
from wf_engine.expressions import Binary, Call, Expr, Literal, Name, Unary, evaluate, unparse, walk
from wf_engine.expressions.values import equal
from wf_engine.text import Span
from wf_engine.types import Answer, Type, assignable, describe, is_any, item_of, kinds, to_schema

_EQUALITY = ("==", "!=")
COMPARISONS = (*_EQUALITY, "<", "<=", ">", ">=", "in")


@dataclass(frozen=True)
class Constant:
    """An expression that always gives the same: `reason` says why in a phrase, and is empty where it is plain."""

    expr: Expr
    value: bool
    reason: str = ""


def constant_of(site: SiteAnalysis) -> Constant | None:
    """What a condition always gives; None where that depends on something, or something in it is wrong."""
    roots = expressions_of(site.site)
    return _Outcomes(site).of(roots[0]) if len(roots) == 1 and not site.site.parsed.problems else None


def constant_comparisons(site: SiteAnalysis) -> list[Constant]:
    """The comparisons in an expression that always turn out the same."""
    outcomes = _Outcomes(site)
    nodes = [node for expr in expressions_of(site.site) for node in walk(expr)] if not site.site.parsed.problems else []
    compared = [node for node in nodes if isinstance(node, Binary) and node.op in COMPARISONS]
    return [found for node in compared if (found := outcomes.of(node)) is not None]


class _Outcomes:
    """What the parts of one expression always give."""

    def __init__(self, site: SiteAnalysis) -> None:
        self.types: Mapping[Span, Type] = site.inference.types
        self.doubtful: Sequence[Span] = [finding.span for finding in site.findings]

    def of(self, expr: Expr) -> Constant | None:
        """What an expression always gives; nothing can be said of one in which something is wrong."""
        match expr:
            case Literal(value=bool() as value):
                return Constant(expr, value)
            case Unary(op="!", operand=operand):
                inner = self.of(operand)
                return Constant(expr, not inner.value, inner.reason) if inner else None
            case Binary(op="&&" | "||" as op):
                return self._joined(expr, op)
            case Binary(op=op) if op in COMPARISONS and self._certain(expr):
                return self._compared(expr)
        return None

    def _certain(self, expr: Expr) -> bool:
        return not any(span.start < expr.span.end and expr.span.start < span.end for span in self.doubtful)

    def _joined(self, expr: Binary, op: str) -> Constant | None:
        """Of `&&` one part that is false decides, of `||` one that is true; else all of them together."""
        decisive = op == "||"
        parts = [self.of(part) for part in _operands(expr)]
        deciding = next((part for part in parts if part is not None and part.value is decisive), None)
        if deciding is not None:
            return Constant(expr, decisive, deciding.reason)
        known = [part for part in parts if part is not None]
        return Constant(expr, not decisive, known[0].reason) if len(known) == len(parts) else None

    def _compared(self, expr: Binary) -> Constant | None:
        left, right = self.types.get(expr.left.span), self.types.get(expr.right.span)
        if left is None or right is None or not (_says_something(left) and _says_something(right)):
            return None
        if _is_value(left) and _is_value(right):
            return self._computed(expr)
        if expr.op in _EQUALITY and _disjoint(left, right):
            return Constant(expr, expr.op == "!=", _never(expr, left, right))
        if expr.op == "in" and kinds(right) == {"array"}:
            item = item_of(right)
            if _says_something(item) and _disjoint(left, item):
                reason = f"`{describe(left, 1)}` is never one of `{describe(item, 1)}`"
                return Constant(expr, value=False, reason=reason)
        return None

    def _computed(self, expr: Binary) -> Constant | None:
        """Of two values that are written out, or that can be nothing else."""
        if expr.op in _EQUALITY:
            left, right = self.types[expr.left.span], self.types[expr.right.span]
            same = equal(_value(left), _value(right))
            reason = f"both sides are `{unparse(expr.right)}`" if same else _never(expr, left, right)
            return Constant(expr, same == (expr.op == "=="), reason)
        if not any(isinstance(node, Name | Call) for node in walk(expr)):
            return Constant(expr, evaluate(expr, {}) is True)
        return None


def _operands(expr: Binary) -> list[Expr]:
    """The parts that one operator joins, in the order of the text."""
    found: list[Expr] = []
    node: Expr = expr
    while isinstance(node, Binary) and node.op == expr.op:
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _says_something(type_: Type) -> bool:
    return not is_any(type_) and bool(kinds(type_))


def _is_value(type_: Type) -> bool:
    schema = to_schema(type_)
    return isinstance(schema, dict) and schema.keys() == {"const"}


def _value(type_: Type) -> Any:
    schema = to_schema(type_)
    return schema["const"] if isinstance(schema, dict) else None


def _disjoint(left: Type, right: Type) -> bool:
    return Answer.NO in (assignable(left, right).answer, assignable(right, left).answer)


def _never(expr: Binary, left: Type, right: Type) -> str:
    if to_schema(right) == {"type": "null"} or to_schema(right) == {"const": None}:
        return f"`{unparse(expr.left)}` is never null"
    return f"`{describe(left, 1)}` and `{describe(right, 1)}` are never equal"
