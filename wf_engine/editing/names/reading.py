"""Names in expressions: each with what it means, and where the shape of an expression's value is written."""

from collections.abc import Callable
from typing import NamedTuple

from wf_engine.editing.names.model import Form, Subject
from wf_engine.editing.names.origins import Made, Origins, entries_of, items_of
from wf_engine.editing.names.scopes import Scope
from wf_engine.expressions import (
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
)
from wf_engine.expressions.nodes import spine
from wf_engine.text import Span


class Link(NamedTuple):
    """A name in an expression: `span` is its range, `outer` that of the whole `.name` or `['name']`."""

    subjects: tuple[Subject, ...]
    form: Form
    span: Span
    outer: Span
    certain: bool
    value: Origins


Report = Callable[[Link], None]
"""Told of every name."""

_SAME = frozenset({"unique", "default", "coalesce"})
_ITEM = frozenset({"first", "last"})


def origins_of(expr: Expr, scope: Scope) -> Origins:
    """Where the shape of an expression's value is written."""
    return ExpressionNames(scope, None).read(expr)


class ExpressionNames:
    """Reads the names of expressions in a scope, and tells of each."""

    def __init__(self, scope: Scope, report: Report | None) -> None:
        self.scope = scope
        self.report = report

    def read(self, expr: Expr) -> Origins:
        """Reads an expression and all in it; where the shape of its value is written."""
        nodes = spine(expr)
        found = self._first(nodes[-1])
        for node in reversed(nodes[:-1]):
            found = self._next(node, found)
        return found

    def _first(self, node: Expr) -> Origins:
        match node:
            case Name(name=name):
                return self.scope.root(name)
            case Conditional():
                self.read(node.test)
                return self.read(node.then) + self.read(node.otherwise)
            case ListExpr():
                return (Made(item_values=tuple([o for item in node.items for o in self.read(item)])),)
            case ObjectExpr():
                return (Made({entry.key: self.read(entry.value) for entry in node.entries}),)
            case Call():
                return _given_by(node.name, [self.read(argument) for argument in node.args])
            case Unary():
                self.read(node.operand)
        return ()

    def _next(self, node: Expr, left: Origins) -> Origins:
        match node:
            case Member(name=name) if name:
                outer = Span(node.target.span.end, node.name_span.end)
                return self._key(left, name, "member", node.name_span, outer)
            case Index(index=Literal(value=str() as name)):
                span = Span(node.index.span.start + 1, node.index.span.end - 1)
                return self._key(left, name, "index", span, Span(node.target.span.end, node.span.end))
            case Index():
                self.read(node.index)
                return items_of(left)
            case Coalesce():
                return left + self.read(node.right)
            case Call():
                return _given_by(node.name, [left, *(self.read(argument) for argument in node.args[1:])])
            case Binary():
                self.read(node.right)
        return ()

    def _key(self, left: Origins, name: str, form: Form, span: Span, outer: Span) -> Origins:
        entries, certain = entries_of(left, name)
        subjects = tuple(dict.fromkeys(entry.subject for entry in entries if entry.subject is not None))
        value = tuple([origin for entry in entries for origin in entry.value])
        if subjects and self.report is not None:
            self.report(Link(subjects, form, span, outer, certain, value))
        return value


def _given_by(function: str, arguments: list[Origins]) -> Origins:
    """The shape of what a function gives, where it is that of its arguments."""
    if function in _ITEM:
        return items_of(arguments[0]) if arguments else ()
    return tuple([origin for each in arguments for origin in each]) if function in _SAME else ()
