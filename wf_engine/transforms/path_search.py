"""What a JSONPath selects: its segments as the library read them, made into functions on plain values (RFC 9535).

Without a path for every node, with the equality of the language, with `match` and `search` in linear time, and never
more nodes than the limit.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from jsonpath import filter as parsed
from jsonpath import selectors
from jsonpath.segments import JSONPathRecursiveDescentSegment, JSONPathSegment

from wf_engine.expressions.errors import LimitError
from wf_engine.expressions.values import MAX_ITEMS, equal, kind
from wf_engine.transforms.paths import NOTHING, Segment
from wf_engine.transforms.patterns import full_match, search

_MOST_STEPS: Final = 5_000_000
"""Nodes looked at for one value; filters inside filters multiply."""


class NotStandardError(Exception):
    """The library reads more than the RFC has."""


def segments_of(written: Iterable[JSONPathSegment]) -> tuple[Segment, ...]:
    """The steps of a path that the library has read."""
    return tuple(Segment(tuple(each.selectors), isinstance(each, JSONPathRecursiveDescentSegment)) for each in written)


class Search:
    """One search: the root, what the queries from the root in its filters gave, and how much was looked at."""

    __slots__ = ("known", "root", "steps")

    def __init__(self, root: Any) -> None:
        self.root = root
        self.known: dict[int, list[Any]] = {}
        self.steps = 0

    def count(self, steps: int) -> None:
        """Notes that so many more nodes were looked at."""
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise LimitError(f"The path looks at more than {_MOST_STEPS:,} nodes, the most that it may.")


Select = Callable[[Search, Any], list[Any]]
_Value = Callable[[Search, Any], Any]
_Test = Callable[[Search, Any], bool]


def nodes_of(segments: tuple[Segment, ...]) -> Select:
    """What selects the nodes of a path from a value."""
    steps = [([_selector(each) for each in segment.selectors], segment.descends) for segment in segments]

    def select(search: Search, start: Any) -> list[Any]:
        found = [start]
        for each, descends in steps:
            following: list[Any] = []
            for node in _descendants(search, found) if descends else found:
                for selector in each:
                    following += selector(search, node)
                if len(following) > MAX_ITEMS:
                    raise LimitError(f"The path selects more than {MAX_ITEMS:,} nodes, the most that it may.")
            search.count(len(following) + 1)
            found = following
        return found

    return select


def _descendants(search: Search, nodes: list[Any]) -> Iterator[Any]:
    """The nodes and all inside them, each before what is in it."""
    for node in nodes:
        left = [node]
        while left:
            value = left.pop()
            search.count(1)
            yield value
            left += reversed(_children(value))


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def _selector(selector: Any) -> Select:
    match selector:
        case selectors.NameSelector():
            return _named(selector.name)
        case selectors.IndexSelector():
            return _indexed(selector.index)
        case selectors.SliceSelector():
            return _sliced(selector.slice)
        case selectors.Filter():
            return _filtered(_test(selector.expression.expression))
    return lambda _, value: _children(value)


def _named(name: str) -> Select:
    return lambda _, value: [value[name]] if isinstance(value, dict) and name in value else []


def _indexed(index: int) -> Select:
    def select(_: Search, value: Any) -> list[Any]:
        inside = isinstance(value, list | tuple) and -len(value) <= index < len(value)
        return [value[index]] if inside else []

    return select


def _sliced(part: slice) -> Select:
    if part.step == 0:
        return lambda _, __: []
    return lambda _, value: list(value[part]) if isinstance(value, list | tuple) else []


def _filtered(test: _Test) -> Select:
    def select(search: Search, value: Any) -> list[Any]:
        children = _children(value)
        search.count(len(children))
        return [child for child in children if test(search, child)]

    return select


def _test(expression: Any) -> _Test:
    """Whether a node passes: a query by selecting something, all else by being true."""
    match expression:
        case parsed.FilterQuery():
            nodes = _query(expression)
            return lambda search, node: bool(nodes(search, node))
        case parsed.PrefixExpression():
            inner = _test(expression.right)
            return lambda search, node: not inner(search, node)
        case parsed.InfixExpression(operator="&&" | "||"):
            left, right = _test(expression.left), _test(expression.right)
            if expression.operator == "&&":
                return lambda search, node: left(search, node) and right(search, node)
            return lambda search, node: left(search, node) or right(search, node)
        case parsed.InfixExpression():
            compare = _COMPARISONS[expression.operator]
            first, second = _value(expression.left), _value(expression.right)
            return lambda search, node: compare(first(search, node), second(search, node))
    value = _value(expression)
    return lambda search, node: value(search, node) is True


def _value(expression: Any) -> _Value:
    """The value of an operand, NOTHING where there is none."""
    match expression:
        case parsed.Nil():
            return lambda _, __: None
        case parsed.FilterExpressionLiteral():
            literal = expression.value
            return lambda _, __: literal
        case parsed.FilterQuery():
            nodes = _query(expression)
            return lambda search, node: _only(nodes(search, node))
        case parsed.FunctionExtension():
            return _call(expression)
    raise NotStandardError


def _query(query: Any) -> Select:
    program = nodes_of(segments_of(query.path.segments))
    if isinstance(query, parsed.RelativeFilterQuery):
        return program

    def from_root(search: Search, _: Any) -> list[Any]:
        known = search.known.get(id(query))
        if known is None:
            known = search.known[id(query)] = program(search, search.root)
        return known

    return from_root


def _only(nodes: list[Any]) -> Any:
    return nodes[0] if len(nodes) == 1 else NOTHING


def _call(call: Any) -> _Value:
    if call.name in ("count", "value"):
        nodes = _query(call.args[0])
        if call.name == "count":
            return lambda search, node: len(nodes(search, node))
        return lambda search, node: _only(nodes(search, node))
    operands = [_value(each) for each in call.args]
    function = _FUNCTIONS[call.name]
    return lambda search, node: function(*[operand(search, node) for operand in operands])


def _length(value: Any) -> Any:
    return len(value) if isinstance(value, str | list | tuple | dict) else NOTHING


_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {"length": _length, "match": full_match, "search": search}


def _same(left: Any, right: Any) -> bool:
    if left is NOTHING or right is NOTHING:
        return left is right
    return equal(left, right)


def _less(left: Any, right: Any) -> bool:
    if left is NOTHING or right is NOTHING:
        return False
    kinds = kind(left)
    return kinds == kind(right) and kinds in ("number", "string") and bool(left < right)


_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": _same,
    "!=": lambda left, right: not _same(left, right),
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: _less(left, right) or _same(left, right),
    ">=": lambda left, right: _less(right, left) or _same(left, right),
}
