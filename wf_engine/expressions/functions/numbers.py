"""Functions on numbers."""

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from wf_engine.expressions import operators
from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.functions.model import Function, Parameter, to
from wf_engine.expressions.values import finite, kind, noun
from wf_engine.types import INTEGER, NUMBER, STRING, Type, item_of, kinds, union

_N = Parameter("n", ("number",))
_NUMBERS = Parameter("list", ("array",), items=("number",))
_SOME_NUMBERS = Parameter("list", ("array",), items=("number",), filled=True)
_SOME = Parameter("list", ("array",), items=("number", "string"), filled=True)
_MOST_DIGITS = 300
_PRECISION = 700
"""Enough decimal digits for any number, rounded to any number of digits, to be held exactly."""


def _sum(items: Sequence[Any]) -> Any:
    total: Any = 0
    for item in items:
        if kind(item) != "number":
            raise MisuseError(f"Every item has to be a number, and one is {noun(kind(item))}.", argument=0)
        total = operators.add(total, item)
    return total


def _avg(items: Sequence[Any]) -> Any:
    _check_not_empty(items)
    return operators.divide(_sum(items), len(items))


def _extreme(pick: Callable[[Sequence[Any]], Any]) -> Callable[[Sequence[Any]], Any]:
    def evaluate(items: Sequence[Any]) -> Any:
        _check_not_empty(items)
        found = {kind(item) for item in items}
        if found not in ({"number"}, {"string"}):
            raise MisuseError("The items have to be all numbers or all strings.", argument=0)
        return pick(items)

    return evaluate


def _check_not_empty(items: Sequence[Any]) -> None:
    if not items:
        hint = "Give another value for that case: `length(x) > 0 ? … : 0`."
        raise MisuseError("The list is empty.", hint, argument=0)


def _round(number: float, digits: float = 0) -> float:
    if digits != int(digits) or abs(digits) > _MOST_DIGITS:
        message = f"The number of digits is a whole number from -{_MOST_DIGITS} to {_MOST_DIGITS}, not {digits}."
        raise MisuseError(message, argument=1)
    if isinstance(number, int) and digits >= 0:
        return number
    with localcontext(prec=_PRECISION):
        exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
        rounded = exact.quantize(Decimal((0, (1,), -int(digits))), rounding=ROUND_HALF_UP)
    return finite(int(rounded) if digits <= 0 else float(rounded))


def _is_whole(of: Type) -> bool:
    return kinds(of) <= {"integer"}


def _infer_round(args: Sequence[Type]) -> Type:
    return INTEGER if len(args) == 1 or _is_whole(args[0]) else NUMBER


def _infer_sum(args: Sequence[Type]) -> Type:
    return INTEGER if _is_whole(item_of(args[0])) else NUMBER


def _infer_extreme(args: Sequence[Type]) -> Type:
    found = kinds(item_of(args[0]))
    results = {"integer": INTEGER, "number": NUMBER, "string": STRING}
    return union(*[results[name] for name in sorted(found) if name in results])


def _infer_abs(args: Sequence[Type]) -> Type:
    return INTEGER if _is_whole(args[0]) else NUMBER


FUNCTIONS = (
    Function(
        name="sum",
        parameters=(_NUMBERS,),
        returns="number",
        documentation="The sum of a list of numbers; 0 where it is empty.",
        example="sum([1, 2, 3.5]) == 6.5",
        evaluate=_sum,
        infer=_infer_sum,
    ),
    Function(
        name="min",
        parameters=(_SOME,),
        returns="number | string",
        documentation="The least item of a list of numbers or of strings, which must not be empty.",
        example="min([3, 1, 2]) == 1",
        evaluate=_extreme(min),
        infer=_infer_extreme,
    ),
    Function(
        name="max",
        parameters=(_SOME,),
        returns="number | string",
        documentation="The greatest item of a list of numbers or of strings, which must not be empty.",
        example="max(['a', 'c', 'b']) == 'c'",
        evaluate=_extreme(max),
        infer=_infer_extreme,
    ),
    Function(
        name="avg",
        parameters=(_SOME_NUMBERS,),
        returns="number",
        documentation="The mean of a list of numbers, which must not be empty.",
        example="avg([1, 2]) == 1.5",
        evaluate=_avg,
        infer=to(NUMBER),
    ),
    Function(
        name="round",
        parameters=(_N, Parameter("digits", ("number",), default="0")),
        returns="number",
        documentation="The number rounded to so many decimal digits, half away from zero.",
        example="round(-2.5) == -3 && round(1.005, 2) == 1.01",
        evaluate=_round,
        infer=_infer_round,
    ),
    Function(
        name="floor",
        parameters=(_N,),
        returns="integer",
        documentation="The greatest integer that is not above the number.",
        example="floor(-1.5) == -2",
        evaluate=math.floor,
        infer=to(INTEGER),
    ),
    Function(
        name="ceil",
        parameters=(_N,),
        returns="integer",
        documentation="The least integer that is not below the number.",
        example="ceil(-1.5) == -1",
        evaluate=math.ceil,
        infer=to(INTEGER),
    ),
    Function(
        name="abs",
        parameters=(_N,),
        returns="number",
        documentation="The number without its sign.",
        example="abs(-3) == 3",
        evaluate=abs,
        infer=_infer_abs,
    ),
)
