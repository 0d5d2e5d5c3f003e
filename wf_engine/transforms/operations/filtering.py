"""Operations that keep some items: `filter` and `distinct`."""

import operator
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from wf_engine.expressions import Expression, ExpressionError, Template, evaluate
from wf_engine.expressions.values import equal, fingerprint, kind, noun
from wf_engine.transforms.arguments import Argument, Choice, Condition, PathTo
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
    fewer_items,
    same_items,
    value_kinds,
)
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import NOTHING
from wf_engine.transforms.patterns import is_pattern, search
from wf_engine.types import describe, kinds

Test = Callable[[Any, Any], bool]


def _ordered(compare: Callable[[Any, Any], bool]) -> Test:
    def test(found: Any, value: Any) -> bool:
        if found is NOTHING or found is None:
            return False
        if kind(found) != kind(value):
            raise ItemError(f"{noun(kind(found)).capitalize()} cannot be compared with {noun(kind(value))}.")
        return compare(found, value)

    return test


def _texts(compare: Callable[[str, str], bool]) -> Test:
    def test(found: Any, value: Any) -> bool:
        if found is NOTHING or found is None:
            return False
        if not isinstance(found, str):
            raise ItemError(f"The value of `field` is {noun(kind(found))}; a text is wanted.")
        return compare(found, value)

    return test


def _contains(found: Any, value: Any) -> bool:
    match kind(found) if found is not NOTHING else "null":
        case "null":
            return False
        case "array":
            return any(equal(value, each) for each in found)
        case "string" | "object" if isinstance(value, str):
            return value in found
        case "string" | "object" as name:
            raise ItemError(f"{noun(name).capitalize()} is searched for a text, not for {noun(kind(value))}.")
    raise ItemError(f"The value of `field` is {noun(kind(found))}; a list, a text or a map is wanted.")


OPERATORS: Mapping[str, Test] = MappingProxyType(
    {
        "eq": lambda found, value: found is not NOTHING and equal(found, value),
        "ne": lambda found, value: found is NOTHING or not equal(found, value),
        "gt": _ordered(operator.gt),
        "gte": _ordered(operator.ge),
        "lt": _ordered(operator.lt),
        "lte": _ordered(operator.le),
        "contains": _contains,
        "startsWith": _texts(str.startswith),
        "endsWith": _texts(str.endswith),
        "in": lambda found, value: found is not NOTHING and any(equal(found, each) for each in value),
        "matches": _texts(search),
        "exists": lambda found, value: (found is not NOTHING) is value,
    }
)
_WANTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("gt", "gte", "lt", "lte"), ("number", "string")),
        **dict.fromkeys(("startsWith", "endsWith", "matches"), ("string",)),
        "in": ("array",),
        "exists": ("boolean",),
    }
)
_NAMES = {"array": "a list", "string": "a text", "number": "a number", "boolean": "`true` or `false`"}


def _value_fault(name: str, value: Any) -> str | None:
    """What is wrong with the value that an operator compares with."""
    kinds = _WANTED.get(name)
    if kinds is not None and kind(value) not in kinds:
        words = " or ".join(_NAMES[each] for each in kinds)
        return f"`{name}` compares with {words}; this is {noun(kind(value))}."
    if name == "matches" and not is_pattern(value):
        return f"`{value}` is no regular expression that RE2 understands."
    return None


def _check(written: Arguments) -> Iterator[tuple[tuple[str, ...], str]]:
    """`where` stands alone; without it there are `field` and `operator`, and `value` unless it is `exists`."""
    others = [name for name in ("field", "operator", "value") if name in written]
    if "where" in written:
        if others:
            yield (others[0],), f"`{others[0]}` has no effect beside `where`; write one of them."
        return
    name = written.get("operator")
    needed = ["field", "operator", *([] if name in (None, "exists") else ["value"])]
    missing = [each for each in needed if each not in written]
    if missing:
        example = "`{field: $.status, operator: eq, value: active}` or `{where: item.price > 10}`"
        yield (), f"`{missing[0]}` is missing: `filter` takes {example}."
        return
    value = written.get("value", True)
    fault = None if _has_template(value) else _value_fault(name or "", value)
    if fault is not None:
        yield ("value",), fault


def _has_template(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_template, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_template, value))
    return isinstance(value, Template)


