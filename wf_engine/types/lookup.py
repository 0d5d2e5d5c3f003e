"""What a type says of the parts of its values."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from wf_engine.types.cases import Case, Clause, cases_of, kind_of
from wf_engine.types.construction import literal, merged_definitions, union
from wf_engine.types.model import ANY, NEVER, Json, Type
from wf_engine.types.patterns import matches

Status: TypeAlias = Literal["required", "optional", "allowed", "undeclared", "forbidden", "none"]


class Property(Struct, frozen=True):
    """A declared property: the type of its value where it is there."""

    type: Type
    required: bool
    description: str | None = None


class Lookup(Struct, frozen=True):
    """What reading a key gives (language §6).

    `required`: always there. `optional`: declared, may be missing. `allowed`: the schema allows it in words, or
    declares no properties at all. `undeclared`: properties are declared, this is none of them, nothing forbids it.
    `forbidden`: never there. `none`: the value is never an object.
    """

    type: Type
    status: Status


_NONE: Final = Lookup(NEVER, "none")
_MOST_LOOKS: Final = 1_000
"""Keys of one type of which anything is remembered: what is being typed is never looked up again."""


def property_of(type_: Type, key: str) -> Lookup:
    """What is known of a key of the objects in the type; its other kinds, null too, count for nothing."""
    known = type_.looks.get(key)
    if known is None:
        if len(type_.looks) >= _MOST_LOOKS:
            type_.looks.clear()
        known = type_.looks[key] = _property_of(type_, key)
    return known


def _property_of(type_: Type, key: str) -> Lookup:
    found = [look for case in cases_of(type_) if "object" in case.kinds for look in _looks(case, key)]
    if not found:
        return _NONE
    if len(found) == 1:
        return found[0]
    statuses = {look.status for look in found}
    return Lookup(union(*(look.type for look in found)), _joined(statuses))


def case_property(case: Case, key: str) -> Lookup:
    """The same for the objects of one case, its values left aside."""
    looks = [look for clause in case.clauses if (look := _clause_property(clause, key)) is not None]
    required = any(key in clause.schema.get("required", ()) for clause in case.clauses)
    statuses = {look.status for look in looks}
    if "forbidden" in statuses:
        return Lookup(NEVER, "forbidden")
    type_ = all_of([look.type for look in looks])
    if required:
        return Lookup(type_, "required")
    for status in ("optional", "allowed", "undeclared"):
        if status in statuses:
            return Lookup(type_, status)
    return Lookup(type_, "allowed")


def all_of(types: list[Type]) -> Type:
    """What is in every one of the types."""
    if not types:
        return ANY
    first, *others = types
    if not others:
        return first
    parts = [type_ for type_ in dict.fromkeys(types) if type_.schema is not True]
    if parts[:1] == parts:
        return parts[0] if parts else ANY
    return Type({"allOf": [part.schema for part in parts]}, merged_definitions(parts))


def properties(type_: Type) -> Mapping[str, Property]:
    """The declared properties of the objects in the type, in the order of the schema."""
    descriptions = dict(_described(type_))
    found: dict[str, Property] = {}
    for name in _declared(type_):
        look = property_of(type_, name)
        if look.status in ("required", "optional"):
            found[name] = Property(look.type, look.status == "required", descriptions.get(name))
    return found


def item_of(type_: Type) -> Type:
    """The type of the elements of the lists in the type; NEVER where there are none."""
    items: list[Type] = []
    for case in cases_of(type_):
        if "array" not in case.kinds:
            continue
        if case.values is not None:
            items += [literal(item) for value in case.values if isinstance(value, list) for item in value]
        else:
            items += _case_items(case)
    return union(*items)


def member_of(type_: Type) -> Type:
    """The type of the values of the objects in the type, whatever their keys; NEVER where there are none."""
    found: list[Type] = []
    for case in cases_of(type_):
        if "object" not in case.kinds:
            continue
        if case.values is not None:
            found += [literal(part) for value in case.values if isinstance(value, dict) for part in value.values()]
        else:
            found += _case_members(case)
    return union(*found)


def _case_members(case: Case) -> Iterator[Type]:
    """The types of the declared properties, of those with a pattern, and of all others."""
    names = {name: None for clause in case.clauses for name in clause.schema.get("properties", ())}
    for name in (*names, _OTHER):
        yield case_property(case, name).type
    for clause in case.clauses:
        for part in clause.schema.get("patternProperties", {}).values():
            yield clause.owner.at(part)


_OTHER: Final = "\ufdd0"
"""No character, and so no key that anybody declares."""


def case_item(case: Case, index: int) -> Type:
    """What stands at an index of the lists of one case, where something does."""
    return all_of([_clause_item(clause, index) for clause in case.clauses])


def prefix_length(case: Case) -> int:
    """How many elements from the front have a schema of their own."""
    return max((len(clause.schema.get("prefixItems", ())) for clause in case.clauses), default=0)


def _case_items(case: Case) -> list[Type]:
    return [case_item(case, index) for index in range(prefix_length(case) + 1)]


def _clause_item(clause: Clause, index: int) -> Type:
    prefix = clause.schema.get("prefixItems", ())
    return clause.owner.at(prefix[index] if index < len(prefix) else clause.schema.get("items", True))


def _looks(case: Case, key: str) -> Iterator[Lookup]:
    if case.values is None:
        yield case_property(case, key)
        return
    for value in case.values:
        if kind_of(value) == "object":
            yield Lookup(literal(value[key]), "required") if key in value else Lookup(NEVER, "forbidden")


def _clause_property(clause: Clause, key: str) -> Lookup | None:
    """What one schema says of a key; None where it says nothing about keys."""
    schema, found, status = clause.schema, [], ""
    declared = schema.get("properties", {})
    if key in declared:
        found.append(clause.owner.at(declared[key]))
        status = "optional"
    for pattern, part in schema.get("patternProperties", {}).items():
        verdict = matches(pattern, key)
        if verdict is None:
            status = status or "allowed"
        elif verdict:
            found.append(clause.owner.at(part))
            status = status or "allowed"
    if not status and "additionalProperties" in schema:
        found.append(clause.owner.at(schema["additionalProperties"]))
        status = "allowed"
    return _answer(schema, found, status)


def _answer(schema: dict[str, Json], found: list[Type], status: str) -> Lookup | None:
    type_ = all_of(found)
    if any(part is NEVER for part in found):
        return Lookup(NEVER, "forbidden")
    if status == "optional":
        return Lookup(type_, "optional")
    if status == "allowed":
        return Lookup(type_, "allowed")
    return Lookup(ANY, "undeclared") if "properties" in schema else None


def _joined(statuses: set[Status]) -> Status:
    """The status of a key where each of several cases gives one."""
    if len(statuses) == 1:
        return next(iter(statuses))
    if statuses & {"required", "optional"}:
        return "optional"
    return "allowed" if "allowed" in statuses else "undeclared"


def _declared(type_: Type) -> list[str]:
    names: dict[str, None] = {}
    for case in cases_of(type_):
        for value in case.values or ():
            names.update(dict.fromkeys(value if isinstance(value, dict) else ()))
        for clause in case.clauses:
            names.update(dict.fromkeys(clause.schema.get("properties", ())))
    return list(names)


def _described(type_: Type) -> Iterator[tuple[str, str]]:
    for case in cases_of(type_):
        for clause in case.clauses:
            for name, part in clause.schema.get("properties", {}).items():
                if isinstance(part, dict) and "description" in part:
                    yield name, part["description"]
