"""Operations that change the order: `sort` and `reverse`."""

from typing import Any

from wf_engine.expressions.values import kind, noun
from wf_engine.transforms.arguments import Choice, PathTo
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
    same_items,
    value_kinds,
)
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import NOTHING

_ORDERED = ("number", "string", "boolean")


def _sort(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    keyed: list[tuple[Any, Any]] = []
    rest: list[Any] = []
    first = None
    for index, item in work.numbered(items):
        key = item if arguments["by"] is None else work.taken(arguments["by"], item)
        if key is None or key is NOTHING:
            rest.append(item)
            continue
        found = kind(key)
        first = first or found
        if found not in _ORDERED:
            raise ItemError(f"{noun(found).capitalize()} has no order.", index, "Sort `by` a path to a number or text.")
        if found != first:
            message = f"{noun(found).capitalize()} cannot be ordered among {noun(first).removeprefix('a ')}s."
            raise ItemError(message, index, "Filter the others out, or sort by another path.")
        keyed.append((key, item))
    keyed.sort(key=lambda pair: pair[0], reverse=arguments["order"] == "desc")
    return [*(item for _, item in keyed), *rest]


def _infer_sort(items: Items, arguments: Arguments, typing: Typing) -> Items:
    found = path_type(arguments["by"], items.item) if arguments["by"] is not None else None
    if found is not None and found.missing is not None:
        typing.remarks.append(Remark(found.missing, ("by",), kind="empty-path"))
    else:
        inside = value_kinds(found.type if found is not None else items.item)
        if inside and inside.isdisjoint((*_ORDERED, "null")):
            place = ("by",) if found is not None else ()
            typing.remarks.append(Remark("What is sorted by has no order: it is a list or a map.", place))
    return same_items(items, arguments, typing)


OPERATIONS = (
    Operation(
        name="sort",
        documentation="Sorts numbers, texts or booleans, not a mixture; equal items keep their order, and those "
        "without a value, or with null, stand last in either order.",
        parameters=(
            Parameter("by", PathTo(one=True), "The path to what is compared; without it the item itself."),
            Parameter("order", Choice(("asc", "desc")), "Upwards or downwards.", default="asc"),
        ),
        examples=(
            Example(None, [3, 1, 2], [1, 2, 3]),
            Example(
                {"by": "$.price", "order": "desc"},
                [{"id": 1, "price": 5}, {"id": 2}, {"id": 3, "price": 9}],
                [{"id": 3, "price": 9}, {"id": 1, "price": 5}, {"id": 2}],
            ),
        ),
        evaluate=_sort,
        infer=_infer_sort,
    ),
    Operation(
        name="reverse",
        documentation="Turns the order round.",
        examples=(Example(None, [1, 2, 3], [3, 2, 1]),),
        evaluate=lambda items, _, __: items[::-1],
        infer=same_items,
    ),
)
