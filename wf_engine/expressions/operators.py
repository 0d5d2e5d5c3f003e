"""What the operators do with values (language §5)."""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.values import check_length, equal, finite, kind, noun

_Number = int | float


def add(left: Any, right: Any) -> Any:
    """The sum of two numbers, or two strings joined."""
    kinds = kind(left), kind(right)
    if kinds == ("number", "number"):
        return finite(_guarded(operator.add, left, right))
    if kinds == ("string", "string"):
        check_length(len(left) + len(right))
        return left + right
    hint = "Insert both into one string: '{{ a }}{{ b }}', or use `toString`." if "string" in kinds else None
    raise MisuseError(f"`+` adds two numbers or joins two strings, {_not(left, right)}.", hint)


def divide(left: _Number, right: _Number) -> _Number:
    """The quotient; an integer where two integers divide without a rest."""
    if right == 0:
        raise MisuseError("Division by zero.")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return left / right


def remainder(left: _Number, right: _Number) -> _Number:
    """The rest of a division, with the sign of the dividend."""
    if right == 0:
        raise MisuseError("Division by zero.")
    if isinstance(left, int) and isinstance(right, int):
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    return math.fmod(left, right)


def _arithmetic(symbol: str, compute: Callable[[Any, Any], _Number]) -> Callable[[Any, Any], Any]:
    def operate(left: Any, right: Any) -> Any:
        if kind(left) != "number" or kind(right) != "number":
            raise MisuseError(f"`{symbol}` wants two numbers, {_not(left, right)}.")
        return finite(_guarded(compute, left, right))

    return operate


def _guarded(compute: Callable[[Any, Any], _Number], left: Any, right: Any) -> _Number:
    try:
        return compute(left, right)
    except OverflowError:
        return math.inf


def _order(symbol: str, compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def operate(left: Any, right: Any) -> bool:
        kinds = kind(left)
        if kinds != kind(right) or kinds not in {"number", "string"}:
            raise MisuseError(f"`{symbol}` compares two numbers or two strings, {_not(left, right)}.")
        return compare(left, right)

    return operate


def _not(left: Any, right: Any) -> str:
    return f"not {noun(kind(left))} and {noun(kind(right))}"


def contains(member: Any, container: Any) -> bool:
    """`member in container`: a member of a list, a key of a map, a part of a text."""
    match kind(container):
        case "array":
            return any(equal(member, item) for item in container)
        case "object" | "string" if isinstance(member, str):
            return member in container
        case "object":
            raise MisuseError(f"A map is asked for a key with a string before `in`, not {noun(kind(member))}.")
        case "string":
            raise MisuseError(f"A text is searched for a string before `in`, not {noun(kind(member))}.")
    raise MisuseError(f"`in` wants a list, a map or a string after it, not {noun(kind(container))}.")


def negate(value: Any) -> Any:
    """The number with the other sign."""
    if kind(value) != "number":
        raise MisuseError(f"`-` wants a number, not {noun(kind(value))}.")
    return -value


def boolean(value: Any, symbol: str) -> bool:
    """The value, which has to be a boolean: nothing else is true or false."""
    if value is True or value is False:
        return value
    hint = "Compare it: `value != null`, `length(value) > 0`."
    raise MisuseError(f"`{symbol}` wants booleans, not {noun(kind(value))}.", hint)


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": _order("<", operator.lt),
    "<=": _order("<=", operator.le),
    ">": _order(">", operator.gt),
    ">=": _order(">=", operator.ge),
    "in": contains,
    "+": add,
    "-": _arithmetic("-", operator.sub),
    "*": _arithmetic("*", operator.mul),
    "/": _arithmetic("/", divide),
    "%": _arithmetic("%", remainder),
}
"""Every operator that evaluates both its operands."""
