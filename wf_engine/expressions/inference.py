"""The static type of every expression, and what in it cannot work (language §6).

What has an error has type any, so that one cause is found once. What has only a warning counts as present: were it any,
nothing could be said of, or completed behind, a value that may be missing.
"""

from collections.abc import Sequence
from typing import Any

from wf_engine.expressions.chains import forgiving, links_from
from wf_engine.expressions.findings import Inference, Scope
from wf_engine.expressions.functions import FUNCTIONS
from wf_engine.expressions.narrowing import path_of, truths
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
from wf_engine.expressions.operations import binary_type, call_type, unary_type
from wf_engine.expressions.reads import Reads
from wf_engine.expressions.session import Session, any_of, value_kinds
from wf_engine.expressions.templates import Embedded, Expression, Template
from wf_engine.types import ANY, BOOLEAN, STRING, Type, array_of, literal, object_of, to_schema, without_null

_LONGEST_CONSTANT = 10_000
"""Characters of a list or map in the text up to which its type is its value."""


def infer(expr: Expression | Expr, scope: Scope, assuming: Sequence[Expr] = ()) -> Inference:
    """The type of an expression. `assuming` are the conditions known to be true around it.

    The roots of an assumed condition mean what they mean here: one that reads `forEach` of another loop is left out.
    """
    inferrer = _Inferrer(scope, assuming)
    type_ = inferrer.infer(expr.root if isinstance(expr, Expression) else expr)
    return inferrer.result(type_)


def infer_template(template: Template, scope: Scope, assuming: Sequence[Expr] = ()) -> Inference:
    """The type of a template: of exactly one expression its own, of a text without any that text, else string."""
    inferrer = _Inferrer(scope, assuming)
    types = [inferrer.infer(part.expr) for part in template.parts if isinstance(part, Embedded)]
    if template.single is not None:
        return inferrer.result(types[0])
    return inferrer.result(STRING if types else literal(template.literal))


