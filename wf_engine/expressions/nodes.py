"""The tree of an expression (language §5).

Every node has the span of its text; the span of a node lies within that of its parent. Parentheses and inner braces
leave no node: a node's own span is without them, its parent's span holds them. Nodes compare by identity; whether two
expressions say the same is asked of `equivalent`.
"""

from collections.abc import Iterator

from msgspec import Struct

from wf_engine.text import Span


class Expr(Struct, frozen=True, eq=False):
    """Any expression; `span` counts code points in the text that was parsed."""

    span: Span

    def children(self) -> "tuple[Expr, ...]":
        """The expressions directly inside, in the order of the text."""
        return ()


class Literal(Expr, frozen=True, eq=False):
    """`null`, `true`, `false`, a number or a string."""

    value: bool | int | float | str | None


class Name(Expr, frozen=True, eq=False):
    """A bare word: a root such as `input`."""

    name: str


class Member(Expr, frozen=True, eq=False):
    """`target.name` or `target?.name`. Where the name is missing it is empty and `name_span` has no width."""

    target: Expr
    name: str
    name_span: Span
    optional: bool

    def children(self) -> tuple[Expr, ...]:
        """The target."""
        return (self.target,)


class Index(Expr, frozen=True, eq=False):
    """`target[index]` or `target?.[index]`."""

    target: Expr
    index: Expr
    optional: bool

    def children(self) -> tuple[Expr, ...]:
        """The target and the index."""
        return (self.target, self.index)


class Call(Expr, frozen=True, eq=False):
    """`name(args)`; with `piped`, the first argument stands before a `|`."""

    name: str
    name_span: Span
    args: tuple[Expr, ...]
    piped: bool

    def children(self) -> tuple[Expr, ...]:
        """The arguments."""
        return self.args


class Unary(Expr, frozen=True, eq=False):
    """`!operand` or `-operand`."""

    op: str
    operand: Expr

    def children(self) -> tuple[Expr, ...]:
        """The operand."""
        return (self.operand,)


class Binary(Expr, frozen=True, eq=False):
    """`left op right`, for every operator but `??`."""

    op: str
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        """Both operands."""
        return (self.left, self.right)


class Conditional(Expr, frozen=True, eq=False):
    """`test ? then : otherwise`."""

    test: Expr
    then: Expr
    otherwise: Expr

    def children(self) -> tuple[Expr, ...]:
        """The test and both branches."""
        return (self.test, self.then, self.otherwise)


class Coalesce(Expr, frozen=True, eq=False):
    """`left ?? right`."""

    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        """Both operands."""
        return (self.left, self.right)


class ListExpr(Expr, frozen=True, eq=False):
    """`[items]`."""

    items: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        """The items."""
        return self.items


class Entry(Struct, frozen=True):
    """A key of an object and its value; of two equal keys the later one counts."""

    key: str
    key_span: Span
    value: Expr


class ObjectExpr(Expr, frozen=True, eq=False):
    """`{key: value}`."""

    entries: tuple[Entry, ...]

    def children(self) -> tuple[Expr, ...]:
        """The values."""
        return tuple(entry.value for entry in self.entries)


class Missing(Expr, frozen=True, eq=False):
    """Where an expression should stand and none does. It cannot be evaluated; its type is any."""


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, parents before their children, in the order of the text."""
    pending = [expr]
    while pending:
        node = pending.pop()
        yield node
        pending += node.children()[::-1]


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
    if isinstance(node, Member | Index):
        return node.target
    if isinstance(node, Binary | Coalesce):
        return node.left
    return node.args[0] if isinstance(node, Call) and node.piped else None


def references(expr: Expr) -> frozenset[tuple[str, str]]:
    """Every `root.name` and `root["name"]` that is read: `("tasks", "fetch-user")`, `("input", "userId")`."""
    found = set()
    for node in walk(expr):
        if not isinstance(node, Member | Index) or not isinstance(node.target, Name):
            continue
        if isinstance(node, Member):
            if node.name:
                found.add((node.target.name, node.name))
        elif isinstance(node.index, Literal) and isinstance(node.index.value, str):
            found.add((node.target.name, node.index.value))
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
