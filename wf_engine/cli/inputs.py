"""Inputs as they are typed: `name=value` read by the parameter's type, `name:=json`, `@file`."""

import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from wf_engine.project import Unreadable, read_text
from wf_engine.syntax import File, value_of
from wf_engine.text import WfError
from wf_engine.types import Type, describe, kinds, of_schema, property_of

Inputs = Annotated[
    list[str] | None,
    typer.Option(
        "--input",
        "-i",
        metavar="NAME=VALUE",
        help="An input, read by the type of its parameter; NAME:=JSON is a JSON value; @FILE is a JSON or YAML file "
        "with all of them, @- standard input. Later ones win.",
    ),
]

_YAML = (".yaml", ".yml")


def read_inputs(given: Sequence[str], schema: Any) -> dict[str, Any]:
    """The input that these arguments make for a workflow whose input has this schema. Raises WfError."""
    wanted = of_schema(schema)
    values: dict[str, Any] = {}
    for argument in given:
        if argument.startswith("@"):
            values |= _from_file(argument[1:])
        else:
            name, value = _pair(argument, wanted)
            values[name] = value
    return values


def searched_inputs(given: Sequence[str] | None) -> dict[str, Any] | None:
    """The values that inputs are searched for: of no known type, so that a text stands for what it is the JSON of."""
    return dict(map(_split, given)) if given else None


def _split(argument: str) -> tuple[str, Any]:
    name, equals, text = argument.partition("=")
    if not equals or not name.rstrip(":"):
        message = f"`--input {argument}` is no input."
        raise WfError(message, hint="Write `NAME=VALUE`, `NAME:=JSON` or `@FILE`.")
    if name.endswith(":"):
        return name[:-1], _json(text, f"The value of `{argument}`")
    return name, text


def _pair(argument: str, wanted: Type) -> tuple[str, Any]:
    name, text = _split(argument)
    if not isinstance(text, str) or argument.startswith(f"{name}:="):
        return name, text
    return name, _typed(name, text, property_of(wanted, name).type)


def _typed(name: str, text: str, wanted: Type) -> Any:
    """A text as the type has it. What the type takes as text stays text."""
    possible = kinds(wanted)
    if "string" in possible or not possible:  # nothing is possible where there is no such input, which is said later
        return text
    for kind, read in _READERS.items():
        if kind in possible:
            try:
                return read(text)
            except ValueError:
                continue
    hint = "Lists and objects are written as JSON." if possible & {"array", "object"} else None
    raise WfError(f"The input `{name}` is of type {describe(wanted)}; `{text}` is not.", hint=hint)


def _boolean(text: str) -> bool:
    found = {"true": True, "false": False}.get(text.lower())
    if found is None:
        raise ValueError(text)
    return found


def _null(text: str) -> None:
    if text != "null":
        raise ValueError(text)


def _of_kind(kind: type) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        value = parsed(text)
        if not isinstance(value, kind):
            raise ValueError(text)  # noqa: TRY004 - the caller goes on to the next kind
        return value

    return read


def _number(text: str) -> Any:
    value = parsed(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(text)  # noqa: TRY004 - the caller goes on to the next kind
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    "null": _null,
    "boolean": _boolean,
    "integer": _number,
    "number": _number,
    "array": _of_kind(list),
    "object": _of_kind(dict),
}


def parsed(text: str) -> Any:
    """A JSON value. Raises ValueError; NaN and Infinity are none, and neither is what is nested too deep."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no JSON")

    try:
        return json.loads(text, parse_constant=refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text} is too large for a number")
    return value


def _json(text: str, subject: str) -> Any:
    try:
        return parsed(text)
    except ValueError as error:
        raise WfError(f"{subject} is no JSON: {error}.") from None


def _from_file(name: str) -> dict[str, Any]:
    subject = "The input on standard input" if name == "-" else f"The input file {name}"
    text: str | Unreadable = "".join(standard_input()) if name == "-" else read_text(Path(name))
    if isinstance(text, Unreadable):
        raise WfError(f"{subject} {text.reason}.")
    value = _yaml(text, subject) if name.endswith(_YAML) else _json(text.removeprefix("\ufeff"), subject)
    if not isinstance(value, dict):
        raise WfError(f"{subject} is no object.", hint='It is to hold all inputs: `{"NAME": value}`.')
    return value


def standard_input() -> Iterator[str]:
    """The lines of standard input. Raises WfError where it is no text."""
    try:
        yield from sys.stdin
    except UnicodeDecodeError as error:
        raise WfError(f"Standard input is no text in UTF-8: {error.reason}.") from None


def _yaml(text: str, subject: str) -> Any:
    document, *more = File.parse(text).documents
    if more or document.root is None or document.issues:
        reason = document.issues[0].message if document.issues else "it wants one document"
        raise WfError(f"{subject} cannot be read as YAML: {reason}.")
    return value_of(document.root)
