"""Operations that choose items by their place: `limit`, `skip`, `first`, `last` and `nth`."""

from typing import Any

from wf_engine.transforms.arguments import Whole
from wf_engine.transforms.model import (
    Arguments,
    Example,
    Items,
    Operation,
    Parameter,
    Typing,
    fewer_items,
    same_items,
)

_ALONE = "As the last operation it gives the item itself, null where there is none; before others a list of it."


def _infer_limit(items: Items, arguments: Arguments, _: Typing) -> Items:
    count: Any = arguments["count"]
    return items if isinstance(count, int) and count > 0 else items.perhaps_empty


def _nth(items: list[Any], index: int) -> list[Any]:
    return items[index : index + 1]


OPERATIONS = (
    Operation(
        name="limit",
        documentation="Keeps the first items, at most `count`.",
        parameters=(Parameter("count", Whole(), "How many are kept.", required=True),),
        examples=(Example({"count": 2}, [1, 2, 3], [1, 2]),),
        evaluate=lambda items, arguments, _: items[: int(arguments["count"])],
        infer=_infer_limit,
    ),
    Operation(
        name="skip",
        documentation="Leaves out the first items.",
        parameters=(Parameter("count", Whole(), "How many are left out.", required=True),),
        examples=(Example({"count": 2}, [1, 2, 3], [3]),),
        evaluate=lambda items, arguments, _: items[int(arguments["count"]) :],
        infer=fewer_items,
    ),
    Operation(
        name="first",
        documentation=f"Keeps the first item. {_ALONE}",
        examples=(Example(None, [1, 2, 3], 1), Example(None, [], None)),
        evaluate=lambda items, _, __: items[:1],
        infer=same_items,
        single=True,
    ),
    Operation(
        name="last",
        documentation=f"Keeps the last item. {_ALONE}",
        examples=(Example(None, [1, 2, 3], 3),),
        evaluate=lambda items, _, __: items[-1:],
        infer=same_items,
        single=True,
    ),
    Operation(
        name="nth",
        documentation=f"Keeps the item with this number, counted from 0. {_ALONE}",
        parameters=(Parameter("index", Whole(), "The number of the item.", required=True),),
        examples=(Example({"index": 1}, ["a", "b", "c"], "b"),),
        evaluate=lambda items, arguments, _: _nth(items, int(arguments["index"])),
        infer=fewer_items,
        single=True,
    ),
)