class _Inferrer:
    """Goes through an expression in the order in which it is evaluated."""

    def __init__(self, scope: Scope, assuming: Sequence[Expr]) -> None:
        self.session = Session(scope)
        for condition in assuming:
            self.infer(condition)
            self.session.knowledge.learn(truths(condition, outcome=True))
        self.session.findings.clear()
        self.session.types.clear()

    def result(self, type_: Type) -> Inference:
        """What has been found out."""
        return Inference(type_, tuple(self.session.findings), self.session.types)

    def infer(self, expr: Expr, *, lenient: bool = False) -> Type:
        """The type of an expression; `lenient`: nothing at its end is null."""
        nodes = spine(expr)
        pardons = forgiving(nodes, lenient=lenient)
        nodes.reverse()
        pardons.reverse()
        links = links_from(nodes, 1)
        reads = Reads(self.session, links, self.infer, lenient=pardons[len(links)])
        base = nodes[0]
        if isinstance(base, Name):
            type_ = reads.from_root(base)
        else:
            type_ = reads.from_value(self._note(base, self._base_type(base)), base, None)
        at = 1 + len(links)
        while at < len(nodes):
            run = links_from(nodes, at) or _run_of_same(nodes, at)
            type_ = self._run(run, type_, pardons[at : at + len(run)], nodes[at - 1])
            at += len(run)
        return type_

    def _run(self, run: Sequence[Expr], type_: Type, pardons: Sequence[bool], before: Expr) -> Type:
        """The type of a run of links, of one operator or of one call, where `type_` is that of `before`."""
        node = run[0]
        match node:
            case Member() | Index():
                links = [link for link in run if isinstance(link, Member | Index)]
                reads = Reads(self.session, links, self.infer, lenient=pardons[-1])
                return reads.from_value(type_, before, path_of(before))
            case Coalesce():
                return self._coalesced([link for link in run if isinstance(link, Coalesce)], type_, pardons)
            case Binary(op="&&" | "||"):
                return self._logic([link for link in run if isinstance(link, Binary)], type_)
            case Binary():
                return self._note(node, binary_type(self.session, node, type_, self.infer(node.right)))
            case Call():
                return self._note(node, self._call(node, [type_]))
        return ANY

    def _base_type(self, node: Expr) -> Type:
        """The type of a node that is built on nothing on its left."""
        match node:
            case Literal():
                return literal(node.value)
            case Unary():
                return unary_type(self.session, node, self.infer(node.operand))
            case Conditional():
                return self._conditional(node)
            case ListExpr():
                return self._list(node)
            case ObjectExpr():
                return self._object(node)
            case Call():
                return self._call(node, [])
        return ANY

    def _note(self, node: Expr, type_: Type) -> Type:
        self.session.types[node.span] = type_
        return type_

    def _conditional(self, node: Conditional) -> Type:
        test = self.infer(node.test)
        self.session.require(node.test, test, ["boolean"], "`? :`, before it,")
        branches = []
        for outcome, branch in ((True, node.then), (False, node.otherwise)):
            mark = self.session.knowledge.mark()
            self.session.knowledge.learn(truths(node.test, outcome=outcome))
            branches.append(self.infer(branch))
            self.session.knowledge.forget(mark)
        return any_of(branches)

    def _logic(self, run: Sequence[Binary], left: Type) -> Type:
        """A run of `&&` or of `||`: what is on the right is evaluated where all on its left turned out so."""
        knowledge, op = self.session.knowledge, run[0].op
        self.session.require(run[0].left, left, ["boolean"], f"`{op}`")
        mark = knowledge.mark()
        before = run[0].left
        for node in run:
            knowledge.learn(truths(before, outcome=op == "&&"))
            self.session.require(node.right, self.infer(node.right), ["boolean"], f"`{op}`")
            before = self._note_boolean(node)
        knowledge.forget(mark)
        return BOOLEAN

    def _note_boolean(self, node: Binary) -> Expr:
        self._note(node, BOOLEAN)
        return node.right

    def _coalesced(self, run: Sequence[Coalesce], left: Type, pardons: Sequence[bool]) -> Type:
        """A run of `??`. What stands behind a value that is never null is never evaluated, but looked at."""
        reached, open_ended = [left], "null" in value_kinds(left)
        for node, pardon in zip(run, pardons, strict=True):
            mark = self.session.knowledge.mark()
            right = self.infer(node.right, lenient=pardon)
            self.session.knowledge.forget(mark)
            if open_ended:
                reached[-1] = without_null(reached[-1])
                reached.append(right)
                open_ended = "null" in value_kinds(right)
        type_ = any_of(reached)
        for node in run:
            self._note(node, type_)
        return type_

    def _call(self, node: Call, given: list[Type]) -> Type:
        """A call; `given` are the types of the arguments that stand before a `|`."""
        function = FUNCTIONS.get(node.name)
        coalesces = function is not None and function.coalesces
        args = list(given)
        mark = self.session.knowledge.mark()
        for argument in node.args[len(given) :]:
            args.append(self.infer(argument, lenient=coalesces))  # noqa: PERF401 - as in _list
        if coalesces:
            self.session.knowledge.forget(mark)
        return call_type(self.session, node, args)

    def _list(self, node: ListExpr) -> Type:
        types = []
        for item in node.items:
            types.append(self.infer(item))  # noqa: PERF401 - a comprehension would be one more frame a level
        if _is_short(node) and all(map(_is_constant, types)):
            return literal([_constant(type_) for type_ in types])
        return array_of(any_of(types))

    def _object(self, node: ObjectExpr) -> Type:
        types = {}
        for entry in node.entries:
            types[entry.key] = self.infer(entry.value)
        if _is_short(node) and all(map(_is_constant, types.values())):
            return literal({key: _constant(type_) for key, type_ in types.items()})
        return object_of(types)


def _run_of_same(nodes: Sequence[Expr], start: int) -> list[Expr]:
    """The `??`, the `&&` or the `||` that follow one another in a spine; of anything else the one node."""
    first = nodes[start]
    run = [first]
    if isinstance(first, Coalesce) or (isinstance(first, Binary) and first.op in {"&&", "||"}):
        while start + len(run) < len(nodes) and _is_same(first, nodes[start + len(run)]):
            run.append(nodes[start + len(run)])
    return run


def _is_same(first: Expr, other: Expr) -> bool:
    if isinstance(first, Binary):
        return isinstance(other, Binary) and first.op == other.op
    return isinstance(other, Coalesce)


def _is_short(node: Expr) -> bool:
    """Whether a list or map is worth being kept value by value."""
    return node.span.end - node.span.start <= _LONGEST_CONSTANT


def _is_constant(type_: Type) -> bool:
    schema = to_schema(type_)
    return isinstance(schema, dict) and schema.keys() == {"const"}


def _constant(type_: Type) -> Any:
    schema = to_schema(type_)
    return schema["const"] if isinstance(schema, dict) else None
