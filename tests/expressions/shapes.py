"""Trees without their spans, and random ones."""

from hypothesis import strategies as st

from wf_engine.expressions import (
    Binary,
    Call,
    Coalesce,
    Conditional,
    Entry,
    Index,
    ListExpr,
    Literal,
    Member,
    Missing,
    Name,
    ObjectExpr,
    Unary,
)
from wf_engine.text import Span

NOWHERE = Span(0, 0)
OPERATORS = ["||", "&&", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%"]
FRAGMENTS = [
    *OPERATORS,
    *" \t\n.,:?|!()[]{}'\"\\@é_$-=&",
    "?.",
    "??",
    "{{",
    "}}",
    "a",
    "b-c",
    "in",
    "true",
    "null",
    "tasks.a.output",
    "12",
    "1.5e3",
    "'text'",
    '"q\\n"',
    "upper(",
    "and",
    "\ud800",
]


def shape(node):
    """The tree as nested tuples; numbers with their type, since 1 == 1.0 == True in Python."""
    match node:
        case Literal():
            return ("literal", type(node.value).__name__, node.value)
        case Name():
            return ("name", node.name)
        case Member():
            return ("member", shape(node.target), node.name, node.optional)
        case Index():
            return ("index", shape(node.target), shape(node.index), node.optional)
        case Call():
            return ("call", node.name, tuple(map(shape, node.args)), node.piped)
        case Unary():
            return ("unary", node.op, shape(node.operand))
        case Binary():
            return ("binary", node.op, shape(node.left), shape(node.right))
        case Conditional():
            return ("conditional", *map(shape, node.children()))
        case Coalesce():
            return ("coalesce", shape(node.left), shape(node.right))
        case ListExpr():
            return ("list", tuple(map(shape, node.items)))
        case ObjectExpr():
            return ("object", tuple((entry.key, shape(entry.value)) for entry in node.entries))
        case Missing():
            return ("missing",)
    raise AssertionError(node)


_PIECES = st.from_regex(r"[A-Za-z0-9_]{1,3}", fullmatch=True)
KEYS = st.one_of(
    st.sampled_from(["in", "true", "null", "output", "a", "$x"]),
    st.builds(
        lambda head, rest: "-".join([head, *rest]),
        st.from_regex(r"[A-Za-z_$][A-Za-z0-9_]{0,3}", fullmatch=True),
        st.lists(_PIECES, max_size=2),
    ),
)
NAMES = KEYS.filter(lambda name: name not in {"in", "true", "false", "null"})
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=0),
    st.floats(min_value=0, allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)


def _larger(inner):
    return st.one_of(
        st.builds(lambda t, n, o: Member(NOWHERE, t, n, NOWHERE, o), inner, KEYS, st.booleans()),
        st.builds(lambda t, i, o: Index(NOWHERE, t, i, o), inner, inner, st.booleans()),
        st.builds(lambda n, a: Call(NOWHERE, n, NOWHERE, tuple(a), piped=False), NAMES, st.lists(inner, max_size=3)),
        st.builds(
            lambda n, a: Call(NOWHERE, n, NOWHERE, tuple(a), piped=True), KEYS, st.lists(inner, min_size=1, max_size=3)
        ),
        st.builds(lambda o, x: Unary(NOWHERE, o, x), st.sampled_from("!-"), inner),
        st.builds(lambda o, a, b: Binary(NOWHERE, o, a, b), st.sampled_from(OPERATORS), inner, inner),
        st.builds(lambda a, b, c: Conditional(NOWHERE, a, b, c), inner, inner, inner),
        st.builds(lambda a, b: Coalesce(NOWHERE, a, b), inner, inner),
        st.builds(lambda items: ListExpr(NOWHERE, tuple(items)), st.lists(inner, max_size=3)),
        st.builds(
            lambda entries: ObjectExpr(NOWHERE, tuple(Entry(key, NOWHERE, value) for key, value in entries)),
            st.lists(st.tuples(st.one_of(KEYS, st.text(max_size=3)), inner), max_size=3),
        ),
    )


TREES = st.recursive(
    st.one_of(SCALARS.map(lambda value: Literal(NOWHERE, value)), NAMES.map(lambda name: Name(NOWHERE, name))),
    _larger,
    max_leaves=20,
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
