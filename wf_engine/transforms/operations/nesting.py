"""Operations between lists and lists of lists: `flatMap`, `flatten` and `chunk`."""

from typing import Any

from wf_engine.transforms.arguments import PathTo, Whole
from wf_engine.transforms.model import Arguments, Example, Items, Operation, Parameter, Remark, Typing, Work, at_most
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import NOTHING
from wf_engine.types import Type, array_of, is_any, item_of, kinds, union


def _flat_map(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    found: list[Any] = []
    for _, item in work.numbered(items):
        value = work.taken(arguments["path"], item)
        if isinstance(value, list | tuple):
            found += value
        elif value is not NOTHING:
            found.append(value)
        at_most(len(found))
    return found


def _infer_flat_map(items: Items, arguments: Arguments, typing: Typing) -> Items:
    found = path_type(arguments["path"], items.item)
    if found.missing is not None:
        typing.remarks.append(Remark(found.missing, ("path",), kind="empty-path"))
    return Items(opened(found.type))


def opened(type_: Type) -> Type:
    """The type of what is left of values once lists among them are replaced by their items."""
    if is_any(type_):
        return type_
    found = kinds(type_)
    if "array" not in found:
        return type_
    return item_of(type_) if found == {"array"} else union(item_of(type_), type_)


def _flatten(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    for _ in range(int(arguments["depth"])):
        if not any(isinstance(item, list | tuple) for item in items):
            break
        flat: list[Any] = []
        for _, item in work.numbered(items):
            if isinstance(item, list | tuple):
                flat += item
                at_most(len(flat))
            else:
                flat.append(item)
        items = flat
    return items


_DEEPEST_TYPE = 8


def _infer_flatten(items: Items, arguments: Arguments, _: Typing) -> Items:
    depth = arguments["depth"]
    if not isinstance(depth, int | float) or depth > _DEEPEST_TYPE:
        depth = _DEEPEST_TYPE
        found = items.item
        for _level in range(depth):
            found = union(found, opened(found))
        return Items(found)
    found = items.item
    for _level in range(int(depth)):
        found = opened(found)
    return Items(found)


def _chunk(items: list[Any], arguments: Arguments, _: Work) -> list[Any]:
    size = int(arguments["size"])
    return [items[start : start + size] for start in range(0, len(items), size)]


OPERATIONS = (
    Operation(
        name="flatMap",
        documentation="Replaces each item by what the path selects in it: by the items of a list, by any other value "
        "itself, by nothing where it selects nothing.",
        parameters=(Parameter("path", PathTo(), "The path to what takes the item's place.", required=True),),
        examples=(
            Example(
                {"path": "$.lines[*]"},
                [{"id": 1, "lines": [{"sku": "a"}, {"sku": "b"}]}, {"id": 2, "lines": [{"sku": "c"}]}],
                [{"sku": "a"}, {"sku": "b"}, {"sku": "c"}],
            ),
            Example({"path": "$.tags"}, [{"tags": ["x", "y"]}, {"tags": "z"}, {}], ["x", "y", "z"]),
        ),
        evaluate=_flat_map,
        infer=_infer_flat_map,
    ),
    Operation(
        name="flatten",
        documentation="Replaces each item that is a list by its items, as many levels deep as `depth` says.",
        parameters=(Parameter("depth", Whole(1), "The number of levels.", default=1),),
        examples=(
            Example(None, [1, [2, 3], [[4]]], [1, 2, 3, [4]]),
            Example({"depth": 2}, [1, [2, 3], [[4]]], [1, 2, 3, 4]),
        ),
        evaluate=_flatten,
        infer=_infer_flatten,
    ),
    Operation(
        name="chunk",
        documentation="Puts the items into lists of `size`; the last may be shorter.",
        parameters=(Parameter("size", Whole(1), "The number of items in each list.", required=True),),
        examples=(Example({"size": 2}, [1, 2, 3, 4, 5], [[1, 2], [3, 4], [5]]),),
        evaluate=_chunk,
        infer=lambda items, _, __: items.of(array_of(items.item)),
    ),
)
