"""Operations with another list: `join` and `zip`."""

from typing import Any

from wf_engine.expressions.values import fingerprint
from wf_engine.transforms.arguments import Choice, OtherList, PathTo
from wf_engine.transforms.maps import merged
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
    at_most,
    value_kinds,
    wanted,
)
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import NOTHING, JsonPath
from wf_engine.types import Type, array_of, is_any, item_of, union

_WITH = Parameter(
    "with",
    OtherList(),
    "The other list: written out, given by a template, or at a path in the pipeline's input.",
    required=True,
)
_JOINS = ("inner", "left", "right", "outer")


def _other(arguments: Arguments, work: Work) -> list[Any]:
    """The other list. Raises ItemError where it is none."""
    given = arguments["with"]
    if not isinstance(given, JsonPath):
        return list(given)
    found = given.value(work.input)
    if isinstance(found, list | tuple):
        return list(found)
    what = "selects nothing in the pipeline's input" if found is NOTHING else "selects something else than a list"
    raise ItemError(f"`with`: `{given.text}` {what}.")


def _other_items(arguments: Arguments, typing: Typing) -> Type:
    """The type of the other list's items."""
    given = arguments["with"]
    type_ = path_type(given, typing.input).type if isinstance(given, JsonPath) else typing.argument("with")
    if value_kinds(type_) and "array" not in value_kinds(type_):
        typing.remarks.append(Remark("`with` is no list.", ("with",)))
    return item_of(type_)


def _join(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    left, right, kind = arguments["leftKey"], arguments["rightKey"], arguments["type"]
    others = _other(arguments, work)
    by_key: dict[Any, list[int]] = {}
    for index, item in work.numbered(others):
        _want_map(item, f"Item {index} of `with`")
        by_key.setdefault(_key(right, item, work), []).append(index)
    by_key.pop(None, None)
    joined: list[Any] = []
    used: set[int] = set()
    for index, item in work.numbered(items):
        wanted(item, ("object",), index)
        matches = by_key.get(_key(left, item, work), ())
        used.update(matches)
        joined += [_together(item, others[other]) for other in matches]
        if not matches and kind in ("left", "outer"):
            joined.append(item)
        at_most(len(joined))
    if kind in ("right", "outer"):
        joined += [item for index, item in enumerate(others) if index not in used]
    return joined


def _want_map(item: Any, what: str) -> None:
    if not isinstance(item, dict):
        raise ItemError(f"{what} is no map; two lists of maps are joined.")


def _key(path: JsonPath, item: Any, work: Work) -> Any:
    """What the item is joined by; None where there is nothing, which joins nothing."""
    value = work.taken(path, item)
    return None if value is NOTHING or value is None else fingerprint(value)


def _together(item: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {**item, **{name: value for name, value in other.items() if name not in item}}


def _infer_join(items: Items, arguments: Arguments, typing: Typing) -> Items:
    other, kind = _other_items(arguments, typing), arguments["type"]
    for name, side in (("leftKey", items.item), ("rightKey", other)):
        missing = path_type(arguments[name], side).missing
        if missing is not None:
            typing.remarks.append(Remark(missing, (name,), kind="empty-path"))
    both = merged(items.item, other)
    alone = [*([items.item] if kind in ("left", "outer") else []), *([other] if kind in ("right", "outer") else [])]
    if any(map(is_any, alone)):
        alone = [merged(each, each) for each in alone]
    return Items(union(both, *alone), filled=items.filled and kind in ("left", "outer"))


def _zip(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    return [[left, right] for left, right in zip(items, _other(arguments, work), strict=False)]


def _infer_zip(items: Items, arguments: Arguments, typing: Typing) -> Items:
    return Items(array_of(union(items.item, _other_items(arguments, typing))))


OPERATIONS = (
    Operation(
        name="join",
        documentation="Joins items with those of another list that have the same value: the result has the keys of "
        "both, the item's own where both have one. An absent or null value joins nothing. `left` keeps the items "
        "without a partner, `right` those of the other list, behind all others, `outer` both.",
        parameters=(
            Parameter("leftKey", PathTo(), "The path to the value in the item.", required=True),
            Parameter("rightKey", PathTo(), "The path to the value in an item of the other list.", required=True),
            _WITH,
            Parameter("type", Choice(_JOINS), "What happens to items without a partner.", default="inner"),
        ),
        examples=(
            Example(
                {"leftKey": "$.userId", "rightKey": "$.id", "with": [{"id": 1, "name": "Ada"}], "type": "left"},
                [{"id": 10, "userId": 1}, {"id": 11, "userId": 2}],
                [{"id": 10, "userId": 1, "name": "Ada"}, {"id": 11, "userId": 2}],
            ),
        ),
        evaluate=_join,
        infer=_infer_join,
        wants=("object",),
    ),
    Operation(
        name="zip",
        documentation="Makes a list of two of each item and the one at its place in another list, as far as the "
        "shorter one goes.",
        parameters=(_WITH,),
        examples=(Example({"with": ["a", "b"]}, [1, 2, 3], [[1, "a"], [2, "b"]]),),
        evaluate=_zip,
        infer=_infer_zip,
    ),
)
