"""Types without null."""

from wf_engine.types.construction import may_be_null, names_of, type_keyword
from wf_engine.types.keywords import ANNOTATIONS, KINDS
from wf_engine.types.model import NEVER, Json, Schema, Type


def without_null(type_: Type) -> Type:
    """The type without null; a type that does not say which kinds it has stays as it is."""
    if not may_be_null(type_):
        return type_
    schema = type_.schema
    if isinstance(schema, bool):
        return type_
    if "const" in schema:
        return NEVER
    for keyword, rest in (("type", _named), ("enum", _listed)):
        if keyword in schema:
            remaining = rest(schema[keyword])
            return Type({**schema, keyword: remaining}, type_.definitions) if remaining else NEVER
    return _combined(type_, schema)


def _named(value: Json) -> Json:
    names = set(names_of(value)) - {"null"}
    return type_keyword(names) if names else None


def _listed(values: list[Json]) -> list[Json]:
    return [value for value in values if value is not None]


def _combined(type_: Type, schema: dict[str, Json]) -> Type:
    """The schema with null taken out of what it combines, and out of the whole where that was not enough."""
    changed = dict(schema)
    if "$ref" in schema:
        inner = without_null(type_.target(changed.pop("$ref"))).schema
        changed["allOf"] = [inner, *changed.get("allOf", ())]
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in changed:
            parts = [without_null(type_.at(part)).schema for part in changed[keyword]]
            changed[keyword] = parts if keyword == "allOf" else [part for part in parts if part is not False]
            if not changed[keyword] or False in changed[keyword]:
                return NEVER
    result = Type(_unwrapped(changed), type_.definitions)
    if may_be_null(result):
        others = [name for name in KINDS if name not in ("null", "integer")]
        result = Type({**changed, "type": others}, type_.definitions)
    return result


def _unwrapped(schema: dict[str, Json]) -> Schema:
    """The one part of a combinator that stands alone, with the annotations around it."""
    assertions = schema.keys() - ANNOTATIONS
    if len(assertions) == 1 and next(iter(assertions)) in ("allOf", "anyOf", "oneOf"):
        (part, *others) = schema[next(iter(assertions))]
        if not others and isinstance(part, dict):
            return {**part, **{name: value for name, value in schema.items() if name in ANNOTATIONS}}
    return schema
