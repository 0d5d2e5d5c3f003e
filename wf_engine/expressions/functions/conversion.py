"""Functions from one kind of value to another, and for values that may be missing."""

import json
from collections.abc import Sequence
from typing import Any

from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.functions.model import ANYTHING, Function, Parameter, to
from wf_engine.expressions.values import check_encodable, inserted, json_text, read_number
from wf_engine.types import ANY, BOOLEAN, NUMBER, STRING, Type, kinds, union, without_null

_X = Parameter("x", ANYTHING)


def _to_number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = read_number(value.strip())
    if number is None:
        raise MisuseError("The text is no number, such as `12`, `-1.5` or `2e3`.", argument=0)
    return number


def _to_boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().lower()
    if word not in {"true", "false"}:
        raise MisuseError("The text is neither `true` nor `false`.", argument=0)
    return bool(word == "true")


def _from_json(text: str) -> Any:
    try:
        value = json.loads(text, parse_constant=_number, parse_int=_number, parse_float=_number)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise MisuseError(f"The text is not JSON: {error.msg} at {place}.", argument=0) from None
    if "\\u" in text:
        check_encodable(json_text(value))
    return value


def _number(text: str) -> float:
    number = read_number(text)
    if number is None:
        raise MisuseError(f"The text is not JSON: `{text}` is no number.", argument=0)
    return number


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def infer_coalesce(args: Sequence[Type]) -> Type:
    """The first that is not null; what stands behind one that is never null is never reached."""
    reached: list[Type] = []
    for index, argument in enumerate(args):
        if "null" not in kinds(argument) or index == len(args) - 1:
            return union(*reached, argument)
        reached.append(without_null(argument))
    return union(*reached)


FUNCTIONS = (
    Function(
        name="toString",
        parameters=(_X,),
        returns="string",
        documentation="The value as a template inserts it: a text as it is, `null` as nothing, anything else as JSON.",
        example="toString(2.0) == '2' && toString([1, null]) == '[1,null]'",
        evaluate=inserted,
        infer=to(STRING),
    ),
    Function(
        name="toNumber",
        parameters=(Parameter("x", ("string", "number")),),
        returns="number",
        documentation="The number that a text spells.",
        example="toNumber(' 12.5 ') == 12.5",
        evaluate=_to_number,
        infer=to(NUMBER),
    ),
    Function(
        name="toBoolean",
        parameters=(Parameter("x", ("string", "boolean")),),
        returns="boolean",
        documentation="The boolean that the text `true` or `false`, in any case, spells.",
        example="toBoolean('True') && !toBoolean('false')",
        evaluate=_to_boolean,
        infer=to(BOOLEAN),
    ),
    Function(
        name="toJson",
        parameters=(_X,),
        returns="string",
        documentation="The value as JSON, without spaces.",
        example="toJson({a: [1, 'x']}) == '{\"a\":[1,\"x\"]}'",
        evaluate=json_text,
        infer=to(STRING),
    ),
    Function(
        name="fromJson",
        parameters=(Parameter("text", ("string",)),),
        returns="any",
        documentation="The value that a JSON text stands for.",
        example="fromJson('[1, {\"a\": null}]') == [1, {a: null}]",
        evaluate=_from_json,
        infer=to(ANY),
    ),
    Function(
        name="default",
        parameters=(_X, Parameter("other", ANYTHING)),
        returns="any",
        documentation="The value, or the other one where it is `null` or missing.",
        example="default(null, 'none') == 'none'",
        evaluate=_coalesce,
        infer=infer_coalesce,
        coalesces=True,
    ),
    Function(
        name="coalesce",
        parameters=(Parameter("x", ANYTHING, variadic=True),),
        returns="any",
        documentation="The first of the values that is neither `null` nor missing; `null` where there is none.",
        example="coalesce(null, 'a', 'b') == 'a'",
        evaluate=_coalesce,
        infer=infer_coalesce,
        coalesces=True,
    ),
)
