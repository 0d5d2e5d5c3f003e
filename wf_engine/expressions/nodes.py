"""The tree of an expression (language §5).

Every node has the span of its text; the span of a node lies within that of its parent. Parentheses and inner braces
leave no node: a node's own span is without them, its parent's span holds them. Nodes compare by identity; whether two
expressions say the same is asked of `equivalent`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class Expr:
    """Any expression; `span` counts code points in the text that was parsed."""

    span: Span

    def children(self) -> "tuple[Expr, ...]":
        """The expressions directly inside, in the order of the text."""
        return ()


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Expr):
    """`null`, `true`, `false`, a number or a string."""

    value: bool | int | float | str | None


@dataclass(frozen=True, slots=True, eq=False)
class Name(Expr):
    """A bare word: a root such as `input`."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Member(Expr):
    """`target.name` or `target?.name`. Where the name is missing it is empty and `name_span` has no width."""

    target: Expr
    name: str
    name_span: Span
    optional: bool

    def children(self) -> tuple[Expr, ...]:
        """The target."""
        return (self.target,)


@dataclass(frozen=True, slots=True, eq=False)
class Index(Expr):
    """`target[index]` or `target?.[index]`."""

    target: Expr
    index: Expr
    optional: bool

    def children(self) -> tuple[Expr, ...]:
        """The target and the index."""
        return (self.target, self.index)


@dataclass(frozen=True, slots=True, eq=False)
class Call(Expr):
    """`name(args)`; with `piped`, the first argument stands before a `|`."""

    name: str
    name_span: Span
    args: tuple[Expr, ...]
    piped: bool

    def children(self) -> tuple[Expr, ...]:
        """The arguments."""
        return self.args


@dataclass(frozen=True, slots=True, eq=False)
class Unary(Expr):
    """`!operand` or `-operand`."""

    op: str
    operand: Expr

    def children(self) -> tuple[Expr, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True, eq=False)
class Binary(Expr):
    """`left op right`, for every operator but `??`."""

    op: str
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        """Both operands."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, eq=False)
class Conditional(Expr):
    """`test ? then : otherwise`."""

    test: Expr
    then: Expr
    otherwise: Expr

    def children(self) -> tuple[Expr, ...]:
        """The test and both branches."""
        return (self.test, self.then, self.otherwise)


@dataclass(frozen=True, slots=True, eq=False)
class Coalesce(Expr):
    """`left ?? right`."""

    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        """Both operands."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, eq=False)
class ListExpr(Expr):
    """`[items]`."""

    items: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of an object and its value; of two equal keys the later one counts."""

    key: str
    key_span: Span
    value: Expr


@dataclass(frozen=True, slots=True, eq=False)
class ObjectExpr(Expr):
    """`{key: value}`."""

    entries: tuple[Entry, ...]

    def children(self) -> tuple[Expr, ...]:
        """The values."""
        return tuple(entry.value for entry in self.entries)


@dataclass(frozen=True, slots=True, eq=False)
class Missing(Expr):
    """Where an expression should stand and none does. It cannot be evaluated; its type is any."""


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, parents before their children, in the order of the text."""
    pending = [expr]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.children()))


def spine(expr: Expr, most: int | None = None) -> list[Expr]:
    """The expression, what it is built upon on its left, and so on down to what is built on nothing.

    `a.b + c | f` gives the call, the sum, `a.b` and `a`. The text bounds how deep a tree nests but not how long it
    goes on to the right, so whatever goes through a tree takes a spine in a loop. `most` nodes are given, or all.
    """
    nodes = [expr]
    while len(nodes) != most and (left := _left(nodes[-1])) is not None:
        nodes.append(left)
    return nodes


def _left(node: Expr) -> Expr | None:
    match node:
        case Member() | Index():
            return node.target
        case Binary() | Coalesce():
            return node.left
        case Call(piped=True):
            return node.args[0]
    return None


def references(expr: Expr) -> frozenset[tuple[str, str]]:
    """Every `root.name` and `root["name"]` that is read: `("tasks", "fetch-user")`, `("input", "userId")`."""
    found = set()
    for node in walk(expr):
        match node:
            case Member(target=Name(name=root), name=name) if name:
                found.add((root, name))
            case Index(target=Name(name=root), index=Literal(value=str() as name)):
                found.add((root, name))
    return frozenset(found)


def conjuncts(expr: Expr) -> tuple[Expr, ...]:
    """The conditions that `&&` joins: all of them are true where the expression is."""
    found: list[Expr] = []
    pending = [expr]
    while pending:
        node = pending.pop()
        if isinstance(node, Binary) and node.op == "&&":
            pending += [node.right, node.left]
        else:
            found.append(node)
    return tuple(found)
