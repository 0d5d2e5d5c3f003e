"""Defaults of properties (language §3)."""

from collections.abc import Iterator

from wf_engine.types.cases import Clause
from wf_engine.types.keywords import plain
from wf_engine.types.model import Json, Type
from wf_engine.types.patterns import matches
from wf_engine.types.reading import of_schema
from wf_engine.types.validation import accepts


def apply_defaults(schema: Type | Json, value: Json) -> Json:
    """A copy of the value with each missing property that has a `default` filled in, at every depth.

    Of alternatives (`anyOf`, `oneOf`, `if`) the one applies that the value then satisfies.
    """
    return _filled(schema if isinstance(schema, Type) else of_schema(schema), value, frozenset())


def _filled(type_: Type, value: Json, inside: frozenset[str]) -> Json:
    """`inside`: the schemas whose default is being filled in; one that holds itself would never end."""
    if not isinstance(value, (dict, list)) or isinstance(type_.schema, bool):
        return value
    schema = type_.schema
    if "$ref" in schema:
        value = _filled(type_.target(schema["$ref"]), value, inside)
    for part in schema.get("allOf", ()):
        value = _filled(type_.at(part), value, inside)
    for keyword in ("anyOf", "oneOf"):
        value = _chosen(type_, schema.get(keyword, ()), value, inside)
    if "if" in schema:
        branch = "then" if accepts(type_.at(schema["if"]), value) else "else"
        value = _filled(type_.at(schema.get(branch, True)), value, inside)
    if isinstance(value, list):
        return _list(type_, schema, value, inside)
    return _object(Clause(schema, type_), value, inside)


def _chosen(type_: Type, parts: list[Json], value: Json, inside: frozenset[str]) -> Json:
    for part in parts:
        filled = _filled(type_.at(part), value, inside)
        if accepts(type_.at(part), filled):
            return filled
    return value


def _list(type_: Type, schema: dict[str, Json], value: list[Json], inside: frozenset[str]) -> list[Json]:
    prefix, items = schema.get("prefixItems", ()), schema.get("items", True)
    return [
        _filled(type_.at(prefix[index] if index < len(prefix) else items), element, inside)
        for index, element in enumerate(value)
    ]


def _object(clause: Clause, value: dict[str, Json], inside: frozenset[str]) -> dict[str, Json]:
    filled = dict(value)
    for name, part in clause.schema.get("properties", {}).items():
        if name not in filled and (default := _default(clause.owner.at(part), inside)):
            filled[name] = default[0]
    for name, element in value.items():
        for part in _parts(clause, name):
            filled[name] = _filled(part, filled.get(name, element), inside)
    return filled


def _default(type_: Type, inside: frozenset[str]) -> tuple[Json] | None:
    """The default in a tuple, its own properties' defaults filled in; None where there is none."""
    schema = type_.schema
    if isinstance(schema, bool):
        return None
    if "default" in schema:
        default = plain(schema["default"])
        return (default if type_.key in inside else _filled(type_, default, inside | {type_.key}),)
    return _default(type_.target(schema["$ref"]), inside) if "$ref" in schema else None


def _parts(clause: Clause, name: str) -> Iterator[Type]:
    """The schemas that a property of this name has to satisfy."""
    schema, found = clause.schema, False
    if name in schema.get("properties", {}):
        found = True
        yield clause.owner.at(schema["properties"][name])
    for pattern, part in schema.get("patternProperties", {}).items():
        if matches(pattern, name):
            found = True
            yield clause.owner.at(part)
    if not found and "additionalProperties" in schema:
        yield clause.owner.at(schema["additionalProperties"])
