"""Functions on lists and maps."""

from collections.abc import Sequence
from typing import Any

from wf_engine.expressions import operators
from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.functions.model import ANYTHING, Function, Parameter, to
from wf_engine.expressions.values import check_items, check_length, fingerprint, inserted, kind, noun
from wf_engine.types import ANY, BOOLEAN, INTEGER, STRING, Type, array_of, item_of, kinds, nullable, union

_LIST = Parameter("list", ("array",))
_MAP = Parameter("map", ("object",))
_ANYTHING = to(array_of(ANY))


def _contains(collection: Any, member: Any) -> bool:
    if isinstance(collection, str) and not isinstance(member, str):
        raise MisuseError(f"A text is searched for a string, not {noun(kind(member))}.", argument=1)
    return operators.contains(member, collection)


def _join(items: Sequence[Any], separator: str) -> str:
    texts: list[str] = []
    length = 0
    for item in items:
        texts.append(inserted(item))
        length += len(texts[-1]) + len(separator)
        check_length(length - len(separator))
    return separator.join(texts)


def _flatten(items: Sequence[Any]) -> list[Any]:
    check_items(sum(len(item) if isinstance(item, list) else 1 for item in items))
    flat: list[Any] = []
    for item in items:
        flat += item if isinstance(item, list) else [item]
    return flat


def _infer_flatten(args: Sequence[Type]) -> Type:
    item = item_of(args[0])
    found = kinds(item)
    inner = [item_of(item)] if "array" in found else []
    return array_of(union(*inner, *([item] if found != {"array"} else [])))


def _unique(items: Sequence[Any]) -> list[Any]:
    found: dict[Any, Any] = {}
    for item in items:
        found.setdefault(fingerprint(item), item)
    return list(found.values())


def _infer_item_or_null(args: Sequence[Type]) -> Type:
    return nullable(item_of(args[0]))


def _infer_unique(args: Sequence[Type]) -> Type:
    return array_of(item_of(args[0]))


FUNCTIONS = (
    Function(
        name="length",
        parameters=(Parameter("x", ("string", "array", "object")),),
        returns="integer",
        documentation="The number of characters of a text, of items of a list or of keys of a map.",
        example="length('abc') + length([1, 2]) + length({a: 1}) == 6",
        evaluate=len,
        infer=to(INTEGER),
    ),
    Function(
        name="contains",
        parameters=(Parameter("where", ("array", "string")), Parameter("x", ANYTHING)),
        returns="boolean",
        documentation="Whether a list has an item equal to `x`, or a text has the text `x` in it.",
        example="contains(['a', 'b'], 'b') && contains('abc', 'bc')",
        evaluate=_contains,
        infer=to(BOOLEAN),
    ),
    Function(
        name="join",
        parameters=(_LIST, Parameter("sep", ("string",))),
        returns="string",
        documentation="The items of the list as one text, each as a template would insert it, the separator between.",
        example="join(['a', 1, true], '-') == 'a-1-true'",
        evaluate=_join,
        infer=to(STRING),
    ),
    Function(
        name="keys",
        parameters=(_MAP,),
        returns="list of string",
        documentation="The keys of the map, in their order.",
        example="keys({b: 1, a: 2}) == ['b', 'a']",
        evaluate=list,
        infer=to(array_of(STRING)),
    ),
    Function(
        name="values",
        parameters=(_MAP,),
        returns="list",
        documentation="The values of the map, in the order of its keys.",
        example="values({b: 1, a: 2}) == [1, 2]",
        evaluate=lambda of: list(of.values()),
        infer=_ANYTHING,
    ),
    Function(
        name="first",
        parameters=(_LIST,),
        returns="any",
        documentation="The first item of the list; `null` where the list is empty.",
        example="first(['a', 'b']) == 'a' && first([]) == null",
        evaluate=lambda items: items[0] if items else None,
        infer=_infer_item_or_null,
    ),
    Function(
        name="last",
        parameters=(_LIST,),
        returns="any",
        documentation="The last item of the list; `null` where the list is empty.",
        example="last(['a', 'b']) == 'b' && last([]) == null",
        evaluate=lambda items: items[-1] if items else None,
        infer=_infer_item_or_null,
    ),
    Function(
        name="flatten",
        parameters=(_LIST,),
        returns="list",
        documentation="The list with the items of the lists in it in their place, one level deep.",
        example="flatten([1, [2, 3], [[4]]]) == [1, 2, 3, [4]]",
        evaluate=_flatten,
        infer=_infer_flatten,
    ),
    Function(
        name="unique",
        parameters=(_LIST,),
        returns="list",
        documentation="The list without the items that are equal to an earlier one.",
        example="unique([1, 2, 1.0, '1']) == [1, 2, '1']",
        evaluate=_unique,
        infer=_infer_unique,
    ),
)
