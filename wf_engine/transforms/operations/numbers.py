"""Operations on numbers, item by item."""

from collections.abc import Iterator
from typing import Any

from wf_engine.expressions import FUNCTIONS
from wf_engine.expressions.operators import OPERATORS
from wf_engine.transforms.arguments import Number, Whole
from wf_engine.transforms.model import (
    Arguments,
    Evaluate,
    Example,
    ItemError,
    Items,
    Operation,
    Parameter,
    Typing,
    Work,
    each,
    items_of,
    wanted,
)
from wf_engine.types import INTEGER, NUMBER, Type, kinds

_NUMBER = ("number",)
_MOST_DECIMALS = 300


def _by_function(name: str, *arguments: str) -> Evaluate:
    """An operation that is a function of the language, applied to each item."""
    function = FUNCTIONS[name].evaluate

    def apply(item: Any, given: Arguments, _: Work) -> Any:
        wanted(item, _NUMBER)
        return function(item, *[given[argument] for argument in arguments])

    return each(apply)


def _clamp(item: Any, arguments: Arguments, _: Work) -> Any:
    wanted(item, _NUMBER)
    least, most = arguments["min"], arguments["max"]
    if least is not None and most is not None and least > most:
        raise ItemError(f"`min` ({least}) is above `max` ({most}).")
    if least is not None and item < least:
        return least
    return most if most is not None and item > most else item


def _check_clamp(written: Arguments) -> Iterator[tuple[tuple[str, ...], str]]:
    least, most = written.get("min"), written.get("max")
    if not written:
        yield (), "`clamp` needs `min`, `max` or both."
    elif isinstance(least, int | float) and isinstance(most, int | float) and least > most:
        yield ("min",), f"`min` ({least}) is above `max` ({most})."


def _scale(item: Any, arguments: Arguments, _: Work) -> Any:
    wanted(item, _NUMBER)
    return OPERATORS["*"](item, arguments["factor"])


def _percentage(item: Any, arguments: Arguments, _: Work) -> Any:
    wanted(item, _NUMBER)
    return OPERATORS["/"](OPERATORS["*"](item, 100), arguments["total"])


def _whole(*types: Type) -> bool:
    return all(kinds(type_) <= {"integer"} for type_ in types)


def _infer_round(items: Items, arguments: Arguments, _: Typing) -> Items:
    decimals = arguments["decimals"]
    whole = _whole(items.item) or (isinstance(decimals, int) and decimals == 0)
    return items.of(INTEGER if whole else NUMBER)


def _infer_same(items: Items, _: Arguments, __: Typing) -> Items:
    return items.of(INTEGER if _whole(items.item) else NUMBER)


def _infer_clamp(items: Items, arguments: Arguments, typing: Typing) -> Items:
    bounds = [typing.argument(name) for name in ("min", "max") if arguments[name] is not None]
    return items.of(INTEGER if _whole(items.item, *bounds) else NUMBER)


def _infer_scale(items: Items, _: Arguments, typing: Typing) -> Items:
    return items.of(INTEGER if _whole(items.item, typing.argument("factor")) else NUMBER)


OPERATIONS = (
    Operation(
        name="round",
        documentation="Rounds each number, half away from zero.",
        parameters=(Parameter("decimals", Whole(0, _MOST_DECIMALS), "Digits behind the point.", default=0),),
        examples=(
            Example(None, [-2.5, 2.4], [-3, 2]),
            Example({"decimals": 2}, [1.005, 2], [1.01, 2]),
        ),
        evaluate=_by_function("round", "decimals"),
        infer=_infer_round,
        wants=_NUMBER,
    ),
    Operation(
        name="floor",
        documentation="Gives of each number the greatest integer that is not above it.",
        examples=(Example(None, [-1.5, 2.9], [-2, 2]),),
        evaluate=_by_function("floor"),
        infer=items_of(INTEGER),
        wants=_NUMBER,
    ),
    Operation(
        name="ceil",
        documentation="Gives of each number the least integer that is not below it.",
        examples=(Example(None, [-1.5, 2.1], [-1, 3]),),
        evaluate=_by_function("ceil"),
        infer=items_of(INTEGER),
        wants=_NUMBER,
    ),
    Operation(
        name="abs",
        documentation="Takes the sign off each number.",
        examples=(Example(None, [-3, 4], [3, 4]),),
        evaluate=_by_function("abs"),
        infer=_infer_same,
        wants=_NUMBER,
    ),
    Operation(
        name="clamp",
        documentation="Keeps each number within bounds, of which one may be left out.",
        parameters=(
            Parameter("min", Number(), "The least; a number below it becomes this."),
            Parameter("max", Number(), "The greatest; a number above it becomes this."),
        ),
        examples=(Example({"min": 0, "max": 100}, [-5, 42, 180], [0, 42, 100]),),
        evaluate=each(_clamp),
        infer=_infer_clamp,
        wants=_NUMBER,
        check=_check_clamp,
    ),
    Operation(
        name="scale",
        documentation="Multiplies each number.",
        parameters=(Parameter("factor", Number(), "What it is multiplied by.", required=True),),
        examples=(Example({"factor": 1.5}, [2, 4], [3, 6]),),
        evaluate=each(_scale),
        infer=_infer_scale,
        wants=_NUMBER,
    ),
    Operation(
        name="percentage",
        documentation="Gives each number as a percentage of a total.",
        parameters=(Parameter("total", Number(nonzero=True), "What is 100 per cent.", required=True),),
        examples=(Example({"total": 8}, [2, 1], [25, 12.5]),),
        evaluate=each(_percentage),
        infer=items_of(NUMBER),
        wants=_NUMBER,
    ),
)
