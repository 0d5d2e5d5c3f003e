"""Operations that make one of many: `groupBy` and `aggregate`."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from wf_engine.expressions import FUNCTIONS
from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.values import fingerprint
from wf_engine.transforms.aggregations import Aggregate, Aggregations
from wf_engine.transforms.arguments import PathTo
from wf_engine.transforms.model import (
    Arguments,
    Example,
    ItemError,
    Items,
    Operation,
    Parameter,
    Remark,
    Typing,
    Work,
    value_kinds,
)
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import NOTHING
from wf_engine.types import (
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Type,
    array_of,
    is_any,
    kinds,
    nullable,
    object_of,
    union,
    without_null,
)


class Function(NamedTuple):
    """A function of aggregations: of the values there are, and its type by that of the values.

    `some` says that there is at least one value.
    """

    documentation: str
    of: Callable[[Sequence[Any]], Any]
    type: Callable[[Type, bool], Type]
    wants: tuple[str, ...] = ()


def _of(name: str) -> Callable[[Sequence[Any]], Any]:
    evaluate = FUNCTIONS[name].evaluate
    return lambda values: evaluate(values) if values else None


def _maybe(type_: Type, some: bool) -> Type:  # noqa: FBT001 - a fact about the values
    return type_ if some else nullable(type_)


def _number(type_: Type) -> Type:
    return INTEGER if "number" not in kinds(type_) else NUMBER


def _extreme(type_: Type) -> Type:
    found = value_kinds(type_)
    parts = [*([_number(type_)] if "number" in found else []), *([STRING] if "string" in found else [])]
    return union(*parts) if parts else NUMBER


AGGREGATIONS: Mapping[str, Function] = MappingProxyType(
    {
        "sum": Function("the sum, 0 of none", FUNCTIONS["sum"].evaluate, lambda t, _: _number(t), ("number",)),
        "avg": Function("the mean", _of("avg"), lambda _, some: _maybe(NUMBER, some), ("number",)),
        "count": Function("how many there are", len, lambda _, __: INTEGER),
        "min": Function("the least number or text", _of("min"), lambda t, some: _maybe(_extreme(t), some),
                        ("number", "string")),
        "max": Function("the greatest number or text", _of("max"), lambda t, some: _maybe(_extreme(t), some),
                        ("number", "string")),
        "first": Function("the first", lambda values: values[0] if values else None, _maybe),
        "last": Function("the last", lambda values: values[-1] if values else None, _maybe),
        "collect": Function("all of them, as a list", list, lambda t, _: array_of(t)),
    }
)  # fmt: skip


def _values(aggregate: Aggregate, items: Sequence[Any], work: Work) -> list[Any]:
    """What an aggregation takes from the items: absent and null values are left out."""
    if aggregate.field is None:
        found = list(items)
    elif aggregate.field.singular:
        found = [aggregate.field.value(item) for _, item in work.numbered(items)]
    else:
        found = [value for _, item in work.numbered(items) for value in work.taken(aggregate.field, item)]
    return [value for value in found if value is not NOTHING and value is not None]


def _aggregated(aggregations: Mapping[str, Aggregate], items: Sequence[Any], work: Work) -> dict[str, Any]:
    made = {}
    for name, aggregate in aggregations.items():
        try:
            made[name] = AGGREGATIONS[aggregate.function].of(_values(aggregate, items, work))
        except MisuseError as error:
            raise ItemError(f"`{name}`: {error.message}", hint=error.hint) from None
    return made


def _types(aggregations: Mapping[str, Aggregate], items: Items, typing: Typing) -> dict[str, Type]:
    made = {}
    for name, aggregate in aggregations.items():
        function = AGGREGATIONS[aggregate.function]
        values, some = items.item, items.filled
        if aggregate.field is not None:
            found = path_type(aggregate.field, items.item)
            values, some = found.node, some and found.certain and aggregate.field.singular
            if found.missing is not None:
                typing.remarks.append(Remark(found.missing, ("aggregations", name, "field"), kind="empty-path"))
        some = some and "null" not in kinds(values)
        values = without_null(values)
        unfit = function.wants and kinds(values) and value_kinds(values).isdisjoint(function.wants)
        if unfit and not is_any(values):
            words = " or ".join({"number": "numbers", "string": "texts"}[each] for each in function.wants)
            place = ("aggregations", name, "field" if aggregate.field else "function")
            typing.remarks.append(Remark(f"`{aggregate.function}` takes {words}, and there are none.", place))
        made[name] = function.type(values, some)
    return made


def _group_by(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    groups: dict[Any, tuple[Any, list[Any]]] = {}
    for _, item in work.numbered(items):
        key = work.taken(arguments["key"], item)
        key = None if key is NOTHING else key
        groups.setdefault(fingerprint(key), (key, []))[1].append(item)
    aggregations = arguments["aggregations"]
    if aggregations is None:
        return [{"key": key, "items": inside} for key, inside in groups.values()]
    return [{"key": key, **_aggregated(aggregations, inside, work)} for key, inside in groups.values()]


def _infer_group_by(items: Items, arguments: Arguments, typing: Typing) -> Items:
    found = path_type(arguments["key"], items.item)
    if found.missing is not None:
        typing.remarks.append(Remark(found.missing, ("key",), kind="empty-path"))
    key = found.type if found.certain else union(found.type, NULL)
    aggregations = arguments["aggregations"]
    if aggregations is None:
        return items.of(object_of({"key": key, "items": array_of(items.item)}))
    return items.of(object_of({"key": key, **_types(aggregations, Items(items.item, filled=True), typing)}))


def _aggregate(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    return [_aggregated(arguments["aggregations"], items, work)]


def _infer_aggregate(items: Items, arguments: Arguments, typing: Typing) -> Items:
    return Items(object_of(_types(arguments["aggregations"], items, typing)), filled=True)


_DETAILS = "; ".join(f"`{name}` {function.documentation}" for name, function in AGGREGATIONS.items())
_MEANING = (
    f"Values by name, each `{{function, field}}`: {_DETAILS}. `field` is a path, without it the item itself; absent "
    "and null values are left out, and of no values the result is null."
)

OPERATIONS = (
    Operation(
        name="groupBy",
        documentation="Makes one item of all that have the same value at `key`: `{key, items}` or, with "
        "`aggregations`, the key and what they make of the items. Groups stand in the order of their first items; an "
        "absent key is null.",
        parameters=(
            Parameter("key", PathTo(), "The path to what the items of a group have in common.", required=True),
            Parameter("aggregations", Aggregations(tuple(AGGREGATIONS), ("key",)), _MEANING),
        ),
        examples=(
            Example(
                {"key": "$.user", "aggregations": {"orders": {"function": "count"},
                                                   "spent": {"function": "sum", "field": "$.total"}}},
                [{"user": "ada", "total": 5}, {"user": "bob", "total": 7}, {"user": "ada", "total": 1.5}],
                [{"key": "ada", "orders": 2, "spent": 6.5}, {"key": "bob", "orders": 1, "spent": 7}],
            ),
            Example(
                {"key": "$.even"},
                [{"even": True, "n": 2}, {"even": False, "n": 3}, {"even": True, "n": 4}],
                [{"key": True, "items": [{"even": True, "n": 2}, {"even": True, "n": 4}]},
                 {"key": False, "items": [{"even": False, "n": 3}]}],
            ),
        ),
        evaluate=_group_by,
        infer=_infer_group_by,
    ),
    Operation(
        name="aggregate",
        documentation="Makes one map of all items. As the last operation it gives the map itself, before others a "
        "list of it.",
        parameters=(Parameter("aggregations", Aggregations(tuple(AGGREGATIONS)), _MEANING, required=True),),
        examples=(
            Example(
                {"aggregations": {"total": {"function": "sum", "field": "$.price"},
                                  "dearest": {"function": "max", "field": "$.price"}}},
                [{"price": 5}, {"price": 7.5}, {"price": None}],
                {"total": 12.5, "dearest": 7.5},
            ),
        ),
        evaluate=_aggregate,
        infer=_infer_aggregate,
        single=True,
    ),
)  # fmt: skip
