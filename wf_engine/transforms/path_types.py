"""The types of what paths select: inferred, described, completed (language §6, §8)."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wf_engine.text import did_you_mean
from wf_engine.transforms.paths import JsonPath, PathError, Segment, parse_path
from wf_engine.types import (
    ANY,
    NEVER,
    Property,
    Type,
    array_of,
    is_any,
    item_of,
    kinds,
    member_of,
    properties,
    property_of,
    union,
    without_null,
)

_MOST_TYPES = 200
"""Types that a descent into all parts of a value looks at."""


class PathType(NamedTuple):
    """What a path gives. `certain`: there is always a value; of a path that may select many there always is a list.

    `missing` says why nothing can be selected, with the name that is not there.
    """

    type: Type
    certain: bool
    node: Type
    """Of each value that is selected."""
    missing: str | None = None


def path_type(path: JsonPath, root: Type) -> PathType:
    """The type of `path.value(root)`."""
    if path.keys is None:
        node = _many(path.segments, root)
        return PathType(array_of(node), certain=True, node=node)
    found, certain, missing = root, True, None
    for key in path.keys:
        inner, there = _step(found, key)
        if missing is None and not is_any(found) and _nothing(inner, found, key):
            missing = _why(found, key)
        found, certain = inner, certain and there
    return PathType(found, certain, found, missing)


def _step(type_: Type, key: str | int) -> tuple[Type, bool]:
    """The type behind one key, and whether it is always there."""
    if isinstance(key, int):
        return item_of(type_), False
    look = property_of(type_, key)
    return look.type, look.status == "required" and kinds(type_) <= {"object"}


def _nothing(inner: Type, outer: Type, key: str | int) -> bool:
    if not kinds(outer):
        return False
    if isinstance(key, str):
        return property_of(outer, key).status in ("undeclared", "forbidden", "none")
    return not kinds(inner) and "array" not in kinds(outer)


def _why(type_: Type, key: str | int) -> str:
    if isinstance(key, int):
        return f"`[{key}]` selects nothing: what it is asked of is no list."
    if "object" not in kinds(type_):
        also = " Take its items with `[*]`." if "array" in kinds(type_) else ""
        return f"`{key}` selects nothing: what it is asked of is no map.{also}"
    return f"`{key}` selects nothing: there is no such property.{did_you_mean(key, properties(type_))}"


def _many(segments: Iterable[Segment], root: Type) -> Type:
    """The union of the types of all nodes that segments may select."""
    found = root
    for segment in segments:
        starts = _within(found) if segment.descends else [found]
        found = union(*[part for start in starts for part in _selected(segment.selectors, start)])
    return found


def _selected(chosen: Iterable[Any], type_: Type) -> Iterator[Type]:
    from jsonpath import selectors  # loaded by whoever read the path

    for selector in chosen:
        match selector:
            case selectors.NameSelector():
                yield property_of(type_, selector.name).type
            case selectors.IndexSelector() | selectors.SliceSelector():
                yield item_of(type_)
            case _:
                yield item_of(type_)
                yield member_of(type_)


def _within(type_: Type) -> list[Type]:
    """The type and those of all its parts; any where they are too many."""
    found: dict[Type, None] = {type_: None}
    left = [type_]
    while left:
        current = left.pop()
        for part in (item_of(current), member_of(current)):
            if is_any(part) or len(found) > _MOST_TYPES:
                return [ANY]
            if part != NEVER and part not in found:
                found[part] = None
                left.append(part)
    return list(found)


class Reachable(NamedTuple):
    """What may be written at a position in a path: the whole path up to it, and the type of a value that it selects."""

    path: str
    type: Type
    description: str | None = None
    certain: bool = True


def reachable(text: str, offset: int, root: Type) -> tuple[Reachable, ...]:
    """The paths that can stand at an offset in the text of a path over values of `root`, one step on.

    What is in front of the last `.` or `[` before the offset has to be a path. Behind `..` all names inside count.
    """
    head = text[:offset]
    cut = max(head.rfind("."), head.rfind("["))
    before = (head[:cut] if cut > 0 else "") or "$"
    deep = before.endswith(".")
    try:
        node = path_type(parse_path(before.removesuffix(".") or "$"), root).node
    except PathError:
        return ()
    if deep:
        return tuple(_inside(before, node))
    return tuple(_one_on(before, node, head[cut : cut + 1] if cut > 0 else ""))


def _one_on(before: str, node: Type, opened: str) -> Iterator[Reachable]:
    """Items of a list with what they hold, properties of a map; `opened` is the `.` or `[` that is typed already."""
    listed = "array" in kinds(node)
    if listed and (opened != "." or "object" not in kinds(node)):
        item = item_of(node)
        yield Reachable(f"{before}[*]", item)
        yield Reachable(f"{before}[0]", item, certain=False)
        yield from _properties(f"{before}[*]", item)
    if opened != "[" or not listed:
        yield from _properties(before, node)


def _properties(before: str, node: Type) -> Iterator[Reachable]:
    for name, each in properties(without_null(node)).items():
        path = before + _written(name)
        yield Reachable(path, each.type, each.description, each.required)
        if "array" in kinds(each.type):
            yield Reachable(f"{path}[*]", item_of(each.type), each.description, each.required)


def _inside(before: str, node: Type) -> Iterator[Reachable]:
    """The names of all properties that a type declares at any depth."""
    found: dict[str, Property] = {}
    seen, left = {node}, [node]
    while left and len(seen) <= _MOST_TYPES:
        current = without_null(left.pop())
        declared = properties(current)
        for name, each in declared.items():
            found.setdefault(name, each)
        parts = {item_of(current), *(each.type for each in declared.values())} - seen
        seen |= parts
        left += parts
    for name, each in found.items():
        yield Reachable(f"{before}.{_written(name).removeprefix('.')}", each.type, each.description, certain=False)


def _written(name: str) -> str:
    try:
        parse_path(f"$.{name}")
    except PathError:
        escaped = name.replace("\\", "\\\\").replace("'", "\\'")
        return f"['{escaped}']"
    return f".{name}"
