"""Values against schemas: jsonschema-rs, offline, with patterns that cannot backtrack."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from wf_engine.types.bundling import to_schema
from wf_engine.types.messages import Violation, rewritten
from wf_engine.types.model import Json, Schema, Type
from wf_engine.types.reading import of_schema

if TYPE_CHECKING:
    import jsonschema_rs


@dataclass(frozen=True, slots=True)
class _Checker:
    """A compiled schema; `whole` where no part of it had to be left out."""

    engine: "jsonschema_rs.Validator"
    whole: bool


def validate(schema: Type | Json, value: Json) -> list[Violation]:
    """How a JSON value breaks a JSON Schema 2020-12, or a type; empty where it does not.

    Formats are checked. References that lead out of the schema and patterns that no linear-time engine takes are not.
    """
    return _violations(_checker(schema if isinstance(schema, Type) else of_schema(schema)).engine, value)


def validator(type_: Type) -> Callable[[Json], list[Violation]]:
    """`validate` for many values of one type; it is made ready when the first of them comes."""
    engine: jsonschema_rs.Validator | None = None

    def check(value: Json) -> list[Violation]:
        nonlocal engine
        if engine is None:
            engine = _checker(type_).engine
        return _violations(engine, value)

    return check


def _violations(engine: "jsonschema_rs.Validator", value: Json) -> list[Violation]:
    try:
        return [] if engine.is_valid(value) else rewritten(engine.iter_errors(value), value)
    except (ValueError, RecursionError) as error:
        return [Violation((), "", f"is no JSON value: {error}")]


def accepts(type_: Type, value: Json) -> bool | None:
    """Whether the value is one of the type; None where a part of the schema cannot be checked."""
    checker = _checker(type_)
    try:
        return checker.engine.is_valid(value) if checker.whole else None
    except (ValueError, RecursionError):
        return None


def meta_violations(schema: Json) -> list[Violation]:
    """How a schema breaks the meta-schema of draft 2020-12; it must be plain JSON."""
    return rewritten(_meta().iter_errors(schema), schema)


@cache
def _meta() -> "jsonschema_rs.Validator":
    return _engine({"$ref": "https://json-schema.org/draft/2020-12/schema"})


@lru_cache(maxsize=512)
def _checker(type_: Type) -> _Checker:
    schema = to_schema(type_)
    engine = _compiled(schema)
    if engine is not None:
        return _Checker(engine, whole=True)
    engine = _compiled(_without_patterns(schema))
    return _Checker(engine or _engine(True), whole=False)


def compiles(pattern: str) -> bool:
    """Whether a pattern is one that is checked."""
    return _compiled({"pattern": pattern}) is not None


def _compiled(schema: Schema) -> "jsonschema_rs.Validator | None":
    try:
        return _engine(schema)
    except ValueError:
        return None


def _engine(schema: Schema) -> "jsonschema_rs.Validator":
    import jsonschema_rs  # loading it costs more than the rest of this layer together

    return jsonschema_rs.Draft202012Validator(
        schema, offline=True, validate_formats=True, pattern_options=jsonschema_rs.RegexOptions()
    )


def _without_patterns(schema: Any) -> Any:
    """The schema without the patterns that the engine refuses."""
    if isinstance(schema, list):
        return [_without_patterns(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return dict(_kept(schema))


def _kept(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for keyword, value in schema.items():
        if keyword == "pattern" and isinstance(value, str):
            if compiles(value):
                yield keyword, value
        elif keyword == "patternProperties" and isinstance(value, dict):
            yield keyword, {name: _without_patterns(part) for name, part in value.items() if compiles(name)}
        elif keyword in ("const", "enum", "default", "examples"):
            yield keyword, value
        else:
            yield keyword, _without_patterns(value)
