"""Which key was meant, told from the value that stands behind it and from the keys around it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from wf_engine.analysis import SiteAnalysis
from wf_engine.analysis.expressions import node_type
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.items import Item
from wf_engine.editing.placeholder import WORD
from wf_engine.editing.schema_words import keyword_fit
from wf_engine.editing.wanted import wanted_type
from wf_engine.expressions import Coalesce, Expression, Index, Member, Template
from wf_engine.language import duration_ms, fields_of, shapes
from wf_engine.syntax import Map, Node, Scalar, Seq, resolved
from wf_engine.types import ANY, Answer, Type, assignable, property_of

_FITS = {Answer.YES: 3, Answer.UNKNOWN: 2, Answer.PARTLY: 1, Answer.NO: 0}


def by_evidence(cursor: Cursor, items: Iterable[Item]) -> list[Item]:
    """Keys for a place where a value stands already, those that go with it first."""
    made = list(items)
    pair = cursor.trail.crumbs[-1].pair if cursor.trail.crumbs else None
    value = resolved(pair.value) if pair is not None else None
    if value is None or (isinstance(value, Scalar) and value.style == "missing"):
        return made
    fit = _judge(cursor, value)
    order = {item.label: number for number, item in enumerate(_conventional(cursor, made))}
    behind, before = _neighbours(cursor, order)

    def place(item: Item) -> tuple[int, int, int, int]:
        at = order[item.label]
        return (-fit(item.label), item.rank, not behind < at < before, at - behind if at > behind else 1000 - at)

    return [replace(item, rank=number) for number, item in enumerate(sorted(made, key=place))]


def _conventional(cursor: Cursor, items: list[Item]) -> list[Item]:
    """The keys in the order in which people write them, those that are there already included."""
    record = cursor.container.record
    if record is None or not items:
        return items
    known = {item.label: item for item in items}
    return [known.get(name) or Item(name, items[0].kind, name) for name in fields_of(record)] + items


def _neighbours(cursor: Cursor, order: dict[str, int]) -> tuple[int, int]:
    """The places in that order of the key above and of the key below."""
    node = cursor.trail.crumbs[-1].container
    names = [pair.name or "" for pair in node.pairs] if isinstance(node, Map) else []
    at = names.index(WORD) if WORD in names else len(names)
    above = [order[name] for name in names[:at] if name in order]
    below = [order[name] for name in names[at + 1 :] if name in order]
    return (above[-1] if above else -1), (below[0] if below else len(order))


def _judge(cursor: Cursor, value: Node) -> Callable[[str], int]:
    """How well a key goes with the value: the more the better."""
    container = cursor.container
    if container.record is not None:
        fields = fields_of(container.record)
        return lambda name: shape_fit(cursor, fields[name].shape, value) if name in fields else 0
    if isinstance(container.shape, shapes.JsonSchema | shapes.Parameters):
        around = cursor.trail.crumbs[-1].container
        return lambda name: keyword_fit(name, value, around)
    wanted = wanted_type(cursor, cursor.trail.path[:-1]) or ANY
    given, last = _value_type(cursor, value), _last_name(cursor, value)
    return lambda name: 4 * (name == last) + _FITS[assignable(given, property_of(wanted, name).type).answer]


def shape_fit(cursor: Cursor, shape: shapes.Shape, node: Node) -> int:
    """How well a value goes with the shape of a field: from 0, where it cannot be, to 4, where hardly another can."""
    if isinstance(node, Map):
        return _map_fit(shape, node)
    if isinstance(node, Seq):
        return _list_fit(cursor, shape, node)
    if not isinstance(node, Scalar):
        return 1
    text = node.text
    match shape:
        case shapes.Ref():
            kind = shape.target
            return 4 if text in cursor.workspace.names_of(kind, cursor.namespace) else 1 if " " not in text else 0
        case shapes.Enum():
            return 4 if text in shape.names else 0
        case shapes.Duration():
            return 4 if duration_ms(text) is not None else 0
        case shapes.Bool():
            return 4 if isinstance(node.value, bool) else 0
        case shapes.Int() | shapes.Number():
            return 3 if isinstance(node.value, int | float) and not isinstance(node.value, bool) else 0
        case shapes.Expr() | shapes.Tree():
            return 3 if "{{" in text or (isinstance(shape, shapes.Expr) and "." in text) else 1
        case shapes.Str():
            return 0 if not isinstance(node.value, str) or "{{" in text else 2
        case shapes.StatusCode():
            return 1
    return 1 if type(shape) is shapes.Shape else 0


def _map_fit(shape: shapes.Shape, node: Map) -> int:
    names = {pair.name for pair in node.pairs}
    match shape:
        case shapes.Obj() | shapes.WordOrObj():
            known = fields_of(shape.record)
            return 4 if names and names <= known.keys() else 1 if names & known.keys() else 0
        case shapes.JsonSchema():
            return 3 if names & {"type", "properties", "required", "items", "$ref", "anyOf", "oneOf"} else 1
        case shapes.Parameters():
            maps = [isinstance(resolved(pair.value), Map) for pair in node.pairs]
            return 3 if maps and all(maps) and not names & {"properties"} else 1
        case shapes.MapOf() | shapes.Tree():
            return 2
    return 1 if type(shape) is shapes.Shape else 0


def _list_fit(cursor: Cursor, shape: shapes.Shape, node: Seq) -> int:
    items = [resolved(item) for item in node.items]
    if isinstance(shape, shapes.StepList):
        return 4 if items and all(isinstance(item, Map) and item.pair("id") for item in items) else 1
    if isinstance(shape, shapes.ListOf):
        fits = [shape_fit(cursor, shape.item, item) for item in items]
        return min(fits) if fits else 1
    return 1 if isinstance(shape, shapes.Tree | shapes.Expr) or type(shape) is shapes.Shape else 0


def _value_type(cursor: Cursor, value: Node) -> Type:
    """The type of the value behind the key."""

    def type_of(scalar: Scalar) -> Type | None:
        site = _site(cursor, scalar)
        return site.type if site is not None else None

    return node_type(value, type_of)


def _site(cursor: Cursor, scalar: Scalar) -> SiteAnalysis | None:
    return cursor.step.site_of(scalar) if cursor.step is not None else None


def _last_name(cursor: Cursor, value: Node) -> str | None:
    """The last name of the path that the value reads: people call things alike."""
    site = _site(cursor, value) if isinstance(value, Scalar) else None
    parsed = site.site.parsed if site else None
    expr = parsed.single if isinstance(parsed, Template) else parsed.root if isinstance(parsed, Expression) else None
    while isinstance(expr, Index | Coalesce):
        expr = expr.target if isinstance(expr, Index) else expr.left
    return expr.name if isinstance(expr, Member) else None