def _filter(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    if arguments["where"] is not None:
        return [item for index, item in work.numbered(items) if holds(arguments["where"], item, index, work)]
    name, path, value = arguments["operator"], arguments["field"], arguments["value"]
    if name == "exists" and value is None:
        value = True
    fault = _value_fault(name, value)
    if fault is not None:
        raise ItemError(fault)
    test, kept = OPERATORS[name], []
    for index, item in work.numbered(items):
        try:
            if test(work.taken(path, item), value):
                kept.append(item)
        except ItemError as error:
            raise ItemError(error.message, index, error.hint) from None
    return kept


def holds(condition: Expression | bool, item: Any, index: int, work: Work) -> bool:  # noqa: FBT001 - a value of the language
    """Whether a condition holds of an item. Raises ItemError."""
    if isinstance(condition, bool):
        return condition
    try:
        value = evaluate(condition, {**work.scope, "item": item, "index": index})
    except ExpressionError as error:
        raise ItemError(f"In `{condition.text.strip()}`: {error.message}", index, error.hint) from None
    if value is True or value is False:
        return value
    message = f"`{condition.text.strip()}` gives {noun(kind(value))}, neither true nor false."
    raise ItemError(message, index, "Compare the value with something, such as `item.x != null`.")


def _infer_filter(items: Items, arguments: Arguments, typing: Typing) -> Items:
    if isinstance(arguments["where"], Expression):
        given = typing.over_items("where", items.item)
        if kinds(given) and "boolean" not in kinds(given):
            message = f"`where` gives {describe(given, 1)}; true or false is wanted."
            typing.remarks.append(Remark(message, ("where",), "Compare it with something, such as `… > 0`."))
    path = arguments["field"]
    if path is not None and arguments["operator"] != "exists":
        found = path_type(path, items.item)
        if found.missing is not None:
            typing.remarks.append(Remark(found.missing, ("field",), kind="empty-path"))
        else:
            typing.remarks += _never(arguments["operator"], value_kinds(found.type) - {"null"}, arguments["value"])
    return fewer_items(items, arguments, typing)


_KINDS = {"array": "lists", "object": "maps", "string": "texts", "number": "numbers", "boolean": "true or false"}


def _never(name: str, found: frozenset[str], value: Any) -> Iterator[Remark]:
    """What no value of the kinds that are found at `field` can be compared with."""
    if not found or _has_template(value):
        return
    are = f"the values at `field` are {' or '.join(_KINDS.get(each, each) for each in sorted(found))}"
    if name in ("startsWith", "endsWith", "matches") and "string" not in found:
        yield Remark(f"`{name}` takes texts; {are}.", ("field",))
    elif name in ("gt", "gte", "lt", "lte") and kind(value) not in found:
        yield Remark(
            f"`{name}` compares with {noun(kind(value))}, and {are}.", ("value",), "Compare with one of these."
        )
    elif name == "eq" and value is not None and kind(value) not in found:
        yield Remark(
            f"This is never equal: it is {noun(kind(value))}, and {are}.", ("value",), "Types have to be equal too."
        )


def _distinct(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    path = arguments["by"]
    found: dict[Any, Any] = {}
    for _, item in work.numbered(items):
        key = item if path is None else work.taken(path, item)
        found.setdefault(None if key is NOTHING else fingerprint(key), item)
    return list(found.values())


def _infer_distinct(items: Items, arguments: Arguments, typing: Typing) -> Items:
    missing = None if arguments["by"] is None else path_type(arguments["by"], items.item).missing
    if missing is not None:
        typing.remarks.append(Remark(missing, ("by",), kind="empty-path"))
    return same_items(items, arguments, typing)


OPERATIONS = (
    Operation(
        name="filter",
        documentation="Keeps the items of which the condition holds: that the value at `field` stands to `value` as "
        "`operator` says, or that `where` is true. An absent or null value is in no order, holds nothing and matches "
        "nothing; `matches` looks for a regular expression anywhere in a text; `exists` asks whether the path selects "
        "anything.",
        parameters=(
            Parameter("field", PathTo(), "The path to the value that is tested."),
            Parameter("operator", Choice(tuple(OPERATORS)), "How it is compared."),
            Parameter("value", Argument(), "What it is compared with; with `exists`, `false` asks for the contrary."),
            Parameter("where", Condition(), "Instead: an expression over `item` and `index`."),
        ),
        examples=(
            Example(
                {"field": "$.status", "operator": "eq", "value": "active"},
                [{"id": 1, "status": "active"}, {"id": 2, "status": "closed"}, {"id": 3}],
                [{"id": 1, "status": "active"}],
            ),
            Example(
                {"where": "item.price * item.count >= 20 && index < 2"},
                [{"price": 5, "count": 4}, {"price": 1, "count": 2}, {"price": 90, "count": 1}],
                [{"price": 5, "count": 4}],
            ),
        ),
        evaluate=_filter,
        infer=_infer_filter,
        check=_check,
    ),
    Operation(
        name="distinct",
        documentation="Keeps the first of the items that are equal, or whose values at `by` are; an absent value "
        "equals null.",
        parameters=(Parameter("by", PathTo(), "The path to what is compared; without it the whole item."),),
        examples=(
            Example(None, [1, 2, 1.0, "1"], [1, 2, "1"]),
            Example(
                {"by": "$.user"},
                [{"id": 1, "user": "ada"}, {"id": 2, "user": "bob"}, {"id": 3, "user": "ada"}],
                [{"id": 1, "user": "ada"}, {"id": 2, "user": "bob"}],
            ),
        ),
        evaluate=_distinct,
        infer=_infer_distinct,
    ),
)
