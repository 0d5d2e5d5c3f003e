"""Types made from other types and from values."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from wf_engine.types.cases import cases_of, kind_of, named_kinds
from wf_engine.types.keywords import ANNOTATIONS, KINDS, plain, usable
from wf_engine.types.model import ANY, DEEPEST, NEVER, NULL, Json, Schema, Type


def literal(value: Json) -> Type:
    """The type of exactly that value; ANY where it is no JSON value."""
    copy = plain(value)
    return Type({"const": copy}) if usable(copy) else ANY


def array_of(item: Type) -> Type:
    """Lists of any length with such elements."""
    (item,) = _bounded([item])
    schema = {"type": "array"} if is_any(item) else {"type": "array", "items": item.schema}
    return Type(schema, item.definitions, _around([item]))


def object_of(properties: Mapping[str, Type], required: Collection[str] | None = None, *, closed: bool = True) -> Type:
    """Objects with these properties, all of them required unless said otherwise; `closed` allows no others."""
    types = _bounded(list(properties.values()))
    declared = {name: type_.schema for name, type_ in zip(properties, types, strict=True)}
    schema: dict[str, Json] = {"type": "object", "properties": declared}
    names = list(properties if required is None else required)
    if names:
        schema["required"] = names
    if closed:
        schema["additionalProperties"] = False
    return Type(schema, merged_definitions(types), _around(types))


def union(*types: Type) -> Type:
    """What is in any of the types: flattened, without doubles; ANY absorbs."""
    if len(types) == 1:
        return types[0]
    parts = list(dict.fromkeys(_bounded(list(_parts(types)))))
    if any(is_any(part) for part in parts):
        return ANY
    names = {name for part in parts for name in _only_kinds(part)}
    rest = [part for part in parts if not _only_kinds(part) and not _covered(part, names)]
    values = [part.schema["const"] for part in rest if isinstance(part.schema, dict) and _is_literal(part)]
    schemas: list[Schema] = [{"type": type_keyword(names)}] if names else []
    if len(values) > 1:
        schemas.append({"enum": values})
        rest = [part for part in rest if not _is_literal(part)]
    schemas += [part.schema for part in rest]
    if not schemas:
        return NEVER
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return Type(schema, merged_definitions(parts), _around(parts))


def nullable(type_: Type) -> Type:
    """The type with null added."""
    return union(type_, NULL)


def is_any(type_: Type) -> bool:
    """Whether nothing is known of the values."""
    return type_.schema is True or (isinstance(type_.schema, dict) and type_.schema.keys() <= ANNOTATIONS)


def may_be_null(type_: Type) -> bool:
    """Whether null is among the values in words; a type that does not say which kinds it has does not say null."""
    return any("null" in case.kinds and case.named for case in cases_of(type_))


def kinds(type_: Type) -> frozenset[str]:
    """The kinds of JSON Schema that values may have. A number that may be whole has both `number` and `integer`."""
    found = [case.kinds for case in cases_of(type_)]
    return _in_schemas(found[0] if len(found) == 1 else frozenset().union(*found))


def stated_kinds(type_: Type) -> frozenset[str]:
    """Those of the kinds that the schema names; of one that leaves them open there are none."""
    found = [case.kinds for case in cases_of(type_) if case.named]
    return _in_schemas(found[0] if len(found) == 1 else frozenset().union(*found))


@lru_cache(maxsize=256)
def _in_schemas(found: frozenset[str]) -> frozenset[str]:
    return frozenset(_SCHEMA_KINDS.get(kind, kind) for kind in found)


_SCHEMA_KINDS: Final = {"fraction": "number"}


def _parts(types: Iterable[Type]) -> Iterator[Type]:
    for type_ in types:
        if type_.schema is False:
            continue
        if isinstance(type_.schema, dict) and type_.schema.keys() == {"anyOf"}:
            yield from _parts(type_.at(part) for part in type_.schema["anyOf"])
        elif isinstance(type_.schema, dict) and type_.schema.keys() == {"enum"}:
            yield from (Type({"const": value}) for value in type_.schema["enum"])
        else:
            yield type_


def names_of(type_name: Json) -> list[str]:
    """The names that a value of the keyword `type` lists."""
    return type_name if isinstance(type_name, list) else [type_name]


def _only_kinds(type_: Type) -> list[str]:
    """The names of a type that says nothing but `type`."""
    schema = type_.schema
    return names_of(schema["type"]) if isinstance(schema, dict) and schema.keys() == {"type"} else []


def _covered(type_: Type, names: set[str]) -> bool:
    """Whether it is a literal of a kind that stands in the union already."""
    schema = type_.schema
    return _is_literal(type_) and isinstance(schema, dict) and kind_of(schema["const"]) in named_kinds(list(names))


def _is_literal(type_: Type) -> bool:
    return isinstance(type_.schema, dict) and type_.schema.keys() == {"const"}


def type_keyword(names: set[str]) -> Json:
    """The shortest value of the keyword `type` for these names, null last."""
    if "number" in names:
        names = names - {"integer"}
    ordered = sorted(names, key=lambda name: (name == "null", KINDS.index(name)))
    return ordered[0] if len(ordered) == 1 else ordered


def merged_definitions(types: Iterable[Type]) -> Mapping[str, Schema]:
    """The definitions of all the types; their names are unique."""
    distinct = list({id(type_.definitions): type_.definitions for type_ in types if type_.definitions}.values())
    if len(distinct) == 1:
        return distinct[0]
    return {name: schema for definitions in distinct for name, schema in definitions.items()}


def _bounded(types: list[Type]) -> list[Type]:
    """The types, with ANY for each large one where together they are too large or too deep to stand in another.

    A workflow of steps that each nest the output of the step before twice would double the type with every step.
    """
    if sum(len(type_.key) for type_ in types) > _LONGEST:
        types = [ANY if len(type_.key) * len(types) > _LONGEST else type_ for type_ in types]
    return [ANY if type_.depth(_DEEPEST) > _DEEPEST else type_ for type_ in types]


def _around(types: list[Type]) -> int:
    """A depth for a schema that holds these under a keyword and a name."""
    return 2 + max((type_.depth(_DEEPEST) for type_ in types), default=0)


_LONGEST: Final = 200_000
_DEEPEST: Final = DEEPEST + 20
